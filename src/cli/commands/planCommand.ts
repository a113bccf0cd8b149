// `lab plan`: the batches of a spec as JSON lines, without a device and without training.
import { checkHeldOut } from "../../core/languages/languageChoice.ts";
import { parseArgs } from "node:util";
import type { Batch } from "../../core/plan/batch.ts";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import { coursePlan } from "../../core/plan/batchPlan.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import type { Trajectory } from "../../core/spec/decision.ts";
import { checkBranch, courseOf, type Parent } from "../../core/spec/lineage.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { SpecError } from "../../core/inputError.ts";
import { checkConsistency, trainLanguages } from "../../core/spec/resolve.ts";
import { mixRule } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";
import { createNodePorts } from "../nodePorts.ts";
import { applySettings, readSpec } from "../specSource.ts";

export const PLAN_OPTIONS = {
  steps: { type: "string" },
  set: { type: "string", multiple: true },
  ...QUIET,
} as const;

export async function planCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: PLAN_OPTIONS, allowPositionals: true });
  const name = positionals[0];
  if (name === undefined || positionals.length > 1) {
    throw new SpecError("plan: name one spec.json, link or preset:NAME");
  }
  const { spec, parent, record, trajectory = [] } = await readSpec(name, io.err);
  const asked = applySettings(spec, values.set ?? []);
  const nSteps = values.steps === undefined ? asked.steps : Number(values.steps);
  if (!Number.isInteger(nSteps) || nSteps < 1 || nSteps > asked.steps) {
    throw new SpecError(
      `--steps must be a whole number from 1 to the spec's ${asked.steps}, got ${values.steps}`,
    );
  }
  checkConsistency(asked, trajectory);
  checkHeldOut(asked);
  if (parent) checkBranch(asked, parent);
  if (mixRule(asked).observes !== "nothing" && !record) throw undecided(asked);
  const decided = [...decidedBefore(parent), ...trajectory];
  const course = courseOf(asked, parent);
  const languages = [...new Set(course.flatMap((stretch) => trainLanguages(stretch.spec)))].sort();
  const { maxTokens } = asked.encoder;
  const ports = createNodePorts();
  // A plan is about rows: any tokenizer will do.
  const { texts } = await ports.openEncoder(RANDOM_ENCODER, () => undefined);
  const prefixes = { query: "", passage: "" };
  const request = { datasetId: asked.data.train, languages, prefixes, maxTokens };
  const loaded = await ports.loadCorpus(request, texts, () => undefined);
  const stretches = planStretches(course, loaded.corpus);
  for (const notice of checkStretches(stretches, asked.data.train)) io.err(notice);
  for (const batch of coursePlan(stretches, followTrajectory(decided))) {
    if (batch.step >= nSteps) break;
    io.out(JSON.stringify(await describeBatch(batch, loaded)));
  }
  return 0;
}

const WHOLE = 64; // digits of a digest that was taken of what was trained

/**
 * Decisions of the runs that a branch comes from.
 * @throws SpecError where one was left to a rule that only training can ask
 */
function decidedBefore(parent: Parent | undefined): Trajectory {
  if (!parent) return [];
  if (mixRule(parent.spec).observes !== "nothing" && !parent.trajectory && parent.digest.length < WHOLE) {
    throw undecided(parent.spec);
  }
  return [...decidedBefore(parent.parent), ...(parent.trajectory ?? [])];
}

const undecided = ({ batch }: ExperimentSpec) =>
  new SpecError(
    `batch.schedule: ${batch.schedule} decides by what training measures, so its plan is not known before; name the run.json of a run, which holds its decisions`,
  );

/** A batch with ids and languages in words, as an exporter or a reader needs it. */
export async function describeBatch(
  batch: Batch,
  { corpus, names }: Pick<LoadedCorpus, "corpus" | "names">,
): Promise<object> {
  const { queries, passages, languages } = corpus;
  const asked = await names(
    "queries",
    Int32Array.from(batch.rows, (row) => row.query),
  );
  const answers = await names("passages", Int32Array.from(batch.rows.flatMap((row) => row.passages)));
  let next = 0;
  return {
    step: batch.step,
    kind: batch.kind,
    languages: batch.languages,
    rows: batch.rows.map((row, i) => ({
      kind: row.kind,
      concept: asked[i]!.concepts[0],
      query: { id: asked[i]!.id, lang: languages[queries.langs[row.query]!] },
      passages: row.passages.map((p) => ({
        id: answers[next++]!.id,
        lang: languages[passages.langs[p]!],
      })),
    })),
  };
}
