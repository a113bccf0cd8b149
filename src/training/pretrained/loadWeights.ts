// From an opened checkpoint to a model's weights, with only the rows a run needs. Widens int8, and folds what the lab's
// encoder has no place for (token types, the offset of positions) into what it has.
import { DataError } from "../../core/inputError.ts";
import type { EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import {
  POSITION_EMBEDDINGS,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "../model/encoderConfig.ts";
import type { ModelWeights, WeightTensor } from "../model/weights.ts";
import { encoderHash, type FormerName } from "./formerReading.ts";
import type { OpenedCheckpoint } from "./openCheckpoint.ts";
import { checkScaleNumbers, widenRows } from "../tensorFile/narrowRows.ts";
import { readTensors } from "./weightFiles.ts";
import {
  bagTable,
  FOLDED_TABLE,
  hasWeights,
  MODEL2VEC,
  planWeights,
  TOKEN_TYPES,
  type Place,
} from "./weightPlaces.ts";

/** Settings of a model that holds `vocabSize` of the checkpoint's pieces. */
export function checkpointConfig(
  opened: OpenedCheckpoint,
  spec: ExperimentSpec["encoder"],
  vocabSize: number,
): EncoderConfig {
  const { architecture, dense, longest } = opened;
  const pooling = opened.pooling ?? spec.pooling;
  const shared = { vocabSize, maxTokens: Math.min(spec.maxTokens, longest), frozen: spec.frozen };
  const tokenWeights = hasWeights(opened) ? ("inverseFrequency" as const) : ("uniform" as const);
  if (architecture.kind === "bag") {
    const width = bagTable(opened).shape[1]!;
    return { ...shared, width, layers: 0, heads: 1, feedForward: 1, pooling: "mean", tokenWeights };
  }
  const { width, layers, heads, feedForward, normEpsilon } = architecture;
  const head = dense && { outputs: dense.outputs, bias: dense.bias, activation: dense.activation };
  const sizes = { width, layers, heads, feedForward, normEpsilon };
  return { ...shared, ...sizes, pooling, tokenWeights, ...(head && { dense: head }) };
}

/** @throws DataError as `loadWeights` does of what the headers say */
export function checkWeights(opened: OpenedCheckpoint): void {
  planWeights(opened, checkpointConfig(opened, DEFAULT_SPEC.encoder, 0), new Int32Array(0));
}

/** The checkpoint's facts, for people. @throws DataError as checkWeights */
export function describeCheckpoint(id: string, opened: OpenedCheckpoint): EncoderInfo {
  checkWeights(opened);
  const { architecture, pooling, dense, longest, prefixes, notes } = opened;
  const bytes = weightBytes(opened);
  const shared = { id, prefixes, bytes, notes, hasTokenWeights: hasWeights(opened) };
  if (architecture.kind === "bag") {
    const [vocabRows, width] = bagTable(opened).shape as [number, number];
    const sizes = { layers: 0, heads: 1, feedForward: 1, vocabRows, width, outputs: width };
    return { ...shared, ...sizes, pooling: "mean", longest: Number.isFinite(longest) ? longest : null };
  }
  const { layers, width, heads, feedForward, vocabRows } = architecture;
  const outputs = dense?.outputs ?? width;
  return { ...shared, layers, width, heads, feedForward, vocabRows, outputs, pooling, longest };
}

/** Bytes of all weight files. */
export function weightBytes({ weights, dense }: OpenedCheckpoint): number {
  const files = [...weights, ...(dense?.weights ?? [])];
  return files.reduce((sum, { headerBytes, dataBytes }) => sum + 8 + headerBytes + dataBytes, 0);
}

export interface LoadedWeights {
  readonly weights: ModelWeights;
  /** The same in arrays of their own, from what the files hold: a quarter of the room. Undefined where no row is int8. */
  readonly again?: () => ModelWeights;
  /** Over the bytes of all files that make the encoder what it is, and over how they are read. */
  readonly sha256: string;
  readonly former?: FormerName; // where labs up to 0.2 read the same files otherwise
}

/**
 * @param pieceIds (V) ascending ids in the tokenizer: the rows of the word embeddings to keep
 * @param longestText tokens of the longest text it will read: a length that cuts none is no other reading
 * @throws DataError as planWeights does (before any number is read), or naming a file that is damaged
 */
export async function loadWeights(
  opened: OpenedCheckpoint,
  spec: ExperimentSpec["encoder"],
  pieceIds: Int32Array,
  onBytes: (n: number) => void,
  onDownload?: (done: number, total: number) => void,
  longestText = Infinity,
): Promise<LoadedWeights> {
  const { files, tokenizer } = opened;
  const config = checkpointConfig(opened, spec, pieceIds.length);
  const places = planWeights(opened, config, pieceIds);
  const tensors: Record<string, WeightTensor> = {};
  const scales = places.filter(({ scaled }) => scaled !== undefined);
  const hashes: string[] = [];
  for (const file of [...opened.weights, ...(opened.dense?.weights ?? [])]) {
    const here = places.filter((place) => place.file === file);
    const byName = new Map(here.map((place) => [place.name, place]));
    const keep = (name: string, tensor: WeightTensor) => {
      const { target, scaled, rows } = byName.get(name)!;
      const what = `${files.label}/${file.name}: tensor "${name}"`;
      const rowInFile = (row: number) => rows?.[row] ?? row;
      if (scaled === undefined) checkNumbers(tensor, what, rowInFile);
      else checkScaleNumbers(tensor.data, what, rowInFile);
      tensors[target] = tensor;
    };
    hashes.push(`${file.name} ${await readTensors(files, file, here, keep, onBytes, onDownload)}`);
  }
  const { settings, longest } = opened;
  const { pooling } = config;
  const maxTokens = Math.min(spec.maxTokens, longestText);
  const reading = { settings, pooling, tokenizerSha256: tokenizer.sha256, files: hashes, maxTokens, longest };
  const open = { opened, config, pieceIds, scales };
  const again = scales.length > 0 ? openAgain(narrowed(tensors, scales), open) : undefined;
  return {
    weights: openTensors(tensors, open),
    ...(again && { again }),
    ...encoderHash(reading, opened.former),
  };
}

interface Opening {
  readonly opened: OpenedCheckpoint;
  readonly config: EncoderConfig;
  readonly pieceIds: Int32Array;
  readonly scales: readonly Place[];
}

/** Of tensors as they were read, which become the model's where they stand. */
function openTensors(
  tensors: Record<string, WeightTensor>,
  { opened, config, pieceIds, scales }: Opening,
): ModelWeights {
  for (const { target, scaled } of scales) {
    widenRows(tensors[scaled!]!.data, tensors[target]!.data);
    delete tensors[target];
  }
  fold(tensors, opened, config, pieceIds);
  return { config, tensors };
}

/** A function of its own: one that stood where the tensors are read would hold them, too. */
const openAgain = (read: () => Record<string, WeightTensor>, how: Opening) => () => openTensors(read(), how);

/** Tensors as they were read, int8 codes as bytes. @returns makes them again, each in an array of its own */
function narrowed(
  tensors: Readonly<Record<string, WeightTensor>>,
  scales: readonly Place[],
): () => Record<string, WeightTensor> {
  const coded = new Set(scales.map(({ scaled }) => scaled));
  const held = Object.entries(tensors).map(
    ([name, { shape, data }]) => [name, shape, coded.has(name) ? new Int8Array(data) : data.slice()] as const,
  );
  return () =>
    Object.fromEntries(held.map(([name, shape, data]) => [name, { shape, data: new Float32Array(data) }]));
}

/** Squares of such numbers, summed over any layer, are far from the end of float32. */
const LARGEST_WEIGHT = 1e12;

/** @throws DataError naming the tensor, if it holds what no model computes with */
function checkNumbers({ shape, data }: WeightTensor, what: string, rowInFile: (row: number) => number): void {
  let at = 0; // by hand: findIndex makes an object of each of millions of numbers
  while (at < data.length && Math.abs(data[at]!) <= LARGEST_WEIGHT) at++;
  if (at === data.length) return;
  const width = data.length / (shape[0] ?? 1);
  const place = rowInFile(Math.floor(at / width)) * width + (at % width);
  throw new DataError(
    `${what} holds ${data[at]} at place ${place}; a weight is a number up to ${LARGEST_WEIGHT}`,
  );
}

/** Token type 0 is every text's; a folded table is divided by its weights again, model2vec's rows multiplied with theirs. */
function fold(
  tensors: Record<string, WeightTensor>,
  opened: OpenedCheckpoint,
  { width, layers }: EncoderConfig,
  pieceIds: Int32Array,
): void {
  const types = tensors[TOKEN_TYPES];
  delete tensors[TOKEN_TYPES];
  const positions = tensors[POSITION_EMBEDDINGS];
  if (types && positions) {
    for (let i = 0; i < positions.data.length; i++) positions.data[i]! += types.data[i % width]!;
  }
  const { wordWeights } = opened;
  if (wordWeights && !tensors[TOKEN_WEIGHTS]) {
    const data = Float32Array.from(pieceIds, (id) => wordWeights[id]!);
    tensors[TOKEN_WEIGHTS] = { shape: [data.length], data };
  }
  const rowWeights = tensors[MODEL2VEC.weights]?.data;
  if (rowWeights) {
    delete tensors[MODEL2VEC.weights];
    const { data } = tensors[WORD_EMBEDDINGS]!;
    for (let i = 0; i < data.length; i++) data[i]! *= rowWeights[Math.floor(i / width)]!;
  }
  const weights = tensors[TOKEN_WEIGHTS]?.data;
  if (layers === 0 && weights && bagTable(opened).name === FOLDED_TABLE) {
    const { data } = tensors[WORD_EMBEDDINGS]!;
    for (let i = 0; i < data.length; i++) {
      const weight = weights[Math.floor(i / width)]!;
      data[i] = weight === 0 ? 0 : data[i]! / weight; // a piece of no weight has no direction to find again
    }
  }
}
