// Opens a checkpoint folder: reads its small files, checks that the lab computes what they ask for and that the weights
// are all there. Reads no weights before `load`.
import { parseArchitecture, type Architecture } from "../../core/encoders/architecture.ts";
import {
  BARE_TRANSFORMER,
  parseDense,
  parseModuleList,
  parsePooling,
  type DenseShape,
  type ModulePaths,
  type Pooling,
} from "../../core/encoders/moduleList.ts";
import { parseLongest, parsePrompts, type Prompts } from "../../core/encoders/textSettings.ts";
import { DataError } from "../../core/inputError.ts";
import { createTokenizer, withoutFrame, type Tokenizer } from "../text/tokenizer.ts";
import { parseJson, readText, type CheckpointFiles } from "./checkpointFiles.ts";
import { readWeightHeaders, type WeightFile } from "./weightFiles.ts";

const MAX_CONFIG_BYTES = 2 ** 20;
/** XLM-R's tokenizer.json has 17 MB. */
const MAX_TOKENIZER_BYTES = 64 * 2 ** 20;
const MAX_WORD_WEIGHTS_BYTES = 64 * 2 ** 20;

/** What a catalogue knows better than the folder itself. */
export interface CheckpointHints {
  readonly pooling?: Pooling; // of a folder without modules.json
  readonly prefixes?: Prompts; // of a model whose folder does not state them
  readonly tokenizerFrom?: CheckpointFiles; // where tokenizer.json is, if not in the folder
}

/** A checkpoint understood, its weights not yet read. */
export interface OpenedCheckpoint {
  readonly files: CheckpointFiles;
  readonly architecture: Architecture;
  readonly pooling: Pooling;
  readonly dense: (DenseShape & { readonly weights: readonly WeightFile[] }) | null;
  readonly wordWeights: Float32Array | null; // (pieces) of a WordWeights module
  readonly weights: readonly WeightFile[];
  readonly tokenizer: Tokenizer;
  readonly tokenizerJson: string;
  readonly framed: boolean;
  readonly prefixes: Prompts | null;
  readonly longest: number; // tokens; Infinity for a bag
  readonly settings: string; // of every small file read, for the encoder's hash
}

/** @throws DataError in one sentence naming the file and what the lab cannot read or compute */
export async function openCheckpoint(
  files: CheckpointFiles,
  hints: CheckpointHints = {},
): Promise<OpenedCheckpoint> {
  const read: string[] = [];
  /** A JSON file that may be left out. */
  const optional = async (name: string, maxBytes = MAX_CONFIG_BYTES): Promise<unknown> => {
    const text = await readText(files, name, maxBytes);
    if (text === undefined) return undefined;
    read.push(`${name}\n${text}`);
    return parseJson(text, `${files.label}/${name}`);
  };
  const required = async (name: string, maxBytes?: number): Promise<unknown> => {
    const value = await optional(name, maxBytes);
    if (value === undefined)
      throw new DataError(`${files.label} has no ${name}: it is no checkpoint the lab can read`);
    return value;
  };
  const at = (name: string) => `${files.label}/${name}`;

  const list = await optional("modules.json");
  const modules: ModulePaths =
    list === undefined ? BARE_TRANSFORMER : parseModuleList(list, at("modules.json"));
  const { path, kind } = modules.base;
  const configName = `${path}config.json`;
  // Other makers' tables of pieces have any config or none.
  const architecture: Architecture =
    kind === "bag" ? { kind } : parseArchitecture(await required(configName), at(configName));
  let pooling: Pooling = hints.pooling ?? "mean";
  if (modules.pooling !== undefined) {
    const name = `${modules.pooling}config.json`;
    pooling = parsePooling(await required(name), modules.dense !== undefined, at(name));
  }
  let dense: OpenedCheckpoint["dense"] = null;
  if (modules.dense !== undefined) {
    const name = `${modules.dense}config.json`;
    const width = architecture.kind === "transformer" ? architecture.width : 0;
    dense = {
      ...parseDense(await required(name), width, at(name)),
      weights: await readWeightHeaders(files, modules.dense),
    };
  }
  const wordWeights =
    modules.wordWeights === undefined ? null : await readWordWeights(modules.wordWeights, optional, at);
  if (wordWeights && (dense || pooling !== "mean")) {
    throw new DataError(
      `${at("modules.json")}: WordWeights is computed before mean pooling without Dense only`,
    );
  }
  const [promptsName, lengthName] = ["config_sentence_transformers.json", `${path}sentence_bert_config.json`];
  const prompts = await optional(promptsName);
  const length = await optional(lengthName);
  const weights = await readWeightHeaders(files, path);

  const tokenizerJson = await readTokenizer(files, path, hints.tokenizerFrom);
  const tokenizer = makeTokenizer(tokenizerJson, at("tokenizer.json"));
  const framed = architecture.kind === "transformer";
  return {
    files,
    architecture,
    pooling,
    dense,
    wordWeights,
    weights,
    tokenizer: framed ? tokenizer : withoutFrame(tokenizer),
    tokenizerJson,
    framed,
    prefixes:
      (prompts === undefined ? null : parsePrompts(prompts, at(promptsName))) ?? hints.prefixes ?? null,
    longest: longestOf(architecture, length === undefined ? Infinity : parseLongest(length, at(lengthName))),
    settings: read.join("\n"),
  };
}

