import { describe, expect, it } from "vitest";
import { cpuMs } from "../../testing/cpuTime.ts";
import { createPattern } from "./pattern.ts";

const matches = (source: string, text: string) =>
  createPattern(source)(text).map(([start, end]) => text.slice(start, end));

describe("createPattern", () => {
  it.each<[string, string, string[]]>([
    ["\\w+|[^\\w\\s]+", "naïve x²! क्या", ["naïve", "x²", "!", "क्या"]],
    ["a|ab", "ab", ["a"]], // the first alternative that matches, not the longest
    ["a+?b", "aaab", ["aaab"]],
    ["\\s+(?!\\S)|\\s+", "a  b ", [" ", " ", " "]],
    ["(?i:it's)", "IT'S it’s ıt's", ["IT'S"]],
    ["\\p{N}{1,3}", "12345", ["123", "45"]],
    ["x*", "axb", ["", "x", ""]], // no empty match right after another
    ["^\\w|\\w$", "ab\ncd", ["a", "b", "c", "d"]], // each line has its ends
    ["(?<=a)b", "ab bb", ["b"]],
    ["[^[:space:]\\p{P}]+", "a, b", ["a", "b"]],
    ["(?:ab*)*c", "abbabc c", ["abbabc", "c"]],
    ["\\x{1F600}|\\u00e9|[\\x41-\\x43]", "é😀B", ["é", "😀", "B"]],
    ["a{2}b{,1}", "aab aa", ["aab", "aa"]],
    ["{", "a{b", ["{"]],
  ])("%s finds in %j what it should", (source, text, want) => {
    expect(matches(source, text)).toEqual(want);
  });

  it.each([
    ["(a", /never closed/],
    ["a)", /without its "\("/],
    ["[a", /never closed/],
    ["a++", /possessive/],
    ["(?>a)", /"\(\?>"/],
    ["(?=ab)", /look-around of more than one character/],
    ["\\1", /"\\1"/],
    ["\\p{Klingon}", /Klingon/],
    ["[a&&b]", /&&/],
    ["a{2,1}", /wrong way round/],
    ["*a", /after nothing/],
    ["(".repeat(200), /nested deeper/],
    ["\\", /backslash at the end/],
  ])("refuses %s by name", (source, message) => {
    expect(() => createPattern(source)).toThrow(message);
  });

  it("ends on patterns that make others hang", () => {
    const text = "a".repeat(2000);
    for (const source of ["(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*b", "(?:a?){50}a{50}b"]) {
      const start = cpuMs();
      let said = "";
      try {
        expect(matches(source, text)).toEqual([]);
      } catch (error) {
        said = (error as Error).message;
      }
      if (said !== "") expect(said).toMatch(/takes too long on a text$/);
      expect(cpuMs() - start).toBeLessThan(5_000); // an exponential search would not end in a lifetime
    }
  });
});
