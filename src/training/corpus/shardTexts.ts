// Texts of single rows, for showing: read again from their shards, a few shards' worth kept. Never holds a whole set.
import type { ShardLines } from "../data/shardLines.ts";

/** What is held of a shard. */
export type HeldShard = Pick<ShardLines, "byteLength" | "row">;

export interface ShardTexts {
  /** One shard, read at most once while it is kept. */
  read(shard: number): Promise<HeldShard>;
  /** Takes over a shard that is at hand anyway. */
  keep(shard: number, lines: HeldShard): void;
}

const BUDGET_BYTES = 16 * 2 ** 20;

/** @param load reads and checks one shard */
export function createShardTexts(
  load: (shard: number) => Promise<HeldShard>,
  budget = BUDGET_BYTES,
): ShardTexts {
  const held = new Map<number, HeldShard>(); // oldest use first
  let total = 0;
  const keep = (shard: number, lines: HeldShard) => {
    if (held.has(shard)) return;
    held.set(shard, lines);
    total += lines.byteLength;
    for (const [old, { byteLength }] of held) {
      if (total <= budget || old === shard) break;
      held.delete(old);
      total -= byteLength;
    }
  };
  return {
    keep,
    async read(shard) {
      const known = held.get(shard);
      if (known) {
        held.delete(shard); // to the young end
        held.set(shard, known);
        return known;
      }
      const lines = await load(shard);
      keep(shard, lines);
      return lines;
    },
  };
}
