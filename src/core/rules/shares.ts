// Shares of the kinds: scaled to sum 1, softened, kept off zero. Decides nothing.
import { BATCH_KINDS, eachKind, type BatchKind } from "../spec/batchKind.ts";
import type { KindWeights } from "../spec/spec.ts";

/** `value` of each of `kinds`, 0 of all others. */
export function byKind(kinds: readonly BatchKind[], value: (kind: BatchKind) => number): KindWeights {
  return eachKind((kind) => (kinds.includes(kind) ? value(kind) : 0));
}

export const sumOf = (weights: KindWeights): number =>
  BATCH_KINDS.reduce((sum, kind) => sum + weights[kind], 0);

/** p_k = w_k / sum w. @param weights finite, >= 0; where all are 0 the kinds share alike */
export function scaled(kinds: readonly BatchKind[], weight: (kind: BatchKind) => number): KindWeights {
  const weights = byKind(kinds, weight);
  const sum = sumOf(weights);
  return byKind(kinds, (kind) => (sum > 0 ? weights[kind] / sum : 1 / kinds.length));
}

/** p_k = e^(z_k) / sum e^z, from the largest z down, so that none is too large. */
export function softmax(kinds: readonly BatchKind[], z: (kind: BatchKind) => number): KindWeights {
  const top = Math.max(...kinds.map(z));
  return scaled(kinds, (kind) => Math.exp(z(kind) - top));
}

/** p_k <- (1 - K floor) p_k + floor: every kind keeps the floor, none passes 1 - (K - 1) floor. METHOD 4: [0.05, 0.95] of two. */
export const withFloor = (kinds: readonly BatchKind[], shares: KindWeights, floor: number): KindWeights =>
  byKind(kinds, (kind) => (1 - kinds.length * floor) * shares[kind] + floor);

const LEAST = 1e-9; // log p stays a number that JSON holds

export const logsOf = (kinds: readonly BatchKind[], shares: KindWeights): KindWeights =>
  byKind(kinds, (kind) => Math.log(Math.max(LEAST, shares[kind])));
