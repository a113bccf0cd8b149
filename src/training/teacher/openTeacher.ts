// A run's teacher: the encoder that stays as it is, with its own tokenizer, reading the run's own texts. Trains nothing.
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import type { TokenRows } from "../../core/data/corpus.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { createRandom } from "../../core/random.ts";
import { DataError, SpecError } from "../../core/inputError.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { vectorWidth, type EncoderConfig } from "../model/encoderConfig.ts";
import { createEncoder, type Encoder } from "../model/createEncoder.ts";
import { BAG_ROWS, LAYER_ROWS } from "../model/encodeRows.ts";
import type { TeacherBatch } from "../model/teacher.ts";
import type { CorpusPort, LoadedCorpus } from "../corpus/loadedCorpus.ts";
import type { EncoderTexts, Prefixes } from "../text/encoderTexts.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { prefixesOf, type EncoderPort, type StartEncoder } from "../pretrained/startEncoder.ts";
import { batchRows } from "../../core/plan/batchRows.ts";
import { buildVocabulary, trimRows } from "../corpus/vocabulary.ts";
import type { DownloadShelf } from "../hub/downloadShelf.ts";
import { blockRows } from "../evaluate/poolBlocks.ts";
import { openKeptVectors } from "./keptVectors.ts";
import { readTexts, type ReadingPorts } from "./readTexts.ts";
import { createTextVectors } from "./textVectors.ts";

export interface Teacher {
  readonly width: number;
  readonly sha256: string; // of its tokenizer and weights
  readonly notices: readonly string[]; // what a person should know of how it is read
  /**
   * Reads the pool and the texts of these batches before training, and lets go of the weights.
   * @returns "left" where the run was stopped or left meanwhile
   */
  read(batches: AsyncIterable<Batch>, ports: TeacherPorts): Promise<"left" | undefined>;
  /** The teacher's part of a training step on this batch. */
  batch(batch: Batch): Promise<TeacherBatch>;
  /** (N, width) vectors of the evaluation pool, encoded at the first call where they are not read yet, and kept. */
  pool(): Promise<Float32Array>;
  dispose(): void;
}

export interface TeacherPorts extends Omit<ReadingPorts, "onProgress"> {
  /** Where vectors are kept between runs; undefined: nowhere. */
  readonly shelf: DownloadShelf | undefined;
  readonly maker: string; // what decides the bits beside the weights
}

/** What a teacher asks of a prepared run. */
interface TaughtRun {
  readonly train?: LoadedCorpus; // absent when only evaluating
  readonly test: LoadedCorpus;
  readonly full: { readonly passageRows: Int32Array }; // the pool, as rows of `test`
  readonly texts: EncoderTexts; // how the student reads a text
  readonly prefixes: Prefixes;
  readonly config: EncoderConfig;
}

/**
 * The teacher's own files, before anything else of a run is read.
 * @returns undefined where the spec asks for no distillation
 * @throws SpecError, DataError in one sentence if it cannot be read
 */
export async function readTeacher(
  { loss }: ExperimentSpec,
  ports: EncoderPort,
  onProgress: (progress: RunProgress) => void,
): Promise<StartEncoder | undefined> {
  if (loss.distillation === "off") return undefined;
  if (checkEncoderId(loss.teacher, "loss.teacher").kind === RANDOM_ENCODER) {
    throw new SpecError("loss.teacher: random weights have nothing to teach; choose another encoder");
  }
  return ports.openEncoder(loss.teacher, onProgress);
}

/**
 * @returns undefined without an encoder, or where nothing is trained
 * @throws SpecError if the teacher cannot teach this encoder; DataError if its weights cannot be read
 */
export async function openTeacher(
  spec: ExperimentSpec,
  encoder: StartEncoder | undefined,
  ports: CorpusPort,
  run: TaughtRun,
  onProgress: (progress: RunProgress) => void,
): Promise<Teacher | undefined> {
  const { distillation: kind, teacher: id, distillationWeight: weight, temperature } = spec.loss;
  if (!encoder || kind === "off" || !run.train) return undefined;
  // Never trained: no moments for its table. Its pooling is no field: where its folder says nothing, the mean.
  const settings = { ...spec.encoder, id, pooling: "mean" as const, frozen: "embeddings" as const };
  const width = vectorWidth(encoder.config(settings, 1));
  const own = vectorWidth(run.config);
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
    maxTokens === run.config.maxTokens;
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
  const load = () =>
    encoder.load(settings, vocabulary.pieceIds, createRandom(spec.seed), onProgress, longestText);
  const loaded = await load();
  let model: Encoder | undefined = createEncoder(loaded.weights);
  const release = () => {
    model?.dispose();
    model = undefined;
  };
  const encode = async (texts: TokenRows) => {
    model ??= createEncoder((await load()).weights); // for texts that it had no room to read before
    return model.encode(trimRows(texts, vocabulary));
  };
  const { layers } = model.config;
  const vectors = createTextVectors(width, encode);
  const { passageRows } = run.full;
  const holdsPool = blockRows(passageRows.length, own) === passageRows.length;
  let pool: Promise<Float32Array> | undefined;
  return {
    width,
    sha256: loaded.sha256,
    // Fields of the spec are the student's: none is unused for the teacher's sake.
    notices: [
      ...encoder.notes({ ...DEFAULT_SPEC.encoder, id }),
      ...(loaded.notice === undefined ? [] : [loaded.notice]),
    ],
    async read(batches, { shelf, maker, ...reading }) {
      const rows = { queries: new Set<number>(), passages: new Set<number>() };
      for await (const batch of batches) {
        const { queries, passages } = batchRows(batch);
        for (const row of queries) rows.queries.add(row);
        for (const row of passages) rows.passages.add(row);
        if (rows.queries.size + rows.passages.size >= vectors.room) break;
      }
      const about = { id, about: `${loaded.sha256} on ${maker}`, width };
      const kept = shelf && openKeptVectors(shelf, about, reading.notice);
      const sources = [
        ...(holdsPool ? [{ corpus: test, side: "passages" as const, rows: passageRows }] : []),
        { corpus: train, side: "queries" as const, rows: Int32Array.from(rows.queries) },
        { corpus: train, side: "passages" as const, rows: Int32Array.from(rows.passages) },
      ];
      const atOnce = layers === 0 ? BAG_ROWS : LAYER_ROWS;
      try {
        const reader = { id, width, atOnce, vectors, kept, encode };
        return await readTexts(sources, reader, { ...reading, onProgress });
      } finally {
        release();
      }
    },
    async batch(batch) {
      const rows = batchRows(batch);
      return {
        kind,
        weight,
        width,
        temperature,
        queries: await vectors.vectors(train, "queries", rows.queries),
        passages: await vectors.vectors(train, "passages", rows.passages),
        // Beside a contrastive loss at this temperature, whose gradient carries 1 / T too: no T^2 to even it out.
        factor: 1,
      };
    },
    pool: () => (pool ??= vectors.vectors(test, "passages", passageRows)),
    dispose: release,
  };
}

const samePrefixes = (a: Prefixes, b: Prefixes) => a.query === b.query && a.passage === b.passage;
