// How long a text may be: what is cut, and that special tokens never are.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeText } from "./encodeText.ts";

const encode = (text: string) => Int32Array.from(text, (char) => char.charCodeAt(0));
const framed = { encode, prefixIds: Int32Array.of(1, 2), suffixIds: Int32Array.of(3) };
const idsOf = (text: string, maxTokens: number, tokenizer: Parameters<typeof encodeText>[0] = framed) => {
  const { ids, cut } = encodeText(tokenizer, text, maxTokens);
  return [[...ids], cut];
};

describe("encodeText", () => {
  it("cuts a text only where it is longer than there is room", () => {
    // 97 = a; five tokens hold the frame of three and two pieces
    expect(idsOf("aa", 5)).toEqual([[1, 2, 97, 97, 3], false]);
    expect(idsOf("aaa", 5)).toEqual([[1, 2, 97, 97, 3], true]);
    expect(idsOf("aaa", 6)).toEqual([[1, 2, 97, 97, 97, 3], false]);
  });

  it("keeps the frame where there is room for nothing else", () => {
    expect(idsOf("a", 3)).toEqual([[1, 2, 3], true]);
    expect(idsOf("", 3)).toEqual([[1, 2, 3], false]);
  });

  it("needs no frame, or one side of it", () => {
    expect(idsOf("ab", 1, { encode })).toEqual([[97], true]);
    expect(idsOf("ab", 2, { encode })).toEqual([[97, 98], false]);
    expect(idsOf("", 2, { encode })).toEqual([[], false]);
    expect(idsOf("ab", 2, { encode, suffixIds: Int32Array.of(3) })).toEqual([[97, 3], true]);
    expect(idsOf("ab", 2, { encode, prefixIds: Int32Array.of(1) })).toEqual([[1, 97], true]);
  });

  it("is a beginning of the text between prefix and suffix, and says whether it is all of it", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.integer({ min: 3, max: 30 }), (text, maxTokens) => {
        const { ids, cut } = encodeText(framed, text, maxTokens);
        const all = [...encode(text)];
        expect([...ids.subarray(0, 2), ...ids.subarray(-1)]).toEqual([1, 2, 3]);
        expect([...ids.subarray(2, -1)]).toEqual(all.slice(0, maxTokens - 3));
        expect(cut).toBe(all.length + 3 > maxTokens);
      }),
    );
  });
});
