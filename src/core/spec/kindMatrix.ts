// A number for each kind towards each as short text and back: "mono-mono:1,mono-cross:0.3"; what is not named is 0.
import { BATCH_KINDS, eachKind, type BatchKind } from "./batchKind.ts";
import type { KindMatrix } from "./spec.ts";

/** @returns "none" where all are 0 */
export function formatKindMatrix(matrix: KindMatrix): string {
  const entries = Object.entries(matrix).flatMap(([from, row]) =>
    Object.entries(row).flatMap(([to, number]) => (number === 0 ? [] : [`${from}-${to}:${number}`])),
  );
  return entries.join(",") || "none";
}

/** @param at the number of a pair */
export function kindMatrix(at: (from: BatchKind, to: BatchKind) => number): KindMatrix {
  return eachKind((from) => eachKind((to) => at(from, to)));
}

/** @param pairs as "mono-cross" -> 0.3. @returns undefined where one names no two kinds */
export function matrixOfPairs(pairs: Readonly<Record<string, number>>): KindMatrix | undefined {
  const known = BATCH_KINDS.flatMap((from) => BATCH_KINDS.map((to) => `${from}-${to}`));
  if (!Object.keys(pairs).every((name) => known.includes(name))) return undefined;
  return kindMatrix((from, to) => pairs[`${from}-${to}`] ?? 0);
}
