// Tokenizer files and texts that are made to be slow: the work grows as they do, or they are refused by name.
import { describe, expect, it } from "vitest";
import { growthOf } from "../../testing/growth.ts";
import { createNormalizer } from "../textRules/normalizers.ts";
import { createPattern } from "../textRules/pattern.ts";
import { createSplitAdded } from "./addedTokens.ts";
import { PieceTrie } from "./pieceTrie.ts";
import { createTokenizer } from "./tokenizer.ts";
import { createWordPiece } from "./wordPiece.ts";

const LONG = 120_000;
const small = { from: 1000, to: 2 ** 16 };
const file = (more: object = {}) => ({
  added_tokens: [] as object[],
  normalizer: null as object | null,
  pre_tokenizer: null as object | null,
  model: { type: "WordPiece", unk_token: "[UNK]", vocab: { "[UNK]": 0, a: 1, "##a": 2 } },
  ...more,
});
const nested = (n: number) => Array.from({ length: n }, (_, i) => "a".repeat(i + 1));
const DEEP = "[".repeat(20_000) + "]".repeat(20_000); // as text: JSON.stringify refuses its value

describe("a tokenizer file", { timeout: LONG }, () => {
  it.each<[string, (n: number) => object]>([
    ["of pieces", (n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${i}`, i]))],
    [
      "of pieces in one another",
      (n) => Object.fromEntries(nested(Math.ceil(8 * Math.sqrt(n))).map((piece, i) => [piece, i])),
    ],
  ])("%s is opened in work that grows as it", async (_, vocab) => {
    const make = (n: number) => {
      const ids = vocab(n);
      const unk = Object.keys(ids)[0];
      return JSON.stringify(file({ model: { type: "WordPiece", unk_token: unk, vocab: ids } }));
    };
    expect(await growthOf(make, (text: string) => createTokenizer(text), small)).toBeLessThanOrEqual(3);
  });

  it("of added tokens is opened in work that grows as it", async () => {
    const make = (n: number) =>
      JSON.stringify(
        file({ added_tokens: Array.from({ length: n }, (_, i) => ({ id: i + 3, content: `<x${i}>` })) }),
      );
    expect(await growthOf(make, (text: string) => createTokenizer(text), small)).toBeLessThanOrEqual(3);
  });

  it("with 5,000 added tokens, each the beginning of the next, is opened and finds the longest", () => {
    const added_tokens = nested(5000).map((content, i) => ({ id: i === 0 ? 1 : i + 2, content }));
    const tokenizer = createTokenizer(file({ added_tokens }));
    expect([...tokenizer.encode("a".repeat(4999))]).toEqual([5000]);
    expect([...tokenizer.encode("a".repeat(5001))]).toEqual([5001, 1]);
  });

  it("with 12,000 pieces, each the beginning of the next, takes memory by its nodes", () => {
    const trie = new PieceTrie(nested(12_000).map((piece, i) => [piece, i] as const)); // 72 million units
    let node = 0;
    for (let i = 0; i < 12_000; i++) node = trie.step(node, 97);
    expect(trie.pieceAt(node)).toBe(11_999);
  });

  it.each<[string, object]>([
    ["an added token", file({ added_tokens: "DEEP" })],
    ["a normalizer's field", file({ normalizer: { type: "Strip", strip_left: "DEEP", strip_right: true } })],
    ["a vocabulary", file({ model: { type: "WordPiece", vocab: "DEEP" } })],
    ["a model's field", file({ model: { ...file().model, odd: "DEEP" } })],
    ["a normalizer", file({ normalizer: "SEQUENCES" })],
  ])("with lists deep in one another as %s is refused in one sentence", (_, json) => {
    const sequences = '{"type":"Sequence","normalizers":['.repeat(5000) + "]}".repeat(5000);
    const text = JSON.stringify(json).replace('"DEEP"', DEEP).replace('"SEQUENCES"', sequences);
    expect(() => createTokenizer(text)).toThrow(/^tokenizer\.json: .*expected /);
  });
});

describe("a text", { timeout: LONG }, () => {
  const one = (type: string, more: object = {}) => createNormalizer({ type, ...more });
  const text = (piece: string) => (n: number) => piece.repeat(n);
  const matches = (source: string) => {
    const find = createPattern(source);
    return (long: string) => {
      try {
        return find(long);
      } catch (error) {
        expect((error as Error).message).toMatch(/takes too long on a text$/);
        return [];
      }
    };
  };
  // A map of one replacement, "a" -> "b": darts-clone's units for the root, the label "a" and its value.
  const units = Uint32Array.from({ length: 256 }, () => 0x80000000);
  units[0] = 1 << 10;
  units[1 ^ 97] = 97 | 0x100 | (200 << 10);
  units[1 ^ 97 ^ 200] = 0x80000000;
  const charsmap = Buffer.concat([
    Buffer.from(Uint32Array.of(4 * 256).buffer),
    Buffer.from(units.buffer),
    Buffer.from("b\0"),
  ]).toString("base64");

  it.each<[string, (n: number) => string, (text: string) => unknown]>([
    ["of marks in the wrong order, decomposed", (n) => `a${"\u0315\u0300".repeat(n)}`, one("NFD")],
    ["of marks in the wrong order, composed", (n) => `a${"\u0315\u0300".repeat(n)}`, one("NFKC")],
    ["of marks without accents", (n) => `a${"\u0315\u0300".repeat(n)}`, one("BertNormalizer")],
    ["of flags", text("🇩"), one("Precompiled", { precompiled_charsmap: charsmap })],
    ["of emoji", text("👍🏽"), one("Precompiled", { precompiled_charsmap: charsmap })],
    ["of marks on one letter", text("\u0300"), one("Precompiled", { precompiled_charsmap: charsmap })],
    ["of spaces", text(" "), one("Strip", { strip_left: true, strip_right: true })],
    ["that a pattern fails on from every place", text("a"), matches("a+b")],
    ["that a pattern takes one character of at a time", text("a"), matches("a+b|a")],
    [
      "for GPT-2's pattern",
      text("it's 12 years,  or  so "),
      matches("'s| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    ],
    ["of spaces for GPT-2's pattern", text(" "), matches(" ?\\p{L}+|\\s+(?!\\S)|\\s+")],
    ["for a repetition of repetitions", text("a"), matches("(a+)+$")],
    ["for ways that meet", (n) => `${"a".repeat(n)}!`, matches("(a|a)*$")],
    [
      "of added tokens that take spaces",
      text("<e> "),
      createSplitAdded(
        [{ id: 0, content: "<e>", special: false, normalized: false, lstrip: true, rstrip: true }],
        (same) => same,
      ),
    ],
  ])("%s is worked on in time that grows as it", async (_, make, work) => {
    expect(await growthOf(make, work, small)).toBeLessThanOrEqual(3);
  });

  it("is segmented by pieces of any length", async () => {
    const ids = new Map([
      ...nested(2000).map((piece, i) => [`##${piece}b`, i + 2] as const),
      ["a", 0],
      ["##a", 1],
    ]);
    const segment = createWordPiece({ ids, unkId: 0, prefix: "##", longest: Infinity });
    // From each place 2,000 characters or what is left: 2.1 times from 8,000 on; of 2,000 characters it would be 3 already.
    expect(
      await growthOf(text("a"), (word: string) => segment(word, []), { from: 8000, to: 8000 }),
    ).toBeLessThanOrEqual(3);
  });

  it("that a tokenizer would make endless is refused by name", () => {
    const doubled = { type: "Replace", pattern: { String: "a" }, content: "aa" };
    const sequence = one("Sequence", { normalizers: Array.from({ length: 60 }, () => doubled) });
    expect(() => sequence("a")).toThrow(
      /^tokenizer\.json: normalizer.*makes a text of more than 16777216 characters$/,
    );
    const byRule = one("Replace", { pattern: { Regex: "a" }, content: "b".repeat(2 ** 20) });
    expect(() => byRule("a".repeat(100))).toThrow(/makes a text of more than 16777216 characters$/);
  });
});
