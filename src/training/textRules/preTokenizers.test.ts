import fc from "fast-check";
import { expect, it } from "vitest";
import { createPreTokenizer, type Word } from "./preTokenizers.ts";

const blanks = createPreTokenizer({ type: "WhitespaceSplit" });
const pattern = { Regex: "\\s" };
const bySplit = createPreTokenizer({ type: "Split", pattern, behavior: "Removed", invert: false });

it("splits at white space as a split that removes it does, and knows what came of the first character", () => {
  const word = fc
    .record({
      text: fc.string({ unit: fc.constantFrom("a", "é", "語", "👩", " ", "\u3000", "\n") }),
      head: fc.nat(4),
    })
    .map(({ text, head }): Word => ({ text, head: Math.min(head, text.length) }));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(blanks(words)).toEqual(bySplit(words));
    }),
  );
});
