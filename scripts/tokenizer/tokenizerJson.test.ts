// The conversion of a sentencepiece vocabulary, on a small invented one.
import { describe, expect, it } from "vitest";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { betweenPunctuation, PUNCTUATION } from "./punctuation.ts";
import { parseVocab, tokenizerJson, unlearned } from "./tokenizerJson.ts";

const SPECIALS = "<s>\t0\n<pad>\t0\n</s>\t0\n<unk>\t0\n";

describe("parseVocab", () => {
  it("reads pieces and scores in order", () => {
    expect(parseVocab("<s>\t0\n▁a\t-2.5\n")).toEqual([["<s>", 0], ["▁a", -2.5]]); // prettier-ignore
  });

  it.each(["a", "a\tb", "a\t1\t2", "\t-1"])("refuses the row %j", (row) => {
    expect(() => parseVocab(`<s>\t0\n${row}\n`)).toThrow("vocab line 2: expected");
  });
});

describe("tokenizerJson", () => {
  it("makes a tokenizer with the scores as they are", () => {
    const { encode, logProbs, padId } = createTokenizer(
      tokenizerJson(parseVocab(`${SPECIALS}▁\t-3\na\t-1\n▁a\t-2\n`)),
    );
    expect([...encode("A aa")]).toEqual([6, 6, 5]);
    expect([...logProbs]).toEqual([0, 0, 0, 0, -3, -1, -2]);
    expect(padId).toBe(1);
  });

  it("refuses special tokens in another order", () => {
    expect(() => tokenizerJson(parseVocab("<unk>\t0\n<s>\t0\n"))).toThrow("piece 0 must be <s>");
  });
});

describe("punctuation", () => {
  it("is single marks, each once, as normalised text has them, and no apostrophe", () => {
    const { normalize } = createTokenizer(tokenizerJson(parseVocab(SPECIALS)));
    expect(new Set(PUNCTUATION).size).toBe(PUNCTUATION.length);
    for (const mark of PUNCTUATION) expect(normalize(mark)).toBe(mark);
    expect(PUNCTUATION).not.toContain("'");
    expect(PUNCTUATION.filter((mark) => /[\p{L}\p{N}\s]/u.test(mark))).toEqual([]);
  });

  it("separates fragments that keep the space before them", () => {
    expect(betweenPunctuation('he said "it\'s 2020." (u.s.a) x - y')).toEqual([
      " he said",
      "it's 2020",
      "u",
      "s",
      "a",
      " x",
      " y",
    ]);
    expect(betweenPunctuation("是、不。")).toEqual([" 是", "不"]);
  });

  it("and bytes are what sentencepiece does not score", () => {
    expect(["<0x0A>", ".", "a", "▁the", "<0x0a>"].map((p) => unlearned(p, PUNCTUATION))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
