// Opens a checkpoint folder: reads its small files, checks that the lab computes what they ask for and that the weights
// are all there. Reads no weights before `load`.
import {
  BAG_MODEL_TYPE,
  checkBare,
  parseArchitecture,
  type Architecture,
} from "../../core/encoders/architecture.ts";
import { BARE_TRANSFORMER, parseModuleList, type ModulePaths } from "../../core/encoders/moduleList.ts";
import type { Prompts } from "../../core/encoders/textSettings.ts";
import { DataError } from "../../core/inputError.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import type { CheckpointFiles } from "./checkpointFiles.ts";
import { openTokenizer } from "./checkpointTokenizer.ts";
import { promptChanges, TWO_TYPES, WORDS_BY_LOWER_CASE, type FormerReading } from "./formerReading.ts";
import { readModules, type ModuleSettings } from "./moduleFiles.ts";
import { createSmallFiles } from "./smallFiles.ts";
import { readTextFiles } from "./textFiles.ts";
import { readWeightHeaders, type WeightFile } from "./weightFiles.ts";

/** What a catalogue knows better than the folder itself. */
export interface CheckpointHints {
  readonly isShipped?: boolean; // the lab's own, which are stored in halves and meant for float32
  readonly prefixes?: Prompts; // of a model whose folder does not state them
  readonly tokenizerFrom?: CheckpointFiles; // where tokenizer.json is, if not in the folder
}

/** A checkpoint understood, its weights not yet read. */
export interface OpenedCheckpoint {
  readonly files: CheckpointFiles;
  readonly architecture: Architecture;
  readonly pooling: ModuleSettings["pooling"]; // null: the spec's
  readonly dense: ModuleSettings["dense"];
  readonly wordWeights: Float32Array | null; // (pieces) of a WordWeights module
  readonly weights: readonly WeightFile[];
  readonly tokenizer: Tokenizer;
  readonly tokenizerJson: string;
  readonly framed: boolean;
  readonly prefixes: Prompts | null;
  readonly longest: number; // tokens; Infinity for any
  readonly settings: string; // of every small file read, for the encoder's hash
  readonly former: FormerReading;
  readonly notes: readonly string[]; // what a person should know of how it is read
}

/** @throws DataError in one sentence naming the file and what the lab cannot read or compute */
export async function openCheckpoint(
  files: CheckpointFiles,
  hints: CheckpointHints = {},
): Promise<OpenedCheckpoint> {
  const small = createSmallFiles(files);
  const { optional, aside, required, at } = small;
  const list = await optional("modules.json");
  const modules: ModulePaths | undefined =
    list === undefined ? undefined : parseModuleList(list, at("modules.json"));
  const { path, kind } = (modules ?? BARE_TRANSFORMER).base;
  const configName = `${path}config.json`;
  // Other makers' tables of pieces have any config or none.
  const config = kind === "bag" ? await aside(configName) : await required(configName);
  const architecture: Architecture = kind === "bag" ? { kind } : parseArchitecture(config, at(configName));
  if (!modules) checkBare(config, at(configName));
  const weights = await readWeightHeaders(files, path); // a clone without its large files is told as that first
  const { pooling, dense, words } = await readModules(
    files,
    modules ?? BARE_TRANSFORMER,
    architecture,
    small,
  );
  const said = await readTextFiles(modules, config, small);
  const adapters = `${path}adapter_config.json`;
  if (kind === "transformer" && (await aside(adapters)) !== undefined) {
    throw new DataError(
      `${at(adapters)}: the lab adds no adapters to weights; merge it into them and save the model again`,
    );
  }
  const { lowerCase, tokenizer: over } = said;
  const asked = { path, architecture, config, lowerCase, over, elsewhere: hints.tokenizerFrom };
  const { tokenizer, json, ...made } = await openTokenizer(files, asked);
  const prefixes = said.prompts ?? hints.prefixes ?? null;
  const formerPrefixes = said.formerPrompts ?? hints.prefixes ?? null;
  return {
    files,
    architecture,
    pooling,
    dense,
    wordWeights: words?.weights ?? null,
    weights,
    tokenizer,
    tokenizerJson: json,
    framed: kind === "transformer",
    prefixes,
    longest: longestOf(architecture, config, said.longest ?? made.longest),
    settings: small.text(),
    former: {
      longest: longestOf(architecture, config, kind === "bag" ? Infinity : said.formerLongest),
      pooling: pooling ?? "mean",
      tokenizerSha256: made.fileSha256,
      changes: [
        ...made.changes.map((words) => ({ key: "tokenizer", words })),
        ...promptChanges(formerPrefixes, prefixes),
        ...(words?.byLowerCase ? [WORDS_BY_LOWER_CASE] : []),
        ...(kind === "transformer" && !Object.hasOwn(config as object, "type_vocab_size") ? [TWO_TYPES] : []),
      ],
    },
    notes: [
      ...said.notes,
      ...made.notes,
      ...(hints.isShipped ? [] : precisionNotes(files.label, weights, config)),
    ],
  };
}

/** Half precision is a matter of storage here; sentence-transformers computes in it unless it is told otherwise. */
function precisionNotes(label: string, weights: readonly WeightFile[], config: unknown): string[] {
  const { dtype, torch_dtype: older } = (config ?? {}) as { dtype?: unknown; torch_dtype?: unknown };
  const types = new Set(weights.flatMap(({ tensors }) => tensors.map((tensor) => tensor.dtype)));
  if (types.has("I8")) {
    return [
      `${label} has rows of int8, which sentence-transformers does not read: npm run lab -- export makes a folder that it does`,
    ];
  }
  const halves = types.has("F16") || types.has("BF16");
  const stated = dtype ?? older ?? (halves ? "float16" : "float32");
  if (stated !== "float16" && stated !== "bfloat16") return [];
  return [
    `${label} is of half precision and computed in float32, as sentence-transformers does it with model_kwargs={"dtype": "float32"}`,
  ];
}

function longestOf(architecture: Architecture, config: unknown, asked: number): number {
  if (architecture.kind === "transformer")
    return Math.min(asked, architecture.positionRows - architecture.positionOffset);
  // The lab's own bags are cut where the field says, as when they were trained.
  return (config as { model_type?: unknown } | undefined)?.model_type === BAG_MODEL_TYPE ? Infinity : asked;
}
