// That remembering changes speed only.
import { describe, expect, it } from "vitest";
import { createWordMemo } from "./wordMemo.ts";

/** Segments a word into its UTF-16 units and records each call. */
function recorder() {
  const calls: string[] = [];
  const segment = (word: string, into: number[]): void => {
    calls.push(word);
    for (let i = 0; i < word.length; i++) into.push(word.charCodeAt(i));
  };
  return { calls, segment };
}
const run = (memo: (word: string, into: number[]) => void, word: string): number[] => {
  const into: number[] = [];
  memo(word, into);
  return into;
};

describe("createWordMemo", () => {
  it("segments a word once and answers the same after", () => {
    const { calls, segment } = recorder();
    const memo = createWordMemo(segment, 4);
    expect(run(memo, "ab")).toEqual([97, 98]);
    expect(run(memo, "ab")).toEqual([97, 98]);
    expect(calls).toEqual(["ab"]);
  });

  it("keeps words in use and forgets the others", () => {
    const { calls, segment } = recorder();
    const memo = createWordMemo(segment, 2);
    for (const word of ["keep", "b", "keep", "c", "keep", "d", "keep", "e", "keep"]) run(memo, word);
    expect(calls.filter((word) => word === "keep")).toHaveLength(1);
    run(memo, "b"); // two generations of two words have passed
    expect(calls.filter((word) => word === "b")).toHaveLength(2);
  });

  it("does not hold strings that are whole sentences", () => {
    const { calls, segment } = recorder();
    const memo = createWordMemo(segment, 4);
    const long = "x".repeat(25);
    expect(run(memo, long)).toHaveLength(25);
    run(memo, long);
    expect(calls).toHaveLength(2);
  });
});
