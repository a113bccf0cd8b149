// A run's teacher: the encoder that stays as it is, with its own tokenizer, reading the run's own texts. Trains nothing.
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { createRandom } from "../../core/random.ts";
import { DataError, SpecError } from "../../core/inputError.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createModel } from "../model/model.ts";
import type { TeacherBatch } from "../model/teacher.ts";
import type { ModelWeights } from "../model/weights.ts";
import type { CorpusPort, LoadedCorpus } from "../corpus/loadedCorpus.ts";
import type { EncoderTexts, Prefixes } from "../text/encoderTexts.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { prefixesOf, type EncoderPort } from "../pretrained/startEncoder.ts";
import { batchRows } from "../../core/plan/batchRows.ts";
import { buildVocabulary, trimRows } from "../corpus/vocabulary.ts";
import { createVectorCache } from "./vectorCache.ts";

export interface Teacher {
  readonly width: number;
  readonly sha256: string; // of its tokenizer and weights
  readonly notices: readonly string[]; // what a person should know of how it is read
  /** The teacher's part of a training step on this batch. */
  batch(batch: Batch): Promise<TeacherBatch>;
  /** (N, width) vectors of the evaluation pool, encoded at the first call and kept. */
  pool(): Promise<Float32Array>;
  dispose(): void;
}

/** What a teacher asks of a prepared run. */
interface TaughtRun {
  readonly train?: LoadedCorpus; // absent when only evaluating
  readonly test: LoadedCorpus;
  readonly full: { readonly passageRows: Int32Array }; // the pool, as rows of `test`
  readonly texts: EncoderTexts; // how the student reads a text
  readonly prefixes: Prefixes;
  readonly weights: ModelWeights;
}

/**
 * @returns undefined where the spec asks for no distillation, or nothing is trained
 * @throws SpecError if the teacher cannot teach this encoder; DataError if it cannot be read
 */
export async function openTeacher(
  spec: ExperimentSpec,
  ports: EncoderPort & CorpusPort,
  run: TaughtRun,
  onProgress: (progress: RunProgress) => void,
): Promise<Teacher | undefined> {
  const { distillation: kind, teacher: id, distillationWeight: weight, temperature } = spec.loss;
  if (kind === "off" || !run.train) return undefined;
  if (checkEncoderId(id, "loss.teacher").kind === RANDOM_ENCODER) {
    throw new SpecError("loss.teacher: random weights have nothing to teach; choose another encoder");
  }
  const encoder = await ports.openEncoder(id, onProgress);
  // Never trained: no moments for its table. Its pooling is no field: where its folder says nothing, the mean.
  const settings = { ...spec.encoder, id, pooling: "mean" as const, frozen: "embeddings" as const };
  const width = vectorWidth(encoder.config(settings, 1));
  const own = vectorWidth(run.weights.config);
  if (kind !== "scores" && width !== own) {
    throw new SpecError(
      `loss.distillation: ${kind} compares vectors, which must be equally wide; those of ${id} have ${width} dimensions, the encoder’s ${own}: choose "scores", or an encoder.width of ${width}`,
    );
  }
  const prefixes = prefixesOf(spec.encoder, encoder);
  const maxTokens = Math.min(spec.encoder.maxTokens, encoder.longest);
  const { json, framed } = run.texts;
  const readsAlike =
    encoder.texts.json === json &&
    encoder.texts.framed === framed &&
    samePrefixes(prefixes, run.prefixes) &&
    maxTokens === run.weights.config.maxTokens;
  /** The same rows in the same order, in the teacher's tokens. */
  const read = async ({ corpus }: LoadedCorpus): Promise<LoadedCorpus> => {
    const request = { datasetId: corpus.datasetId, languages: corpus.languages, prefixes, maxTokens };
    const again = await ports.loadCorpus(request, encoder.texts, onProgress);
    if (again.corpus.sha256 !== corpus.sha256)
      throw new DataError(`${corpus.datasetId} was changed while it was read; start the run again`);
    return again;
  };
  const test = readsAlike ? run.test : await read(run.test);
  const train = readsAlike ? run.train : run.train === run.test ? test : await read(run.train);
  const corpora = [...new Set([test, train])];
  const vocabulary = buildVocabulary(corpora.map(({ usedPieces }) => usedPieces));
  const longestText = Math.max(...corpora.map((corpus) => corpus.longestText));
  const loaded = await encoder.load(
    settings,
    vocabulary.pieceIds,
    createRandom(spec.seed),
    onProgress,
    longestText,
  );
  const model = createModel(loaded.weights);
  const encode = async (corpus: LoadedCorpus, side: "queries" | "passages", rows: Int32Array) =>
    model.encode(trimRows(await corpus.tokens(side, rows), vocabulary));
  const queries = createVectorCache(width, (rows) => encode(train, "queries", rows));
  const passages = createVectorCache(width, (rows) => encode(train, "passages", rows));
  let pool: Promise<Float32Array> | undefined;
  return {
    width,
    sha256: loaded.sha256,
    // Fields of the spec are the student's: none is unused for the teacher's sake.
    notices: [
      ...encoder.notes({ ...DEFAULT_SPEC.encoder, id }),
      ...(loaded.notice === undefined ? [] : [loaded.notice]),
    ],
    async batch(batch) {
      const rows = batchRows(batch);
      return {
        kind,
        weight,
        width,
        temperature,
        queries: await queries.vectors(rows.queries),
        passages: await passages.vectors(rows.passages),
        // Beside a contrastive loss at this temperature, whose gradient carries 1 / T too: no T^2 to even it out.
        factor: 1,
      };
    },
    pool: () => (pool ??= encode(test, "passages", run.full.passageRows)),
    dispose: () => model.dispose(),
  };
}

const samePrefixes = (a: Prefixes, b: Prefixes) => a.query === b.query && a.passage === b.passage;