function longestOf(architecture: Architecture, asked: number): number {
  if (architecture.kind === "bag") return Infinity;
  return Math.min(asked, architecture.positionRows - architecture.positionOffset);
}

async function readTokenizer(
  files: CheckpointFiles,
  path: string,
  elsewhere: CheckpointFiles | undefined,
): Promise<string> {
  for (const name of new Set([`${path}tokenizer.json`, "tokenizer.json"])) {
    const own = await readText(files, name, MAX_TOKENIZER_BYTES);
    if (own !== undefined) return own;
  }
  const other = elsewhere && (await readText(elsewhere, "tokenizer.json", MAX_TOKENIZER_BYTES));
  if (other !== undefined) return other;
  throw new DataError(
    `${files.label} has no tokenizer.json; vocab.txt and .model files are not read: save the tokenizer in the fast format`,
  );
}

function makeTokenizer(json: string, where: string): Tokenizer {
  try {
    return createTokenizer(json);
  } catch (cause) {
    throw new DataError(`${where}: ${(cause as Error).message.replace(/^tokenizer\.json: /, "")}`, { cause });
  }
}

/** Weights by token id: the module lists words in the order of ids. */
async function readWordWeights(
  path: string,
  optional: (name: string, maxBytes: number) => Promise<unknown>,
  at: (name: string) => string,
): Promise<Float32Array> {
  // Its name in sentence-transformers before version 5, and since.
  const old = `${path}wordweights_config.json`;
  const before = await optional(old, MAX_WORD_WEIGHTS_BYTES);
  const name = before === undefined ? `${path}config.json` : old;
  const value = before ?? (await optional(name, MAX_WORD_WEIGHTS_BYTES));
  const config = value as Readonly<Record<string, unknown>> | null | undefined;
  const { vocab, word_weights: weights, unknown_word_weight: unknown = 1 } = config ?? {};
  const isWord = (word: unknown) => typeof word === "string";
  if (!Array.isArray(vocab) || !vocab.every(isWord) || typeof weights !== "object" || weights === null) {
    throw new DataError(`${at(name)}: needs vocab, a list of words, and word_weights`);
  }
  const known = new Map<string, unknown>(Object.entries(weights));
  return Float32Array.from(vocab, (word) => {
    const weight = known.get(word) ?? unknown;
    if (typeof weight !== "number" || !Number.isFinite(weight)) {
      throw new DataError(`${at(name)}: the weight of "${word.slice(0, 40)}" must be a number`);
    }
    return weight;
  });
}
