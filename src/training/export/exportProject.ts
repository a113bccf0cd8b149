// A run as a Python project, in files: its data as texts, its plan and evaluation as numbers, its encoder before training. Trains nothing
// and writes no disk.
import { checkHeldOut } from "../../core/languages/languageChoice.ts";
import { SpecError } from "../../core/inputError.ts";
import { SPLITS, type Side } from "../../core/data/records.ts";
import { coursePlan } from "../../core/plan/batchPlan.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import { experimentJson } from "../../core/project/experimentFacts.ts";
import { stretchFacts } from "../../core/project/planFacts.ts";
import { projectReadme, pyprojectToml, runScript, slurmScript } from "../../core/project/projectText.ts";
import { createRandom } from "../../core/random.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { Course } from "../../core/spec/course.ts";
import type { Trajectory } from "../../core/spec/decision.ts";
import { checkConsistency, evalLanguages, evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import { mixRule, weightRule } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { buildVocabulary } from "../corpus/vocabulary.ts";
import { pipeThrough } from "../data/readShard.ts";
import { collectBytes, sha256Hex } from "../data/shardSource.ts";
import { prepareEval } from "../evaluate/evalTask.ts";
import { loadCorpora } from "../run/loadCorpora.ts";
import type { RunPorts } from "../run/runPorts.ts";
import { evaluationFacts } from "./evaluationFacts.ts";
import { exportWeights } from "./exportRun.ts";

export interface ProjectOptions {
  readonly name: string; // of the folder
  readonly command: string; // that writes it again
  readonly python: ReadonlyMap<string, string>; // the files of core/project, by name
  readonly plan: boolean; // also the batches, as a file
  readonly onProgress: (progress: RunProgress) => void;
}

type Files = Map<string, Uint8Array>;

/** Rows whose texts are looked up at a time. */
const AT_ONCE = 4096;

/**
 * @returns files by their path in the folder
 * @throws SpecError for what a project cannot be: a branch, a taught run, a rule whose decisions are not known
 */
export async function exportProject(
  { spec, parent, trajectory = [], stopAt }: Course,
  ports: Pick<RunPorts, "openEncoder" | "loadCorpus">,
  { name, command, python, plan, onProgress }: ProjectOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (parent) throw new SpecError("export: a branch is no project yet; export the run that it branched off");
  checkExportable(spec, trajectory);
  const loaded = await loadCorpora(spec, trainLanguages(spec), ports, onProgress);
  const { encoder, prefixes, maxTokens, test, train } = loaded;
  const dataSha256 = Object.fromEntries([test, train].map(({ corpus }) => [corpus.datasetId, corpus.sha256]));
  const stretches = planStretches([{ spec, from: 0 }], train.corpus);
  checkStretches(stretches, spec.data.train);

  const corpora = train === test ? [test] : [test, train];
  const vocabulary = buildVocabulary(corpora.map(({ usedPieces }) => usedPieces));
  const random = createRandom(spec.seed);
  const longest = Math.max(...corpora.map(({ longestText }) => longestText));
  const { weights, sha256 } = await encoder.load(
    spec.encoder,
    vocabulary.pieceIds,
    random,
    onProgress,
    longest,
  );
  const { folder } = await exportWeights(
    weights,
    { texts: encoder.texts, vocabulary, prefixes },
    spec,
    encoder,
    { dtype: "F32", readme: () => `${spec.encoder.id} as the run starts from it, before any training.\n` },
  );

  const files: Files = new Map();
  for (const [path, content] of folder) files.set(`start/${path}`, content);
  const data: Files = new Map();
  for (const [of, corpus] of new Map([
    [spec.data.train, train],
    [test.corpus.datasetId, test],
  ]))
    for (const side of ["queries", "passages"] as const)
      data.set(`${of}.${side}.jsonl.gz`, await zipped(await linesOf(corpus, side)));
  const evaluation = async (maxQueries: number) =>
    evaluationFacts(
      await prepareEval(test, vocabulary, {
        languages: evalLanguages(spec),
        split: evalTarget(spec).split,
        maxQueries,
        random: random.fork("eval"),
      }),
    );
  const asked = { full: await evaluation(0), live: await evaluation(spec.data.liveQueries) };
  data.set("evaluation.json.gz", await zipped([JSON.stringify(asked)]));
  if (plan) {
    const rows = Array.from(coursePlan(stretches, followTrajectory(trajectory)), (batch) =>
      JSON.stringify([
        batch.step,
        batch.kind,
        batch.languages,
        batch.rows.map((row) => [row.kind, row.query, ...row.passages]),
      ]),
    );
    data.set("plan.jsonl.gz", await zipped(rows));
  }
  for (const [path, content] of data) files.set(`data/${path}`, content);
  const text = (path: string, content: string) => files.set(path, new TextEncoder().encode(content));
  text(
    "experiment.json",
    experimentJson({
      spec,
      stretches: stretchFacts(stretches),
      trajectory,
      stopAt,
      train: spec.data.train,
      test: test.corpus.datasetId,
      files: Object.fromEntries(Array.from(data, ([path, content]) => [path, sha256Hex(content)])),
      dataSha256,
      encoder: { sha256, prefixes, maxTokens, frozen: weights.config.frozen },
      command,
    }),
  );
  for (const [path, content] of python) text(path, content);
  text("README.md", projectReadme({ name, spec, command, decided: trajectory.length > 0, hasPlan: plan }));
  text("pyproject.toml", pyprojectToml(name.replace(/[^A-Za-z0-9-]+/g, "-") || "run"));
  text("run.sh", runScript);
  text("slurm.sh", slurmScript(name.replace(/[^A-Za-z0-9-]+/g, "-")));
  return files;
}

function checkExportable(spec: ExperimentSpec, trajectory: Trajectory): void {
  checkConsistency(spec, trajectory);
  checkHeldOut(spec);
  if (spec.loss.distillation !== "off") {
    throw new SpecError("loss.distillation: a project has no teacher yet; export the run without one");
  }
  for (const [path, { observes }] of [
    ["batch.schedule", mixRule(spec)],
    ["loss.weighting", weightRule(spec)],
  ] as const) {
    if (observes === "nothing" || trajectory.length > 0) continue;
    throw new SpecError(
      `${path}: the rule decides by what training measures; name the run.json of a run, whose decisions the project then follows`,
    );
  }
}

/** A row a line, in the corpus' order: id, language, split, whether in the dev part, concepts, text. */
async function linesOf({ corpus, names, texts }: LoadedCorpus, side: Side): Promise<string[]> {
  const { langs, splits, inDev } = corpus[side];
  const lines: string[] = [];
  for (let first = 0; first < langs.length; first += AT_ONCE) {
    const rows = Int32Array.from({ length: Math.min(AT_ONCE, langs.length - first) }, (_, i) => first + i);
    const [named, written] = [await names(side, rows), await texts(side, [...rows])];
    for (const [i, row] of rows.entries()) {
      const { id, concepts } = named[i]!;
      const split = SPLITS[splits[row]!]!;
      const lang = corpus.languages[langs[row]!]!;
      lines.push(JSON.stringify([id, lang, split, inDev?.[row] === 1, concepts, written[i]]));
    }
  }
  return lines;
}

function zipped(lines: readonly string[]): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  const tooLong = () => new Error("gzip output has no upper bound"); // unreachable: the limit is infinite
  return collectBytes(pipeThrough(bytes, new CompressionStream("gzip")), Infinity, tooLong);
}
