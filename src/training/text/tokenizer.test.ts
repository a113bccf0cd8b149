// What the committed tokenizer does with text in every script, held against sentencepiece and against itself.
import { readFileSync } from "node:fs";
import { Tokenizer as Library } from "@huggingface/tokenizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokenizer } from "./tokenizer.ts";

const here = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const json = readFileSync(
  new URL("../../../public/models/tokenizer/tokenizer.json", import.meta.url),
  "utf8",
);
const tokenizer = createTokenizer(json);
const sentences = JSON.parse(here("inventedSentences.json")) as [name: string, text: string][];

interface Fixture {
  tokenizerSha256: string;
  rows: { name: string; normalised: string; pieces: string; ids: number[] }[];
}
const fixture = JSON.parse(here("sentencepiece.fixture.json")) as Fixture;

describe("the committed tokenizer", () => {
  it("is the one the fixture was made with, and small enough to ship", () => {
    expect(tokenizer.sha256).toBe(fixture.tokenizerSha256);
    expect(tokenizer.vocabSize).toBe(24_000);
    expect(tokenizer.padId).toBe(1);
    expect([0, 1, 2, 3].map(tokenizer.piece)).toEqual(["<s>", "<pad>", "</s>", "<unk>"]);
    expect(new TextEncoder().encode(json).length).toBeLessThan(2_000_000);
  });

  it("has the same identity from its text and from its parsed value", () => {
    expect(createTokenizer(JSON.parse(json)).sha256).toBe(tokenizer.sha256);
  });

  it("scores special tokens 0 and every other piece as a log probability", () => {
    expect(tokenizer.logProbs).toHaveLength(24_000);
    expect([...tokenizer.logProbs.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(tokenizer.logProbs.subarray(4).every((p) => p < 0 && p > -40)).toBe(true);
  });
});

describe("encode", () => {
  it.each(fixture.rows)("gives sentencepiece's pieces: $name", ({ normalised, pieces, ids }) => {
    const got = tokenizer.encode(normalised);
    expect(Array.from(got, tokenizer.piece).join(" ")).toBe(pieces);
    expect([...got]).toEqual(ids);
  });

  it.each(sentences)("round-trips %s", (name, text) => {
    const normal = tokenizer.normalize(text);
    const row = fixture.rows.find((r) => r.name === name);
    expect(normal).toBe(row?.normalised);
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(normal);
    expect(tokenizer.encode(text)).not.toContain(3); // nothing is unknown
  });

  it("agrees with the library wherever that has no unknown character", () => {
    const library = new Library(JSON.parse(json) as object, {});
    let compared = 0;
    for (const [name, text] of sentences) {
      const { ids } = library.encode(text, { add_special_tokens: false });
      if (ids.includes(3) || name === "specials") continue; // the library has no byte fallback
      expect([...tokenizer.encode(text)]).toEqual(ids);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });

  it("folds what lower-casing leaves apart", () => {
    expect(tokenizer.normalize("İSTANBUL Istanbul ılık")).toBe("istanbul istanbul ılık");
    expect(tokenizer.normalize("ΟΔΟΣ οδος")).toBe("οδοσ οδοσ");
    expect(tokenizer.normalize("ﬁne Ⅷ ｶﾞ\u00a0½ ‘a’ “b”")).toBe("fine viii ガ 1⁄2 'a' \"b\"");
    expect(tokenizer.normalize(" \u200ba\u00adb\t\n▁c ")).toBe("ab c");
  });

  it("keeps punctuation apart, so a year is the same piece at the end of a sentence", () => {
    const year = [...tokenizer.encode("2020")];
    expect([...tokenizer.encode("2020.")]).toEqual([...year, ...tokenizer.encode("a.").slice(-1)]);
  });

  it("reads special tokens in text as text", () => {
    const ids = tokenizer.encode("</s> <pad> <0x41>");
    expect(ids.every((id) => id > 3)).toBe(true);
    expect(tokenizer.decode(ids)).toBe("</s> <pad> <0x41>");
  });

  it("gives nothing for empty text", () => {
    expect(tokenizer.encode("")).toEqual(new Int32Array(0));
    expect(tokenizer.encode(" \n\u200b ")).toEqual(new Int32Array(0));
    expect(tokenizer.decode([])).toBe("");
  });

  it("falls back to the bytes of a character without a piece", () => {
    const bytes = Array.from(tokenizer.encode("𓀀"), tokenizer.piece); // U+13000 = F0 93 80 80
    expect(bytes).toEqual(["▁", "<0xF0>", "<0x93>", "<0x80>", "<0x80>"]);
  });
});

describe("decode", () => {
  it("leaves special tokens out", () => {
    const ids = tokenizer.encode("two words");
    expect(tokenizer.decode([0, ...ids, 2, 1, 1])).toBe("two words");
  });

  it("refuses ids outside the vocabulary", () => {
    expect(() => tokenizer.decode([24_000])).toThrow("id must be a whole number in [0, 24000), got 24000");
    expect(() => tokenizer.piece(-1)).toThrow("got -1");
    expect(() => tokenizer.piece(1.5)).toThrow("got 1.5");
  });
});

describe("for any text", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }), // any code point
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(...sentences.flatMap(([, text]) => text.split(" ")), "İ", "\ud800", "ς", "▁", "J̌"),
      )
      .map((words) => words.join(" ")),
  );

  it("encode never throws, gives ids in range and no special token", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const id of tokenizer.encode(text)) if (!(id > 3 && id < 24_000)) return false;
        return true;
      }),
      { numRuns: 500 },
    );
  });

  it("decoding gives the normalised text, and doing it twice changes nothing", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = tokenizer.decode(tokenizer.encode(text));
        expect(once).toBe(tokenizer.normalize(text));
        expect(tokenizer.decode(tokenizer.encode(once))).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it("remembered words give what fresh ones give", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(tokenizer.encode(text)).toEqual(createdOnce.encode(text));
        expect(tokenizer.encode(text)).toEqual(tokenizer.encode(text));
      }),
    );
  });
});

const createdOnce = createTokenizer(json);

describe('a mark before the first word only (prepend_scheme "first")', () => {
  const file = (pattern: object) => ({
    normalizer: { type: "Sequence", normalizers: [{ type: "Replace", pattern, content: "z" }] },
    pre_tokenizer: { type: "Metaspace", prepend_scheme: "first" },
    model: { type: "WordPiece", unk_token: "?", vocab: { "?": 0, "▁z": 1, z: 2, "##b": 3, "▁a": 4 } },
  });

  it.each([{ Regex: "\\w+" }, { String: "ab" }, { Regex: "a|bc" }])(
    "is refused beside a normalizer that makes one character of several: %j",
    (pattern) => {
      // The library takes what it made for what the last of them was: not the first of the text.
      expect(() => createTokenizer(file(pattern))).toThrow(
        /^tokenizer\.json: normalizer: expected one that replaces single/,
      );
    },
  );

  it("is put before a space that would go at the end", () => {
    const normalizers = [
      { type: "Strip", strip_left: false, strip_right: true },
      { type: "Replace", pattern: { String: " " }, content: "z" },
    ];
    const strip = { ...file({ String: "x" }), normalizer: { type: "Sequence", normalizers } };
    expect([...createTokenizer(strip).encode(" b")]).toEqual([1, 3]); // "▁zb"
  });

  it.each([{ Regex: "[xy]" }, { String: "x" }, { Regex: "x(?!c)|y" }])("is put beside %j", (pattern) => {
    expect([...createTokenizer(file(pattern)).encode("xb")]).toEqual([1, 3]); // "▁zb"
  });
});
