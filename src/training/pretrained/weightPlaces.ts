// Which tensor of a checkpoint goes where in a model's weights, and which of its rows: planned from headers, before a number
// is read.
import { DataError } from "../../core/inputError.ts";
import {
  DENSE_BIAS,
  DENSE_WEIGHT,
  parameterSpecs,
  POSITION_EMBEDDINGS,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "../model/encoderConfig.ts";
import { scaleName } from "../tensorFile/narrowRows.ts";
import { isReadable, READABLE } from "../tensorFile/safetensorsHeader.ts";
import type { OpenedCheckpoint } from "./openCheckpoint.ts";
import type { WantedTensor, WeightFile } from "./weightFiles.ts";

/** Where models saved with a head keep their encoder. */
const PREFIXES = ["", "bert.", "roberta.", "model.", "0.auto_model.", "auto_model."];
export const TOKEN_TYPES = "embeddings.token_type_embeddings.weight";
/** A bag's table with the token weights multiplied in, as sentence-transformers' StaticEmbedding has it. */
export const FOLDED_TABLE = "embedding.weight";
/** The same under model2vec's name, which may keep weights of pieces beside it, and rows that several pieces share. */
export const MODEL2VEC = { table: "embeddings", weights: "weights", mapping: "mapping" } as const;
const DENSE_NAMES: Readonly<Record<string, string>> = {
  [DENSE_WEIGHT]: "linear.weight",
  [DENSE_BIAS]: "linear.bias",
};

/** One tensor of a file and what becomes of it. */
export interface Place extends WantedTensor {
  readonly file: WeightFile;
  readonly target: string; // name in ModelWeights, or TOKEN_TYPES
  readonly scaled?: string; // of scales: the target whose rows they are for
}

/**
 * Where each of the model's numbers stands. Of an I8 tensor the scales are planned too, for the same rows.
 * @param pieceIds (V) ascending ids in the tokenizer: the rows of the word embeddings to keep
 * @throws DataError naming a tensor that is missing, misshapen or of a type that is not read
 */
export function planWeights(opened: OpenedCheckpoint, config: EncoderConfig, pieceIds: Int32Array): Place[] {
  const places = config.layers === 0 ? planBag(opened, pieceIds) : planTransformer(opened, config, pieceIds);
  return places.flatMap((place) => [place, ...scalesOf(opened, place)]);
}

function scalesOf({ files, weights, dense }: OpenedCheckpoint, place: Place): Place[] {
  const { file, name, target } = place;
  const { dtype } = find([file], name)!.info;
  if (!isReadable(dtype)) {
    throw new DataError(
      `${files.label}/${file.name}: tensor "${name}" is ${dtype}; the lab reads ${READABLE}`,
    );
  }
  if (dtype !== "I8") return [];
  const all = weights.includes(file) ? weights : dense!.weights; // a scale may lie in another part
  const scale = scaleName(name);
  return [{ ...place, file: find(all, scale)!.file, name: scale, target: scaleName(target), scaled: target }];
}

/** The tensor as the headers describe it. */
function find(files: readonly WeightFile[], name: string) {
  for (const file of files) {
    const info = file.tensors.find((tensor) => tensor.name === name);
    if (info) return { file, info };
  }
  return undefined;
}

export function hasWeights(opened: OpenedCheckpoint): boolean {
  return opened.wordWeights !== null || find(opened.weights, TOKEN_WEIGHTS) !== undefined;
}

/** The bag's own table where the folder has it, else the one multiplied with its weights. */
export function bagTable({ weights, files }: OpenedCheckpoint) {
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
