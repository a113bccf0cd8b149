// A deck gives each item once a round, keeps refused ones on top, and gives nothing twice for lack of others.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { createDeck } from "./deck.ts";

const deckOf = (n: number, seed = 1) =>
  createDeck(
    Int32Array.from({ length: n }, (_, i) => i),
    createRandom(seed),
  );
const any = () => true;

describe("createDeck", () => {
  it("gives every item once in each round, in an order of the seed", () => {
    const deck = deckOf(20);
    const rounds = [0, 1, 2].map(() => Array.from({ length: 20 }, () => deck.draw(any)!));
    for (const round of rounds)
      expect([...round].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(rounds[0]).not.toEqual(rounds[1]);
    const again = deckOf(20);
    expect(Array.from({ length: 20 }, () => again.draw(any))).toEqual(rounds[0]);
    const other = deckOf(20, 2);
    expect(Array.from({ length: 20 }, () => other.draw(any))).not.toEqual(rounds[0]);
  });

  it("gives an item that was refused before any other, once it is taken", () => {
    const deck = deckOf(10);
    const refused = deck.draw(any)!; // the first of a round; refuse the next two
    const held: number[] = [];
    deck.draw((item) => held.length === 2 || (held.push(item), false));
    expect(held).not.toContain(refused);
    expect([deck.draw(any), deck.draw(any)]).toEqual(held); // the oldest first
  });

  it("gives nothing where nothing is acceptable, and all of it afterwards", () => {
    const deck = deckOf(5);
    expect(deck.draw(() => false)).toBeUndefined();
    expect(deck.draw(() => false)).toBeUndefined();
    expect(Array.from({ length: 5 }, () => deck.draw(any)!).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(deckOf(0).draw(any)).toBeUndefined();
  });

  it("holds nothing twice: in whatever is asked, counts of draws differ by one round at most", () => {
    const asked = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { maxLength: 60 }); // items refused at each draw
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), asked, (n, refusals) => {
        const deck = deckOf(n);
        const counts = new Array<number>(n).fill(0);
        for (const refused of refusals) {
          const item = deck.draw((one) => !refused.includes(one));
          if (item === undefined)
            expect(Array.from({ length: n }, (_, i) => i).every((i) => refused.includes(i))).toBe(true);
          else {
            expect(refused).not.toContain(item);
            counts[item]!++;
          }
        }
        for (let i = 0; i < 2 * n; i++) counts[deck.draw(any)!]!++;
        expect(Math.min(...counts)).toBeGreaterThan(0); // none is lost
      }),
    );
  });
});
