// Draws items in shuffled order, each once per round; an item refused now stays on top for the next draw.
import type { Random } from "../random.ts";

export interface Deck {
  /**
   * The next item that is of this use and that `accept` takes; undefined if no item of a whole round is acceptable now.
   * @param use one bit; without it any item will do
   */
  draw(accept: (item: number) => boolean, use?: number): number | undefined;
  /**
   * What items are of use for from now on, as bits: what is of none is never asked again, so draws cost what is of use,
   * not what there is. Another key means other uses.
   */
  sort(key: string, usesOf: (item: number) => number): void;
  /** Goes on with other items: those that are gone are drawn no more, new ones come with the next round. */
  exchange(items: Int32Array): void;
}

/** An item that was passed over. */
interface Held {
  readonly item: number;
  readonly at: number; // when: the oldest comes first
}

const ANY = 1;

/** @param first ascending; kept, not copied; a round costs eight bytes an item */
export function createDeck(first: Int32Array, random: Random): Deck {
  let items = first;
  let fresh = new Int32Array(0);
  let left = 0; // items of `fresh` not drawn yet: its first `left`, drawn from the end
  let spent: number[] = Array.from(items); // of the next round: given before, or not yet there
  let held = new Map<number, Held[]>(); // uses -> oldest first
  let clock = 0;
  let sortedBy: string | undefined;
  let usesOf: (item: number) => number = () => ANY;

  const hold = (one: Held) => {
    const uses = usesOf(one.item);
    const bin = held.get(uses);
    if (bin) bin.push(one);
    else held.set(uses, [one]);
  };
  const byAge = () => [...held.values()].flat().sort((a, b) => a.at - b.at);
  const rehold = (all: readonly Held[]) => {
    held = new Map();
    all.forEach(hold);
  };
  const takeHeld = (accept: (item: number) => boolean, use: number): number | undefined => {
    let oldest: { readonly bin: Held[]; readonly i: number } | undefined;
    for (const [uses, bin] of held) {
      if ((uses & use) === 0) continue;
      const i = bin.findIndex(({ item }) => accept(item));
      if (i >= 0 && (!oldest || bin[i]!.at < oldest.bin[oldest.i]!.at)) oldest = { bin, i };
    }
    return oldest?.bin.splice(oldest.i, 1)[0]!.item;
  };
  return {
    draw(accept, use = ANY) {
      const again = takeHeld(accept, use);
      if (again !== undefined) spent.push(again);
      if (again !== undefined) return again;
      for (let round = 0; round < 2; round++) {
        while (left > 0) {
          const item = fresh[--left]!;
          if ((usesOf(item) & use) !== 0 && accept(item)) {
            spent.push(item);
            return item;
          }
          hold({ item, at: clock++ });
        }
        // A new round starts when all but the held ones were used; held items keep their place of honour.
        fresh = random.shuffle(Int32Array.from(spent).sort());
        spent = [];
        left = fresh.length;
      }
      return undefined;
    },
    sort(key, uses) {
      if (key === sortedBy) return;
      sortedBy = key;
      usesOf = uses;
      rehold(byAge());
    },
    exchange(next) {
      if (next.length === items.length && next.every((item, i) => item === items[i])) return;
      const [was, there] = [new Set(items), new Set(next)];
      items = next;
      fresh = fresh.subarray(0, left).filter((item) => there.has(item));
      left = fresh.length;
      spent = [...spent.filter((item) => there.has(item)), ...items.filter((item) => !was.has(item))];
      rehold(byAge().filter(({ item }) => there.has(item)));
      sortedBy = undefined;
    },
  };
}
