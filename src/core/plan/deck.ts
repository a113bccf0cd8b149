// Draws items in shuffled order, each once per round; an item refused now stays on top for the next draw.
import type { Random } from "../random.ts";

export interface Deck {
  /** The next item that `accept` takes; undefined if no item of a whole round is acceptable now. */
  draw(accept: (item: number) => boolean): number | undefined;
}

/** @param items kept, not copied; a round costs four bytes an item */
export function createDeck(items: Int32Array, random: Random): Deck {
  let fresh = new Int32Array(0);
  let left = 0; // items of `fresh` not drawn yet: its first `left`, drawn from the end
  const held: number[] = []; // refused before, oldest first
  return {
    draw(accept) {
      const i = held.findIndex(accept);
      if (i >= 0) return held.splice(i, 1)[0];
      for (let round = 0; round < 2; round++) {
        while (left > 0) {
          const item = fresh[--left]!;
          if (accept(item)) return item;
          held.push(item);
        }
        // A new round starts when all but the held ones were used; held items keep their place of honour.
        const waiting = new Set(held);
        fresh = random.shuffle(
          waiting.size === 0 ? items.slice() : items.filter((item) => !waiting.has(item)),
        );
        left = fresh.length;
      }
      return undefined;
    },
  };
}
