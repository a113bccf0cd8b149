// Numbers must follow the data alone: sorted names for ordinary sets, order of appearance for very large ones.
import { describe, expect, it } from "vitest";
import { createConceptNumbers, SORTED_CONCEPTS } from "./conceptNumbers.ts";

describe("createConceptNumbers", () => {
  it("numbers names by their sorted order, whatever order they came in", () => {
    const numbers = createConceptNumbers(3);
    const column = Int32Array.from(["pear", "apple", "pear", "fig"], (name) => numbers.numberOf(name));
    numbers.settle([column]);
    expect([...column]).toEqual([2, 0, 2, 1]); // apple, fig, pear
    expect(numbers.size).toBe(3);
  });

  it("numbers the names of a very large set by appearance, each once, through every growth of its table", () => {
    const numbers = createConceptNumbers(SORTED_CONCEPTS + 1);
    const names = Array.from({ length: 200_000 }, (_, i) => `concept-${(i * 7919) % 1_000_003}`); // all distinct
    for (const _ of ["first", "again"]) {
      expect(names.findIndex((name, i) => numbers.numberOf(name) !== i)).toBe(-1);
    }
    expect(numbers.size).toBe(200_000);
    const column = Int32Array.of(5, 1);
    numbers.settle([column]);
    expect([...column]).toEqual([5, 1]);
  });
});
