// The numbers of an encoder on the CPU: what is stored, loaded and drawn at random. Holds no tensors of a device.
import type { Random } from "../../core/random.ts";
import { checkEncoderConfig, parameterSpecs, type EncoderConfig } from "./encoderConfig.ts";

export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array; // row-major
}

/** A tensor that lies in the device's memory, looked at where it is. */
export interface LentTensor {
  readonly shape: readonly number[];
  readonly lent: () => Float32Array; // good until the next await
}

/** Names follow Hugging Face's BertModel ("embeddings.word_embeddings.weight", ...), plus "pooling.token_weights". */
export interface ModelWeights {
  readonly config: EncoderConfig;
  readonly tensors: Readonly<Record<string, WeightTensor>>;
}

/** Everything a model needs to go on as if it had never stopped. Frozen tensors have no moments. */
export interface Checkpoint {
  readonly weights: ModelWeights;
  readonly firstMoments: Readonly<Record<string, WeightTensor>>;
  readonly secondMoments: Readonly<Record<string, WeightTensor>>;
  readonly steps: number; // taken so far
}

export interface InitOptions {
  readonly pieceIds: Int32Array; // (vocabSize) id in the full tokenizer of each kept row
  readonly logProbs: Float32Array; // (full vocabulary) unigram log probability of each piece
  readonly random: Random; // the run's `init` stream
}

/**
 * The a of w = a / (a + p(piece)). Of 0.1, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5 the one with the best mono and multi
 * mAP of an untrained bag of width 256 on XQuAD-R's articles 0 to 35 (.613 / .069; plain means .541 / .058).
 */
export const FREQUENCY_CONSTANT = 3e-4;

/**
 * Random weights. Every tensor has a stream of its own, and every embedding row one forked by its piece's id in the
 * full tokenizer, so keeping other pieces or more layers changes no number of those already there.
 *
 * Embedding rows: N(0, 1 / width), so of unit length on average. Token weights: smooth inverse frequency (Arora et
 * al. 2017). All else as BERT: N(0, 0.02^2), biases 0, norms 1.
 */
export function initWeights(config: EncoderConfig, options: InitOptions): ModelWeights {
  checkEncoderConfig(config);
  const { pieceIds, logProbs, random } = options;
  if (pieceIds.length !== config.vocabSize) {
    throw new RangeError(
      `initWeights: pieceIds has ${pieceIds.length} entries, vocabSize is ${config.vocabSize}`,
    );
  }
  const foreign = pieceIds.findIndex((id) => id < 0 || id >= logProbs.length);
  if (foreign >= 0) {
    throw new RangeError(
      `initWeights: pieceIds[${foreign}] = ${pieceIds[foreign]} is not a piece of the tokenizer's ${logProbs.length}`,
    );
  }
  const tensors: Record<string, WeightTensor> = {};
  for (const { parts, shape, start } of parameterSpecs(config)) {
    for (const name of parts) {
      const partShape = [shape[0]! / parts.length, ...shape.slice(1)];
      const data = new Float32Array(partShape.reduce((a, b) => a * b, 1));
      if (start === "ones") data.fill(1);
      if (start === "normal") fillNormal(data, 0.02, random.fork(name));
      if (start === "pieces") {
        const rows = random.fork(name);
        pieceIds.forEach((id, row) => {
          const at = row * config.width;
          fillNormal(data.subarray(at, at + config.width), 1 / Math.sqrt(config.width), rows.fork(id));
        });
      }
      if (start === "frequency") {
        pieceIds.forEach((id, row) => {
          data[row] = FREQUENCY_CONSTANT / (FREQUENCY_CONSTANT + Math.exp(logProbs[id]!));
        });
      }
      tensors[name] = { shape: partShape, data };
    }
  }
  return { config, tensors };
}

function fillNormal(data: Float32Array, deviation: number, random: Random): void {
  for (let i = 0; i < data.length; i++) data[i] = random.normal() * deviation;
}
