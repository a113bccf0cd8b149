// Weights of the kinds at a list of places, as one value of a link and back: a drawn curve, a drive by hand. Never says what
// places or weights are right.
import { BATCH_KINDS, eachKind, type BatchKind } from "./batchKind.ts";
import type { KindWeights } from "./spec.ts";

export interface KindRow {
  readonly at: number;
  readonly weights: KindWeights;
}

/** "0,0.5,1:1,0.5,0:0,0.5,1": places, then each kind’s weights in the order of BATCH_KINDS; kinds at the end that have none are left out. */
export function formatKindRows(rows: readonly KindRow[]): string {
  const lists = BATCH_KINDS.map((kind) => rows.map(({ weights }) => weights[kind]));
  const last = lists.findLastIndex((list) => list.some((weight) => weight !== 0));
  return [rows.map(({ at }) => at), ...lists.slice(0, last + 1)].map((list) => list.join(",")).join(":");
}

/** @returns undefined where it is not as `formatKindRows` writes it */
export function parseKindRows(text: string): KindRow[] | undefined {
  const lists = text
    .split(":")
    .map((list) => list.split(",").map((part) => (part.trim() === "" ? NaN : Number(part))));
  const [places = [], ...weights] = lists;
  const fits =
    weights.length >= 1 &&
    weights.length <= BATCH_KINDS.length &&
    lists.every((list) => list.length === places.length && list.every(Number.isFinite));
  if (!fits) return undefined;
  const weightOf = (kind: BatchKind, i: number) => weights[BATCH_KINDS.indexOf(kind)]?.[i] ?? 0;
  return places.map((at, i) => ({ at, weights: eachKind((kind) => weightOf(kind, i)) }));
}
