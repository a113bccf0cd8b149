// One run of an exported project: its data as texts, its plan and evaluation as numbers, its encoder before training, on the project's
// shelf, and what its Python files are told of it. Trains nothing and writes no disk.
import { checkHeldOut } from "../../core/languages/languageChoice.ts";
import { SpecError } from "../../core/inputError.ts";
import { SPLITS, type Side } from "../../core/data/records.ts";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import { coursePlan } from "../../core/plan/batchPlan.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import { experimentJson } from "../../core/project/experimentFacts.ts";
import { stretchFacts } from "../../core/project/planFacts.ts";
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
import { loadCorpora, type RunCorpora } from "../run/loadCorpora.ts";
import type { RunPorts } from "../run/runPorts.ts";
import { evaluationFacts } from "./evaluationFacts.ts";
import { exportWeights } from "./exportRun.ts";
import type { ProjectShelf } from "./projectShelf.ts";

export interface RunOptions {
  readonly ports: Pick<RunPorts, "openEncoder" | "loadCorpus">;
  readonly command: string; // that writes the project again
  readonly plan: boolean; // also the batches, as a file
  readonly onProgress: (progress: RunProgress) => void;
}

/** Rows whose texts are looked up at a time. */
const AT_ONCE = 4096;

/**
 * @returns experiment.json
 * @throws SpecError for what a project cannot be: a branch, a taught run, a rule whose decisions are not known
 */
export async function projectRun(
  shelf: ProjectShelf,
  { spec, parent, trajectory: decided, stopAt }: Course,
  { ports, command, plan, onProgress }: RunOptions,
): Promise<string> {
  if (parent) throw new SpecError("export: a branch is no project yet; export the run that it branched off");
  checkExportable(spec, decided);
  const trajectory = decided ?? [];
  const loaded = await loadCorpora(spec, trainLanguages(spec), ports, onProgress);
  const { prefixes, maxTokens, test, train } = loaded;
  const stretches = planStretches([{ spec, from: 0 }], train.corpus);
  checkStretches(stretches, spec.data.train);
  const start = await placeStart(shelf, spec, loaded, onProgress);
  const texts = new Map<LoadedCorpus, string>();
  for (const of of new Set([train, test])) texts.set(of, await placeTexts(shelf, of));

  const asked: Record<string, string> = {};
  for (const [name, maxQueries] of [
    ["full", 0],
    ["live", spec.data.liveQueries],
  ] as const) {
    const task = await prepareEval(test, start.vocabulary, {
      languages: evalLanguages(spec),
      split: evalTarget(spec).split,
      maxQueries,
      random: createRandom(spec.seed).fork("eval"),
    });
    const text = JSON.stringify(evaluationFacts(task));
    asked[name] = await shelf.place(sha256Hex(utf8(text)), "data/evaluation", async () =>
      gzipped(".json.gz", [text]),
    );
  }
  const planned = plan
    ? await shelf.place(JSON.stringify([spec, trajectory]), "data/plan", () =>
        gzipped(
          ".jsonl.gz",
          Array.from(coursePlan(stretches, followTrajectory(trajectory)), ({ step, kind, languages, rows }) =>
            JSON.stringify([
              step,
              kind,
              languages,
              rows.map((row) => [row.kind, row.query, ...row.passages]),
            ]),
          ),
        ),
      )
    : undefined;
  const placed = [...texts.values(), ...Object.values(asked), ...(planned === undefined ? [] : [planned])];
  return experimentJson({
    spec,
    stretches: stretchFacts(stretches),
    trajectory,
    stopAt,
    train: texts.get(train)!,
    test: texts.get(test)!,
    evaluations: asked,
    ...(planned !== undefined && { plan: planned }),
    files: Object.assign({}, ...placed.map((name) => shelf.hashes(name))) as Record<string, string>,
    dataSha256: Object.fromEntries([test, train].map(({ corpus }) => [corpus.datasetId, corpus.sha256])),
    encoder: { start: start.name, sha256: start.sha256, prefixes, maxTokens, frozen: start.frozen },
    command,
  });
}

/** @param decided none at all where a rule has not trained yet; an empty list where it did and left the mix alone */
function checkExportable(spec: ExperimentSpec, decided: Trajectory | undefined): void {
  checkConsistency(spec, decided ?? []);
  checkHeldOut(spec);
  if (spec.loss.distillation !== "off") {
    throw new SpecError("loss.distillation: a project has no teacher yet; export the run without one");
  }
  for (const [path, { observes }] of [
    ["batch.schedule", mixRule(spec)],
    ["loss.weighting", weightRule(spec)],
  ] as const) {
    if (observes === "nothing" || decided) continue;
    throw new SpecError(
      `${path}: the rule decides by what training measures; train it here and name its run.json, or the study’s folder, whose decisions the project then follows`,
    );
  }
}

/** The encoder before training, whose rows are of the pieces that its texts have. */
async function placeStart(
  shelf: ProjectShelf,
  spec: ExperimentSpec,
  { encoder, prefixes, test, train }: Required<RunCorpora>,
  onProgress: (progress: RunProgress) => void,
) {
  const corpora = train === test ? [test] : [test, train];
  const vocabulary = buildVocabulary(corpora.map(({ usedPieces }) => usedPieces));
  const longest = Math.max(...corpora.map(({ longestText }) => longestText));
  const random = createRandom(spec.seed);
  const { weights, sha256 } = await encoder.load(
    spec.encoder,
    vocabulary.pieceIds,
    random,
    onProgress,
    longest,
  );
  const drawnBy = spec.encoder.id === RANDOM_ENCODER ? spec.seed : "no seed";
  const key = JSON.stringify([
    spec.encoder,
    drawnBy,
    sha256,
    sha256Hex(new Uint8Array(vocabulary.pieceIds.buffer)),
  ]);
  const name = await shelf.place(key, "start", async () => {
    const readme = () => `${spec.encoder.id} as the run starts from it, before any training.\n`;
    const of = { texts: encoder.texts, vocabulary, prefixes };
    const { folder } = await exportWeights(weights, of, spec, encoder, { dtype: "F32", readme });
    return new Map([...folder].map(([path, content]) => [`/${path}`, content]));
  });
  return { name, sha256, vocabulary, frozen: weights.config.frozen };
}

function placeTexts(shelf: ProjectShelf, loaded: LoadedCorpus): Promise<string> {
  const { datasetId, sha256, languages } = loaded.corpus;
  return shelf.place(JSON.stringify([sha256, languages]), `data/${datasetId}`, async () => {
    const sides: [string, Uint8Array][] = [];
    for (const side of ["queries", "passages"] as const) {
      sides.push(...(await gzipped(`.${side}.jsonl.gz`, await linesOf(loaded, side))));
    }
    return new Map(sides);
  });
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

const utf8 = (text: string) => new TextEncoder().encode(text);

async function gzipped(name: string, lines: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const tooLong = () => new Error("gzip output has no upper bound"); // unreachable: the limit is infinite
  const stream = pipeThrough(utf8(`${lines.join("\n")}\n`), new CompressionStream("gzip"));
  return new Map([[name, await collectBytes(stream, Infinity, tooLong)]]);
}
