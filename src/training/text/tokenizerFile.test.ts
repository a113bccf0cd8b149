// Malformed files are refused in one sentence that says where; other kinds of models are read.
import { describe, expect, it } from "vitest";
import { createTokenizer, withoutFrame } from "./tokenizer.ts";

const special = { special: true, single_word: false, lstrip: false, rstrip: false, normalized: false };
const unigram = {
  added_tokens: [{ id: 0, content: "<unk>", ...special }],
  normalizer: { type: "Lowercase" },
  pre_tokenizer: { type: "Metaspace", replacement: "▁" },
  post_processor: null,
  decoder: { type: "Metaspace", replacement: "▁" },
  model: { type: "Unigram", unk_id: 0, vocab: [["<unk>", 0], ["▁", -3], ["▁a", -1], ["b", -2]] }, // prettier-ignore
};
const withModel = (change: object): object => ({ ...unigram, model: { ...unigram.model, ...change } });

const [unk, cls] = ["<unk>", "<cls>"].map((id) => ({ SpecialToken: { id, type_id: 0 } }));
const text = { Sequence: { id: "A", type_id: 0 } };
const SPECIALS = Object.fromEntries(
  ["<unk>", "<cls>"].map((id, i) => [id, { id, ids: [9 * i], tokens: [id] }]),
);

