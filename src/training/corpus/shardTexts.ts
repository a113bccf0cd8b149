// Texts of single rows, for showing: read again from their shards, a few shards' worth kept. Never holds a whole set.

export interface ShardTexts {
  /** The texts of one shard, read at most once while they are kept. */
  read(shard: number): Promise<readonly string[]>;
  /** Takes over texts that are at hand anyway. */
  keep(shard: number, texts: readonly string[]): void;
}

/** In UTF-16 units: two bytes each at most. */
const BUDGET_UNITS = 8 * 2 ** 20;

/** @param load reads and checks one shard */
export function createShardTexts(
  load: (shard: number) => Promise<readonly string[]>,
  budget = BUDGET_UNITS,
): ShardTexts {
  const held = new Map<number, { readonly texts: readonly string[]; readonly units: number }>(); // oldest use first
  let total = 0;
  const keep = (shard: number, texts: readonly string[]) => {
    if (held.has(shard)) return;
    const units = texts.reduce((sum, text) => sum + text.length, 0);
    held.set(shard, { texts, units });
    total += units;
    for (const [old, { units: freed }] of held) {
      if (total <= budget || old === shard) break;
      held.delete(old);
      total -= freed;
    }
  };
  return {
    keep,
    async read(shard) {
      const known = held.get(shard);
      if (known) {
        held.delete(shard); // to the young end
        held.set(shard, known);
        return known.texts;
      }
      const texts = await load(shard);
      keep(shard, texts);
      return texts;
    },
  };
}
