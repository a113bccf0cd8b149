// How much memory training an encoder takes, before a byte of it is read. An estimate from sizes; measures nothing.
import { wholeText } from "../numbersIn.ts";

export interface EncoderSizes {
  readonly layers: number;
  readonly width: number; // D
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabSize: number; // V, rows kept
  readonly maxTokens: number;
}

export interface MemoryEstimate {
  readonly parameters: number;
  readonly heldBytes: number; // weights, AdamW's moments and gradients: certain
  readonly bytes: number; // with one step's activations, which depend on how long the texts are
  /** The largest tensor, and what it is: a GPU holds each in one buffer. */
  readonly largest: { readonly bytes: number; readonly what: string };
}

/** Pieces that runs of a few to a dozen languages use; the exact number is known once the data is read. */
const TYPICAL_PIECES = 20_000;

/** Mean tokens of a text, where nothing better is known. */
const TOKENS = 24;

/** What of a step may be the largest tensor: of all its texts in one layer. */
export const HIDDEN_STATES = "hidden states of the longest planned batch";

/** Parameters of BERT's layers: 4 D^2 + 2 D F, biases and norms, and of the table V D. */
export function countParameters({
  layers,
  width: D,
  feedForward: F,
  vocabSize,
  maxTokens,
}: EncoderSizes): number {
  const layer = 4 * D * D + 2 * D * F + 9 * D + F;
  return vocabSize * D + (layers > 0 ? maxTokens * D + 2 * D + layers * layer : 0);
}

/**
 * A step keeps what the way back needs. Floats of a place (a token of a text), by layer: 8 D, F, a number a head and 2 norms;
 * before the layers 2 D and a norm, and what the last layer's way back has at once: GELU, which is done again there.
 * Nothing grows with the square of a length.
 *
 * @param texts in one step: queries and passages of a batch
 */
export function estimateMemory(sizes: EncoderSizes, texts: number, tokens = TOKENS): MemoryEstimate {
  const { layers, width, heads, feedForward, vocabSize } = sizes;
  const parameters = countParameters(sizes);
  const table = vocabSize * width;
  const dense = parameters - table;
  const places = layers > 0 ? texts * Math.min(tokens, sizes.maxTokens) : 0;
  const back = Math.max(2 * width, 2 * feedForward - width);
  const ofPlace = layers * (8 * width + feedForward + heads + 2) + 2 * width + 1 + back;
  const activations = places * ofPlace + 4 * texts * width;
  const candidates = [
    { bytes: 4 * table, what: "table of pieces" },
    { bytes: 4 * dense, what: "layers’ weights" },
    { bytes: 4 * places * Math.max(3 * width, feedForward), what: HIDDEN_STATES },
  ];
  const largest = candidates.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const heldBytes = 4 * (4 * dense + 3 * table);
  return { parameters, heldBytes, bytes: heldBytes + 4 * activations, largest };
}

/** The estimate in words, for page and command line. @param batchSize pairs, of a query and a passage each */
export function memorySentence(sizes: EncoderSizes, batchSize: number): string {
  const mebibytes = wholeText(Math.ceil(estimateMemory(sizes, 2 * batchSize).bytes / 2 ** 20));
  const pieces = wholeText(sizes.vocabSize);
  return `Training takes about ${mebibytes} MiB at ${batchSize} rows a batch and ${pieces} pieces.`;
}

/** The same before the data is read, whose pieces are then not known. @param maxTokens of a text, as a run has it */
export function typicalMemory(
  info: Omit<EncoderSizes, "vocabSize" | "maxTokens"> & { readonly vocabRows: number },
  maxTokens: number,
  batchSize: number,
): string {
  return memorySentence(
    { ...info, vocabSize: Math.min(info.vocabRows, TYPICAL_PIECES), maxTokens },
    batchSize,
  );
}
