// What a sentence-transformers modules.json strings together, as far as the lab can compute it. Reads no files.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { issueText } from "../issueText.ts";

/** Folders, within the checkpoint, of the modules that are there; "" is the checkpoint's own. */
export interface ModulePaths {
  readonly base: { readonly kind: "transformer" | "bag"; readonly path: string };
  readonly wordWeights?: string;
  readonly pooling?: string;
  readonly dense?: string;
  readonly normalize?: string;
}

/** Of a folder without modules.json: a bare transformer, pooled by the mean. */
export const BARE_TRANSFORMER: ModulePaths = { base: { kind: "transformer", path: "" } };

const schema = v.pipe(
  v.array(
    v.object({ path: v.pipe(v.string(), v.maxLength(100)), type: v.pipe(v.string(), v.maxLength(200)) }),
  ),
  v.minLength(1),
  v.maxLength(20),
);

/** Other packages have classes of the same names. */
const PACKAGE = "sentence_transformers.";
/** Modules in the order they may come in; Normalize and Dropout change no direction once trained. */
const ORDER = ["Transformer", "StaticEmbedding", "WordWeights", "Pooling", "Dense", "Dropout", "Normalize"];

/** @throws DataError naming the module the lab cannot compute, or what is out of order */
export function parseModuleList(value: unknown, where: string): ModulePaths {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the list"}: ${issueText(issue)}`);
  }
  const modules = result.output.map(({ path, type }) => ({
    path: folder(path, where),
    name: type.startsWith(PACKAGE) ? type.split(".").at(-1)! : `“${type.slice(0, 80)}”`,
  }));
  const unknown = modules.find(({ name }) => !ORDER.includes(name));
  if (unknown) {
    throw new DataError(
      `${where}: the module ${unknown.name} is not computed here; the lab has ${ORDER.join(", ")}`,
    );
  }
  const names = modules.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new DataError(`${where}: ${twice} is listed twice; the lab computes one of each`);
  const sorted = [...names].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (names.join() !== sorted.join()) {
    throw new DataError(`${where}: ${names.join(" → ")} is in another order than ${sorted.join(" → ")}`);
  }
  const pathOf = (name: string) => modules.find((module) => module.name === name)?.path;
  const [transformer, bag] = [pathOf("Transformer"), pathOf("StaticEmbedding")];
  const [wordWeights, pooling, dense] = [pathOf("WordWeights"), pathOf("Pooling"), pathOf("Dense")];
  const normalize = pathOf("Normalize");
  if ((transformer === undefined) === (bag === undefined)) {
    throw new DataError(`${where}: needs one of Transformer and StaticEmbedding, got ${names.join(", ")}`);
  }
  if (transformer !== undefined && pooling === undefined) {
    throw new DataError(`${where}: a Transformer needs a Pooling after it`);
  }
  if (bag !== undefined && (wordWeights ?? pooling ?? dense) !== undefined) {
    throw new DataError(`${where}: StaticEmbedding pools by itself; only Normalize may follow it`);
  }
  return {
    base:
      transformer === undefined ? { kind: "bag", path: bag! } : { kind: "transformer", path: transformer },
    ...(wordWeights !== undefined && { wordWeights }),
    ...(pooling !== undefined && { pooling }),
    ...(dense !== undefined && { dense }),
    ...(normalize !== undefined && { normalize }),
  };
}

/** "" or "name/". */
function folder(path: string, where: string): string {
  if (path === "" || path === ".") return "";
  if (!/^[\w][\w.-]*(\/[\w][\w.-]*)?\/?$/.test(path)) {
    throw new DataError(`${where}: "${path.slice(0, 60)}" is no folder within the checkpoint`);
  }
  return `${path.replace(/\/$/, "")}/`;
}

export type Pooling = "mean" | "cls" | "max";

/** Modes by their names; the older flags are called pooling_mode_NAME, some with "_token" or "_tokens" behind. */
const POOLING_MODES: Readonly<Record<string, Pooling | "meanSqrt">> = {
  cls: "cls",
  max: "max",
  mean: "mean",
  mean_sqrt_len_tokens: "meanSqrt",
};
const FLAG = "pooling_mode_";
const modeOfFlag = (flag: string) => {
  const name = flag.slice(FLAG.length);
  return name === "mean_sqrt_len_tokens" ? name : name.replace(/_tokens?$/, "");
};

