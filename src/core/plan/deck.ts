// Draws items in shuffled order, each once per round; an item refused now stays on top for the next draw.
import type { Random } from "../random.ts";

export interface Deck {
  /** The next item that `accept` takes; undefined if no item of a whole round is acceptable now. */
  draw(accept: (item: number) => boolean): number | undefined;
  /** Goes on with other items: those that are gone are drawn no more, new ones come with the next round. */
  exchange(items: Int32Array): void;
}

/** @param first kept, not copied; a round costs four bytes an item */
export function createDeck(first: Int32Array, random: Random): Deck {
  let items = first;
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
    exchange(next) {
      if (next.length === items.length && next.every((item, i) => item === items[i])) return;
      items = next;
      const there = new Set(next);
      fresh = fresh.subarray(0, left).filter((item) => there.has(item));
      left = fresh.length;
      held.splice(0, held.length, ...held.filter((item) => there.has(item)));
    },
  };
}
