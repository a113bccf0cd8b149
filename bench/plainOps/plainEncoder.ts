// The engine's encoder and loss written with ordinary tfjs ops, padded: what anyone would write first. Baseline only.
import * as tf from "@tensorflow/tfjs-core";
import {
  BERT_NORM_EPSILON,
  hasTokenWeights,
  layerName,
  POSITION_EMBEDDINGS,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "../../src/training/model/encoderConfig.ts";
import { plainProduct } from "./plainProduct.ts";

export type Variables = ReadonlyMap<string, tf.Variable>;

/** Texts padded to one length. */
export interface PaddedTexts {
  readonly ids: tf.Tensor; // (R, T) int32, 0 in the padding
  readonly mask: tf.Tensor; // (R, T) 1 = a token
}

/** (R, D) unit vectors. */
export function encodePlain(config: EncoderConfig, variables: Variables, texts: PaddedTexts): tf.Tensor {
  const { ids, mask } = texts;
  const [R, T] = ids.shape as [number, number];
  const D = config.width;
  const read = (name: string) => variables.get(name)!;
  let hidden: tf.Tensor = tf.reshape(tf.gather(read(WORD_EMBEDDINGS), tf.reshape(ids, [R * T])), [R, T, D]);
  if (config.layers > 0) {
    hidden = tf.add(hidden, tf.slice(read(POSITION_EMBEDDINGS), [0, 0], [T, D]));
    hidden = normalise(tf.reshape(hidden, [R * T, D]), variables, "embeddings.LayerNorm");
    const bias = tf.reshape(tf.mul(tf.sub(1, mask), -1e9), [R, 1, 1, T]);
    for (let i = 0; i < config.layers; i++) hidden = layer(config, variables, i, hidden, bias);
    hidden = tf.reshape(hidden, [R, T, D]);
  }
  const weight = hasTokenWeights(config)
    ? tf.mul(tf.reshape(tf.gather(read(TOKEN_WEIGHTS), tf.reshape(ids, [R * T])), [R, T]), mask)
    : mask;
  const pooled = tf.sum(tf.mul(hidden, tf.reshape(weight, [R, T, 1])), 1); // L2 follows: no division
  return tf.div(pooled, tf.maximum(tf.norm(pooled, 2, 1, true), 1e-12));
}

/** (B) InfoNCE of each query against its own passage and the marked negatives, k = 1. */
export function plainLosses(
  queries: tf.Tensor, // (B, D)
  passages: tf.Tensor, // (B, D)
  negatives: tf.Tensor, // (B, B) 1 = negative
  temperature: number,
): tf.Tensor {
  const scores = tf.div(plainProduct(queries, passages, true), temperature);
  const own = tf.eye(queries.shape[0]);
  const counted = tf.add(negatives, own);
  const barred = tf.add(scores, tf.mul(tf.sub(1, counted), -1e9));
  return tf.sub(tf.logSumExp(barred, 1), tf.sum(tf.mul(scores, own), 1));
}

/** Post-LN BERT layer over (R * T, D). */
function layer(
  config: EncoderConfig,
  variables: Variables,
  index: number,
  input: tf.Tensor,
  bias: tf.Tensor, // (R, 1, 1, T)
): tf.Tensor {
  const [R, , , T] = bias.shape as [number, 1, 1, number];
  const at = layerName(index);
  const { width: D, heads } = config;
  const dense = (x: tf.Tensor, name: string) =>
    tf.add(
      plainProduct(x, variables.get(`${at}.${name}.weight`)!, true),
      variables.get(`${at}.${name}.bias`)!,
    );
  const split = (name: string) =>
    tf.transpose(tf.reshape(dense(input, `attention.self.${name}`), [R, T, heads, D / heads]), [0, 2, 1, 3]);
  const q = split("query");
  const k = split("key");
  const v = split("value");
  const scores = tf.mul(plainProduct(q, k, true), 1 / Math.sqrt(D / heads));
  const probs = tf.softmax(tf.add(scores, bias));
  const joined = tf.reshape(tf.transpose(plainProduct(probs, v), [0, 2, 1, 3]), [R * T, D]);
  const middle = normalise(
    tf.add(dense(joined, "attention.output.dense"), input),
    variables,
    `${at}.attention.output.LayerNorm`,
  );
  const inner = dense(middle, "intermediate.dense");
  const active = tf.mul(tf.mul(inner, 0.5), tf.add(tf.erf(tf.mul(inner, Math.SQRT1_2)), 1));
  return normalise(tf.add(dense(active, "output.dense"), middle), variables, `${at}.output.LayerNorm`);
}

/** Layer normalisation of the rows of (n, D). */
function normalise(x: tf.Tensor, variables: Variables, name: string): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 1, true), BERT_NORM_EPSILON));
  return tf.add(
    tf.mul(tf.div(centred, deviation), variables.get(`${name}.weight`)!),
    variables.get(`${name}.bias`)!,
  );
}