/**
 * @param hasDense whether a dense layer follows: then the length of the pooled vector matters, not only its direction
 * @throws DataError naming the mode the lab does not have
 */
export function parsePooling(value: unknown, hasDense: boolean, where: string): Pooling {
  const config = v.safeParse(v.record(v.string(), v.unknown()), value);
  if (!config.success || Array.isArray(value))
    throw new DataError(`${where}: must be an object of pooling modes`);
  const { pooling_mode: named, include_prompt: includePrompt = true, ...rest } = config.output;
  if (includePrompt !== true) {
    throw new DataError(`${where}: include_prompt is false; the lab pools prompts with their text`);
  }
  const stated = Object.keys(rest).filter((key) => key.startsWith(FLAG));
  const odd = stated.find((key) => typeof rest[key] !== "boolean");
  if (odd !== undefined) throw new DataError(`${where}: ${odd.slice(0, 60)} must be true or false`);
  const flags = stated.filter((key) => rest[key] === true);
  // The list decides over the flags; where neither says anything, the mean is taken.
  const modes: unknown[] = named === undefined ? flags.map(modeOfFlag) : [named].flat();
  const [mode = "mean"] = modes;
  if (modes.length > 1 || typeof mode !== "string") {
    throw new DataError(`${where}: one pooling mode must be on, got ${modes.join(" and ")}`);
  }
  const pooling = Object.hasOwn(POOLING_MODES, mode) ? POOLING_MODES[mode] : undefined;
  if (pooling === undefined || (pooling === "meanSqrt" && hasDense)) {
    throw new DataError(
      `${where}: pooling "${mode.slice(0, 60)}" is not computed here; the lab has cls, mean and max`,
    );
  }
  return pooling === "meanSqrt" ? "mean" : pooling; // the same direction, and only that is compared
}

export interface DenseShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
  readonly activation: "tanh" | "identity";
}

const dense = v.object({
  in_features: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384)),
  out_features: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384)),
  bias: v.optional(v.boolean(), true),
  activation_function: v.optional(v.pipe(v.string(), v.maxLength(200)), "torch.nn.modules.activation.Tanh"),
  module_input_name: v.nullish(v.string(), "sentence_embedding"),
  module_output_name: v.nullish(v.string(), "sentence_embedding"),
  use_residual: v.optional(v.boolean(), false),
});

/** @throws DataError naming the field and what would be right */
export function parseDense(value: unknown, width: number, where: string): DenseShape {
  const result = v.safeParse(dense, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issueText(issue)}`);
  }
  const { in_features: inputs, out_features: outputs, bias, activation_function: named } = result.output;
  if (inputs !== width) throw new DataError(`${where}: in_features is ${inputs}, the vectors have ${width}`);
  checkVectorModule(result.output, where);
  if (result.output.use_residual) {
    throw new DataError(`${where}: use_residual is true; the lab adds no input to the layer's output`);
  }
  // Of other packages sentence-transformers takes none: what it would compute depends on who loads it.
  const activation = named.startsWith("torch.") ? named.split(".").at(-1) : named;
  if (activation !== "Tanh" && activation !== "Identity") {
    throw new DataError(
      `${where}: the activation ${activation?.slice(0, 60)} is not computed here; the lab has Tanh, Identity`,
    );
  }
  return { inputs, outputs, bias, activation: activation === "Tanh" ? "tanh" : "identity" };
}

const ofVectors = v.object({
  module_input_name: v.nullish(v.string(), "sentence_embedding"),
  module_output_name: v.nullish(v.string(), "sentence_embedding"),
});

/** Dense and Normalize work on the vector of a text. @throws DataError if this one was set to another */
export function checkVectorModule(value: unknown, where: string): void {
  const names = v.safeParse(ofVectors, value);
  for (const [field, name] of Object.entries(names.success ? names.output : { "the whole": "no object" })) {
    if (name === "sentence_embedding") continue;
    throw new DataError(
      `${where}: ${field} must be "sentence_embedding": the lab has no layer per token, got "${name.slice(0, 40)}"`,
    );
  }
}
