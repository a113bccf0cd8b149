// Losses of the kinds as rules look at them: smoothed, and beside where they began. Plain data.
import { BATCH_KINDS, type BatchKind } from "../spec/batchKind.ts";
import type { Observed } from "./rule.ts";

export interface Level {
  readonly first: number; // mean of the first losses seen
  readonly now: number; // EMA
}

/** Of the kinds that have had a batch. */
export type Levels = Readonly<Partial<Record<BatchKind, Level>>>;

/** L <- 0.9 L + 0.1 l after each batch of a kind (METHOD 4: one kind a step, so each has an average of its own). */
const KEPT = 0.9;

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export function followLosses(levels: Levels, { losses }: Pick<Observed, "losses">): Levels {
  const next: Partial<Record<BatchKind, Level>> = { ...levels };
  for (const kind of BATCH_KINDS) {
    const seen = losses[kind] ?? [];
    if (seen.length === 0) continue;
    const { first, now } = levels[kind] ?? { first: mean(seen), now: mean(seen) };
    next[kind] = { first, now: levels[kind] ? seen.reduce((l, x) => KEPT * l + (1 - KEPT) * x, now) : now };
  }
  return next;
}

/** L_k / L_k at its start; 1 of a kind that has had no batch. */
export const fallen = (levels: Levels, kind: BatchKind): number => {
  const level = levels[kind];
  return level && level.first > 0 ? level.now / level.first : 1;
};
