// What an encoder is made of: its settings and the parameters they imply. Pure; the numbers live in weights.ts.
import { SpecError } from "../../core/inputError.ts";

export interface EncoderConfig {
  readonly vocabSize: number; // V
  readonly width: number; // D, of embeddings, hidden states and text vectors
  readonly layers: number; // 0 = bag of pieces
  readonly heads: number; // divides width; not used with 0 layers
  readonly feedForward: number; // width of the inner layer; not used with 0 layers
  readonly maxTokens: number; // longer rows are refused: cut them when tokenising
  readonly pooling: "mean" | "cls" | "max";
  /** Weight of a token in the mean: trained, starting from inverse frequency; or 1 for all, never trained. */
  readonly tokenWeights: "inverseFrequency" | "uniform";
  /** "embeddings" keeps word and position embeddings and their LayerNorm as they are, "tokenWeights" the pooling's. */
  readonly frozen: "nothing" | "embeddings" | "tokenWeights";
  /** A layer after pooling, activation(W x + b), D -> outputs: then the vectors of texts have that width. */
  readonly dense?: {
    readonly outputs: number;
    readonly bias: boolean;
    readonly activation: "tanh" | "identity";
  };
  /** Added to the variance in every LayerNorm; BERT's 1e-12 where left out, XLM-R has 1e-5. */
  readonly normEpsilon?: number;
}

/** BERT's. XLM-R has 1e-5, which moves a unit-variance state by 5e-6. */
export const BERT_NORM_EPSILON = 1e-12;

export function normEpsilon(config: EncoderConfig): number {
  return config.normEpsilon ?? BERT_NORM_EPSILON;
}

/** @throws SpecError naming the field, its value and what would be right */
export function checkEncoderConfig(config: EncoderConfig): void {
  const { layers, heads, width } = config;
  const atLeast: Record<string, number> = { vocabSize: 1, width: 1, layers: 0, maxTokens: 1 };
  if (layers > 0) Object.assign(atLeast, { heads: 1, feedForward: 1 });
  for (const [field, bound] of Object.entries(atLeast)) {
    const value = config[field as "width"];
    if (!Number.isInteger(value) || value < bound) {
      throw new SpecError(`encoder.${field} must be an integer >= ${bound}, got ${value}`);
    }
  }
  if (layers === 0 && config.pooling !== "mean") {
    throw new SpecError(
      `encoder.pooling must be "mean" with 0 layers: the first token alone would be the text`,
    );
  }
  if (config.dense && (layers === 0 || hasTokenWeights(config))) {
    throw new SpecError("encoder.dense needs layers, and pooling without token weights");
  }
  if (layers > 0 && width % heads !== 0) {
    throw new SpecError(`encoder.width must be a multiple of heads (${heads}), got ${width}`);
  }
}

/** True if the encoder has trainable token weights. */
export function hasTokenWeights(config: EncoderConfig): boolean {
  return config.pooling === "mean" && config.tokenWeights === "inverseFrequency";
}

/** Dimensions of a text's vector. */
export function vectorWidth(config: EncoderConfig): number {
  return config.dense?.outputs ?? config.width;
}

export const WORD_EMBEDDINGS = "embeddings.word_embeddings.weight";
export const POSITION_EMBEDDINGS = "embeddings.position_embeddings.weight";
export const TOKEN_WEIGHTS = "pooling.token_weights";
export const DENSE_WEIGHT = "dense.linear.weight"; // (outputs, D)
export const DENSE_BIAS = "dense.linear.bias";

export interface ParameterSpec {
  readonly name: string;
  /** Names in ModelWeights, laid one after the other along the first axis: q, k and v are one tensor here. */
  readonly parts: readonly string[];
  readonly shape: readonly number[]; // of all parts together
  readonly start: "normal" | "ones" | "zeros" | "pieces" | "frequency";
  readonly decays: boolean; // AdamW's weight decay: matrices and embeddings, not norms, biases or token weights
  readonly byRow: boolean; // the first axis is the vocabulary: gradients and updates only for the batch's rows
  readonly trains: boolean;
}

/** Names follow Hugging Face's BertModel, linear weights are (out, in). */
export function parameterSpecs(config: EncoderConfig): ParameterSpec[] {
  const { vocabSize: V, width: D, feedForward: F, maxTokens, layers } = config;
  const open = config.frozen !== "embeddings";
  const specs: ParameterSpec[] = [];
  const add = (
    name: string,
    shape: readonly number[],
    start: ParameterSpec["start"],
    rest: { parts?: string[]; byRow?: boolean; trains?: boolean } = {},
  ) => {
    const { parts = [name], byRow = false, trains = true } = rest;
    specs.push({ name, parts, shape, start, decays: shape.length === 2, byRow, trains });
  };
  const addNorm = (name: string, trains = true) => {
    add(`${name}.weight`, [D], "ones", { trains });
    add(`${name}.bias`, [D], "zeros", { trains });
  };
  const addLinear = (name: string, outputs: number, inputs: number) => {
    add(`${name}.weight`, [outputs, inputs], "normal");
    add(`${name}.bias`, [outputs], "zeros");
  };
  add(WORD_EMBEDDINGS, [V, D], "pieces", { byRow: true, trains: open });
  if (layers > 0) {
    add(POSITION_EMBEDDINGS, [maxTokens, D], "normal", { trains: open });
    addNorm("embeddings.LayerNorm", open);
  }
  for (let i = 0; i < layers; i++) {
    const at = layerName(i);
    const parts = (kind: string) =>
      ["query", "key", "value"].map((part) => `${at}.attention.self.${part}.${kind}`);
    add(`${at}.attention.self.qkv.weight`, [3 * D, D], "normal", { parts: parts("weight") });
    add(`${at}.attention.self.qkv.bias`, [3 * D], "zeros", { parts: parts("bias") });
    addLinear(`${at}.attention.output.dense`, D, D);
    addNorm(`${at}.attention.output.LayerNorm`);
    addLinear(`${at}.intermediate.dense`, F, D);
    addLinear(`${at}.output.dense`, D, F);
    addNorm(`${at}.output.LayerNorm`);
  }
  if (config.dense) {
    add(DENSE_WEIGHT, [config.dense.outputs, D], "normal");
    if (config.dense.bias) add(DENSE_BIAS, [config.dense.outputs], "zeros");
  }
  if (hasTokenWeights(config))
    add(TOKEN_WEIGHTS, [V], "frequency", { byRow: true, trains: config.frozen !== "tokenWeights" });
  return specs;
}

export function layerName(i: number): string {
  return `encoder.layer.${i}`;
}