describe("createTokenizer", () => {
  it("reads a file from its text or its value", () => {
    for (const json of [unigram, JSON.stringify(unigram)]) {
      const { encode, decode } = createTokenizer(json);
      expect([...encode("AB b")]).toEqual([2, 3, 1, 3]);
      expect(decode([2, 3, 1, 3])).toBe("ab b");
    }
  });

  it.each<[string, unknown, RegExp]>([
    ["text that is not JSON", "{", /^tokenizer\.json: not JSON: /],
    ["a number", 7, /^tokenizer\.json: the whole: expected an object, got 7$/],
    ["null", null, /^tokenizer\.json: the whole: expected an object, got null$/],
    [
      "no model",
      { ...unigram, model: undefined },
      /^tokenizer\.json: model: expected an object, got undefined$/,
    ],
    ["an unknown model", withModel({ type: "WordLevel" }), /: model\.type: expected .* got "WordLevel"$/],
    [
      "a score that is text",
      withModel({ vocab: [["<unk>", "0"]] }),
      /: model\.vocab\.0: .* got \["<unk>","0"\]$/,
    ],
    ["a score that is no number", withModel({ vocab: [["<unk>", NaN]] }), /: model\.vocab\.0: /],
    ["no pieces", withModel({ vocab: [] }), /: model\.vocab: expected a list of pieces, got \[\]$/],
    [
      "an unk_id outside",
      withModel({ unk_id: 4 }),
      /: model\.unk_id: expected a number below the 4 pieces, got 4$/,
    ],
    [
      "no unk_id",
      withModel({ unk_id: undefined }),
      /: model\.unk_id: expected a whole number from 0, got undefined$/,
    ],
    ["a piece twice", withModel({ vocab: [["<unk>", 0], ["a", -1], ["a", -2]] }), /: model\.vocab\.2: expected another piece than that of 1, got "a"$/], // prettier-ignore
    ["an empty piece", withModel({ vocab: [["<unk>", 0], ["", -1]] }), /: model\.vocab\.1: /], // prettier-ignore
    [
      "byte fallback that is text",
      withModel({ byte_fallback: "yes" }),
      /: model\.byte_fallback: .* got "yes"$/,
    ],
    [
      "an id beyond any vocabulary",
      withModel({ type: "WordPiece", unk_token: "a", vocab: { a: 1e8 } }),
      /: model\.vocab\.a: expected a number below 4194304, got 100000000$/,
    ],
    [
      "an added token far beyond the pieces",
      { ...unigram, added_tokens: [{ id: 2 ** 33, content: "x" }] },
      /: added_tokens\.0\.id: expected a number below 4194304, got 8589934592$/,
    ],
    ...[undefined, "[UNK]", "toString"].map((unk_token): [string, unknown, RegExp] => [
      `WordPiece whose unknown piece is ${unk_token}`,
      withModel({ type: "WordPiece", unk_token, vocab: { a: 0 } }),
      RegExp(
        `: model\\.unk_token: expected a piece of the vocabulary, got .*${unk_token?.slice(1, 4) ?? "UNK"}`,
      ),
    ]),
    ...[
      [
        "puts a token around a text that it lacks",
        [cls, text],
        /: post_processor: expected ids of this file's 4 pieces, got 9$/,
      ],
      ["leaves the text out", [unk], /: post_processor\.single: expected one place for the text, got 0$/],
      [
        "has the text twice",
        [text, unk, text],
        /: post_processor\.single: expected one place for the text, got 2$/,
      ],
    ].map(([what, single, message]): [string, unknown, RegExp] => [
      `a frame that ${what as string}`,
      {
        ...unigram,
        post_processor: { type: "TemplateProcessing", single, pair: [], special_tokens: SPECIALS },
      },
      message as RegExp,
    ]),
    ["a WordPiece id below 0", withModel({ type: "WordPiece", vocab: { a: -1 } }), /: model\.vocab\.a: /],
    ...[
      [{ merges: undefined }, /: model\.merges: expected a list of pairs, got undefined$/],
      [{ merges: ["a b", "ab"] }, /: model\.merges\.1: expected two pieces, "a b", got "ab"$/],
      [{ merges: [["a", "b"], "a b"] }, /: model\.merges\.1: expected two pieces, \["a", "b"\], got "a b"$/],
      [
        { merges: ["b a"] },
        /: model\.merges\.0: expected a merge into a piece of the vocabulary, got "b a"$/,
      ],
      [{ max_len: 3 }, /: model\.max_len: expected no such field.* got 3$/],
      [{ unk_token: "?" }, /: model\.unk_token: expected a piece of the vocabulary, got "\?"$/],
      [{ dropout: 0.1 }, /: model\.dropout: expected none.* got 0\.1$/],
    ].map(([change, message]): [string, unknown, RegExp] => [
      `BPE with ${JSON.stringify(change)}`,
      withModel({ type: "BPE", vocab: { a: 0, b: 1, ab: 2 }, merges: ["a b"], ...change }),
      message as RegExp,
    ]),
    [
      "an added token that wants word boundaries",
      { ...unigram, added_tokens: [{ id: 4, content: "x", single_word: true }] },
      /: added_tokens\.0\.single_word: expected false/,
    ],
    ["an unknown normalizer", { ...unigram, normalizer: { type: "Rot13" } }, /^tokenizer\.json: .*Rot13/],
    ["a decoder without type", { ...unigram, decoder: {} }, /: decoder\.type: expected text, got undefined$/],
    ["added tokens without id", { ...unigram, added_tokens: [{ content: "x" }] }, /: added_tokens\.0\.id: /],
  ])("refuses %s", (_, json, message) => {
    expect(() => createTokenizer(json)).toThrow(message);
  });

  it("reads a WordPiece file, with what its post-processor adds", () => {
    const vocab = { "[UNK]": 0, "[PAD]": 1, "[CLS]": 2, "[SEP]": 3, play: 4, "##ing": 5, ".": 6 };
    const tokenizer = createTokenizer({
      added_tokens: Object.keys(vocab)
        .slice(0, 4)
        .map((content, id) => ({ id, content, ...special })),
      normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: "BertPreTokenizer" },
      post_processor: { type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] },
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", vocab },
    });
    expect([...tokenizer.encode("Playing. xyz")]).toEqual([4, 5, 6, 0]);
    expect([...tokenizer.prefixIds, -1, ...tokenizer.suffixIds]).toEqual([2, -1, 3]);
    expect([tokenizer.padId, tokenizer.vocabSize]).toEqual([1, 7]);
    expect(tokenizer.decode([2, 4, 5, 6, 3, 1])).toBe("playing.");
  });

  it("adds tokens beyond a Unigram model's pieces", () => {
    const added = [...unigram.added_tokens, { id: 4, content: "<mask>", ...special }];
    const tokenizer = createTokenizer({ ...unigram, added_tokens: added });
    expect([tokenizer.vocabSize, tokenizer.piece(4), tokenizer.logProbs[4]]).toEqual([5, "<mask>", 0]);
  });

  it("knows a frame of several tokens, none of them in the text", () => {
    const post_processor = { type: "TemplateProcessing", single: [unk, unk, text, unk], pair: [], special_tokens: SPECIALS }; // prettier-ignore
    const tokenizer = createTokenizer({ ...unigram, post_processor });
    expect([...tokenizer.prefixIds, -1, ...tokenizer.suffixIds]).toEqual([0, 0, -1, 0]);
    expect([...tokenizer.encode("ab")]).toEqual([2, 3]);
    const bare = withoutFrame(tokenizer);
    expect([bare.prefixIds.length, bare.suffixIds.length]).toEqual([0, 0]);
    expect(bare.sha256).not.toBe(tokenizer.sha256); // whoever keeps ids must tell the two apart
    expect(withoutFrame(bare)).toBe(bare);
  });

  it("segments the whole text where a piece spans words", () => {
    const vocab = [["<unk>", 0], ["▁", -3], ["a", -1], ["▁a", -2], ["a▁a", -1.5]]; // prettier-ignore
    // whole: "▁" + "a▁a" = -4.5; word by word: "▁a" + "▁a" = -4
    const whole = { ...unigram, pre_tokenizer: { type: "Metaspace", replacement: "▁", split: false } };
    const of = (pieces: unknown[], file: object) =>
      [...createTokenizer({ ...file, model: { ...unigram.model, vocab: pieces } }).encode("a a")]; // prettier-ignore
    expect(of(vocab, whole)).toEqual([3, 3]);
    const cheaper = [...vocab.slice(0, 4), ["a▁a", -0.5]]; // -3.5 beats -4
    expect(of(cheaper, whole)).toEqual([1, 4]);
    expect(of(cheaper, unigram)).toEqual([3, 3]); // split at each "▁", which is the default
  });
});
