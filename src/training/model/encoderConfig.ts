// What an encoder is made of. Pure data and its checks; weights live in weights.ts.

export interface EncoderConfig {
  readonly vocabSize: number; // V
  readonly width: number; // D, of embeddings, hidden states and text vectors
  readonly layers: number; // 0 = bag of pieces
  readonly heads: number; // divides width; not used with 0 layers
  readonly feedForward: number; // width of the inner layer; not used with 0 layers
  readonly maxTokens: number; // longer rows are refused: cut them when tokenising
  readonly pooling: "mean" | "cls";
  /** Weight of a token in the mean: trained, starting from inverse frequency; or 1 for all, never trained. */
  readonly tokenWeights: "inverseFrequency" | "uniform";
  /** "embeddings" keeps word and position embeddings and their LayerNorm as they are. */
  readonly frozen: "nothing" | "embeddings";
}

/** @throws RangeError naming the field, its value and what would be right */
export function checkEncoderConfig(config: EncoderConfig): void {
  const { layers, heads, width } = config;
  const atLeast: Record<string, number> = { vocabSize: 1, width: 1, layers: 0, maxTokens: 1 };
  if (layers > 0) Object.assign(atLeast, { heads: 1, feedForward: 1 });
  for (const [field, bound] of Object.entries(atLeast)) {
    const value = config[field as "width"];
    if (!Number.isInteger(value) || value < bound) {
      throw new RangeError(`encoder.${field} must be an integer >= ${bound}, got ${value}`);
    }
  }
  if (layers === 0 && config.pooling === "cls") {
    throw new RangeError(
      `encoder.pooling must be "mean" with 0 layers: the first token alone would be the text`,
    );
  }
  if (layers > 0 && width % heads !== 0) {
    throw new RangeError(`encoder.width must be a multiple of heads (${heads}), got ${width}`);
  }
}

/** True if the encoder has trainable token weights. */
export function hasTokenWeights(config: EncoderConfig): boolean {
  return config.pooling === "mean" && config.tokenWeights === "inverseFrequency";
}
