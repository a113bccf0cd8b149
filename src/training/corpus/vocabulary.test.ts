// Pieces renumbered from 0: what stays, in which order, and what happens to a piece no text had.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildVocabulary, trimRows } from "./vocabulary.ts";

describe("buildVocabulary", () => {
  it("holds the pieces of every corpus, once, ascending", () => {
    const used = [Uint8Array.of(0, 1, 0, 0, 1), Uint8Array.of(0, 1, 1, 0, 0)];
    expect([...buildVocabulary(used).pieceIds]).toEqual([1, 2, 4]);
    expect(buildVocabulary([new Uint8Array(5)]).pieceIds).toHaveLength(0);
  });

  it("drops and counts pieces that no text had, those beyond the tokenizer's and below 0 too", () => {
    const { trim } = buildVocabulary([Uint8Array.of(1, 0, 1)]);
    expect(trim([2, 1, 0, 2])).toEqual({ tokens: Int32Array.of(1, 0, 1), unknown: 1 });
    expect(trim([3, -1, 2 ** 31, NaN])).toEqual({ tokens: new Int32Array(0), unknown: 4 });
    expect(trim([])).toEqual({ tokens: new Int32Array(0), unknown: 0 });
  });

  it("gives back the ids it was given, in order, without the unknown ones", () => {
    const flags = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(flags, fc.array(fc.nat(40)), (used, ids) => {
        const { pieceIds, trim } = buildVocabulary([Uint8Array.from(used)]);
        const { tokens, unknown } = trim(ids);
        const known = ids.filter((id) => used[id] === 1);
        expect(Array.from(tokens, (row) => pieceIds[row])).toEqual(known);
        expect(unknown).toBe(ids.length - known.length);
      }),
    );
  });
});

describe("trimRows", () => {
  it("renumbers tokens and leaves rows where they are, empty ones too", () => {
    const offsets = Int32Array.of(0, 2, 2, 3);
    const rows = trimRows({ offsets, tokens: Int32Array.of(7, 5, 7) }, buildVocabulary([flagged(8, 5, 7)]));
    expect(rows).toEqual({ offsets, tokens: Int32Array.of(1, 0, 1) });
  });

  it("refuses rows whose token is outside, which would move every token after it", () => {
    const rows = { offsets: Int32Array.of(0, 3), tokens: Int32Array.of(5, 6, 4) };
    expect(() => trimRows(rows, buildVocabulary([flagged(8, 5)]))).toThrow(
      new RangeError("trimRows: 2 tokens lie outside the vocabulary"),
    );
  });
});

function flagged(size: number, ...ids: readonly number[]): Uint8Array {
  const flags = new Uint8Array(size);
  for (const id of ids) flags[id] = 1;
  return flags;
}
