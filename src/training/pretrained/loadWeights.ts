// From an opened checkpoint to a model's weights: which tensor goes where, with only the rows a run needs. Folds what the
// lab's encoder has no place for (token types, the offset of positions) into what it has.
import { DataError } from "../../core/inputError.ts";
import type { EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import {
  DENSE_BIAS,
  DENSE_WEIGHT,
  parameterSpecs,
  POSITION_EMBEDDINGS,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "../model/encoderConfig.ts";
import type { ModelWeights, WeightTensor } from "../model/weights.ts";
import { encoderHash, type FormerName } from "./formerReading.ts";
import type { OpenedCheckpoint } from "./openCheckpoint.ts";
import { readTensors, type WantedTensor, type WeightFile } from "./weightFiles.ts";

/** Where models saved with a head keep their encoder. */
const PREFIXES = ["", "bert.", "roberta.", "model.", "0.auto_model.", "auto_model."];
const TOKEN_TYPES = "embeddings.token_type_embeddings.weight";
/** A bag's table with the token weights multiplied in, as sentence-transformers' StaticEmbedding has it. */
const FOLDED_TABLE = "embedding.weight";
/** The same under model2vec's name, which may keep weights of pieces beside it, and rows that several pieces share. */
const MODEL2VEC = { table: "embeddings", weights: "weights", mapping: "mapping" } as const;
const DENSE_NAMES: Readonly<Record<string, string>> = {
  [DENSE_WEIGHT]: "linear.weight",
  [DENSE_BIAS]: "linear.bias",
};

/** One tensor of a file and what becomes of it. */
interface Place extends WantedTensor {
  readonly file: WeightFile;
  readonly target: string; // name in ModelWeights, or TOKEN_TYPES
}

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

/** The checkpoint's facts, for people. @throws DataError if its table of pieces is missing */
export function describeCheckpoint(id: string, opened: OpenedCheckpoint): EncoderInfo {
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
  /** Over the bytes of all files that make the encoder what it is, and over how they are read. */
  readonly sha256: string;
  readonly former?: FormerName; // where labs up to 0.2 read the same files otherwise
}

/**
 * @param pieceIds (V) ascending ids in the tokenizer: the rows of the word embeddings to keep
 * @param longestText tokens of the longest text it will read: a length that cuts none is no other reading
 * @throws DataError naming a tensor that is missing or misshapen (before any is read), or a file that is damaged
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
  const places = config.layers === 0 ? planBag(opened, pieceIds) : planTransformer(opened, config, pieceIds);
  const tensors: Record<string, WeightTensor> = {};
  const hashes: string[] = [];
  for (const file of [...opened.weights, ...(opened.dense?.weights ?? [])]) {
    const here = places.filter((place) => place.file === file);
    const targets = new Map(here.map(({ name, target }) => [name, target]));
    const keep = (name: string, tensor: WeightTensor) => {
      checkNumbers(tensor, `${files.label}/${file.name}: tensor "${name}"`);
      tensors[targets.get(name)!] = tensor;
    };
    hashes.push(`${file.name} ${await readTensors(files, file, here, keep, onBytes, onDownload)}`);
  }
  fold(tensors, opened, config, pieceIds);
  const { settings, longest } = opened;
  const { pooling } = config;
  const maxTokens = Math.min(spec.maxTokens, longestText);
  const reading = { settings, pooling, tokenizerSha256: tokenizer.sha256, files: hashes, maxTokens, longest };
  return { weights: { config, tensors }, ...encoderHash(reading, opened.former) };
}

/** Squares of such numbers, summed over any layer, are far from the end of float32. */
const LARGEST_WEIGHT = 1e12;

/** @throws DataError naming the tensor, if it holds what no model computes with */
function checkNumbers({ data }: WeightTensor, what: string): void {
  const at = data.findIndex((x) => !(Math.abs(x) <= LARGEST_WEIGHT));
  if (at === -1) return;
  throw new DataError(
    `${what} holds ${data[at]} at place ${at}; a weight is a number up to ${LARGEST_WEIGHT}`,
  );
}

/** The tensor as the headers describe it. */
function find(files: readonly WeightFile[], name: string) {
  for (const file of files) {
    const info = file.tensors.find((tensor) => tensor.name === name);
    if (info) return { file, info };
  }
  return undefined;
}

function hasWeights(opened: OpenedCheckpoint): boolean {
  return opened.wordWeights !== null || find(opened.weights, TOKEN_WEIGHTS) !== undefined;
}

/** The bag's own table where the folder has it, else the one multiplied with its weights. */
function bagTable({ weights, files }: OpenedCheckpoint) {
  const found =
    find(weights, WORD_EMBEDDINGS) ?? find(weights, FOLDED_TABLE) ?? find(weights, MODEL2VEC.table);
  if (found?.info.shape.length !== 2) {
    throw new DataError(`${files.label} lacks the tensor "${FOLDED_TABLE}" of shape (pieces, width)`);
  }
  const { name, shape } = found.info;
  if (name === MODEL2VEC.table && find(weights, MODEL2VEC.mapping)) {
    throw new DataError(
      `${files.label}: tensor "${MODEL2VEC.mapping}" lets pieces share rows of "${name}"; the lab reads one row for each piece: distil the model without vocabulary quantization`,
    );
  }
  return { file: found.file, name, shape };
}

function planBag(opened: OpenedCheckpoint, pieceIds: Int32Array): Place[] {
  const { file, name, shape } = bagTable(opened);
  const places: Place[] = [{ file, name, rows: pieceIds, target: WORD_EMBEDDINGS }];
  const add = (from: string, target: string) => {
    const found = find(opened.weights, from);
    if (!found) return;
    checkShape(opened, from, found.info.shape, [shape[0]!]);
    places.push({ file: found.file, name: from, rows: pieceIds, target });
  };
  if (name === MODEL2VEC.table) add(MODEL2VEC.weights, MODEL2VEC.weights);
  else add(TOKEN_WEIGHTS, TOKEN_WEIGHTS);
  checkPieces(opened, pieceIds, shape[0]!);
  return places;
}

function planTransformer(opened: OpenedCheckpoint, config: EncoderConfig, pieceIds: Int32Array): Place[] {
  const { architecture, weights, dense, files } = opened;
  if (architecture.kind !== "transformer") throw new Error("planTransformer: a bag has no layers");
  const { width, vocabRows, positionRows, positionOffset, tokenTypes } = architecture;
  const prefix = PREFIXES.find((start) => find(weights, start + WORD_EMBEDDINGS));
  const places: Place[] = [];
  const add = (target: string, shape: readonly number[], rows?: Int32Array) => {
    const head = DENSE_NAMES[target];
    const names = head === undefined ? namesOf((prefix ?? "") + target) : [head];
    const from = head === undefined ? weights : (dense?.weights ?? []);
    const found = names.map((name) => find(from, name)).find((hit) => hit !== undefined);
    if (!found)
      throw new DataError(`${files.label} lacks the tensor "${names[0]}" of shape (${shape.join(", ")})`);
    checkShape(opened, found.info.name, found.info.shape, shape);
    places.push({ file: found.file, name: found.info.name, target, ...(rows && { rows }) });
  };
  const range = (from: number, n: number) => Int32Array.from({ length: n }, (_, i) => from + i);
  for (const { parts, shape, name } of parameterSpecs(config)) {
    if (name === WORD_EMBEDDINGS) add(name, [vocabRows, width], pieceIds);
    else if (name === POSITION_EMBEDDINGS) {
      add(name, [positionRows, width], range(positionOffset, config.maxTokens));
    } else if (name === TOKEN_WEIGHTS) {
      if (find(weights, TOKEN_WEIGHTS)) addTokenWeights(opened, places, pieceIds, vocabRows);
    } else for (const part of parts) add(part, [shape[0]! / parts.length, ...shape.slice(1)]);
  }
  if (tokenTypes > 0) add(TOKEN_TYPES, [tokenTypes, width], range(0, 1));
  checkPieces(opened, pieceIds, vocabRows);
  return places;
}

function addTokenWeights(
  opened: OpenedCheckpoint,
  places: Place[],
  pieceIds: Int32Array,
  rows: number,
): void {
  const { file, info } = find(opened.weights, TOKEN_WEIGHTS)!;
  checkShape(opened, info.name, info.shape, [rows]);
  places.push({ file, name: info.name, rows: pieceIds, target: TOKEN_WEIGHTS });
}

/** Checkpoints of 2018 call a LayerNorm's weight and bias gamma and beta. */
function namesOf(name: string): string[] {
  if (!name.includes("LayerNorm.")) return [name];
  return [name, name.replace(/weight$/, "gamma").replace(/bias$/, "beta")];
}

function checkShape(
  { files }: OpenedCheckpoint,
  name: string,
  found: readonly number[],
  wanted: readonly number[],
): void {
  if (found.join() === wanted.join()) return;
  throw new DataError(
    `${files.label}: tensor "${name}" has shape (${found.join(", ")}), the config asks for (${wanted.join(", ")})`,
  );
}

function checkPieces({ files, wordWeights }: OpenedCheckpoint, pieceIds: Int32Array, rows: number): void {
  const last = pieceIds.at(-1) ?? 0;
  const held = Math.min(rows, wordWeights?.length ?? rows);
  if (last < held) return;
  throw new DataError(
    `${files.label}: its tokenizer gives piece ${last}, its embeddings and word weights have ${held} rows: they do not belong together`,
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
