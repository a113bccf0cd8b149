// Trimming must not change how a text of kept pieces is cut.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { bpeFixture } from "../../testing/checkpoints/bpeFixture.ts";
import { createTokenizer } from "../text/tokenizer.ts";
import { trimTokenizer } from "./trimTokenizer.ts";

const bpe = bpeFixture();
const LAB = readFileSync("public/models/tokenizer/tokenizer.json", "utf8");
const SENTENCES = (
  JSON.parse(readFileSync("src/training/text/inventedSentences.json", "utf8")) as [string, string][]
).map(([, text]) => text);

const WORD_PIECES = [
  "[PAD]",
  "[UNK]",
  "[CLS]",
  "[SEP]",
  "red",
  "##dish",
  "##d",
  "blue",
  "b",
  "##l",
  "##ue",
  "r",
];
const BERT = JSON.stringify({
  version: "1.0",
  added_tokens: [0, 1, 2, 3].map((id) => ({ id, content: WORD_PIECES[id], special: true })),
  normalizer: null,
  pre_tokenizer: { type: "Whitespace" },
  post_processor: { type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] },
  decoder: null,
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(WORD_PIECES.map((piece, id) => [piece, id])),
  },
});

describe("a trimmed tokenizer", () => {
  it("cuts the texts it was trimmed for into the same pieces (Unigram)", () => {
    const whole = createTokenizer(LAB);
    fc.assert(
      fc.property(fc.subarray(SENTENCES, { minLength: 1, maxLength: 6 }), (texts) => {
        const rows = texts.map((text) => whole.encode(text));
        const { json, pieceIds } = trimTokenizer(
          LAB,
          rows.flatMap((row) => Array.from(row)),
        );
        const trimmed = createTokenizer(json);
        expect(trimmed.vocabSize).toBe(pieceIds.length);
        texts.forEach((text, i) => {
          expect(Array.from(trimmed.encode(text), (id) => pieceIds[id])).toEqual(Array.from(rows[i]!));
        });
      }),
      { numRuns: 8 },
    );
  });

  it("keeps special and byte pieces and renumbers from 0 in the old order", () => {
    const whole = createTokenizer(LAB);
    const { json, pieceIds } = trimTokenizer(LAB, [9000]);
    // 4 special, 256 bytes, the one used, and the least likely piece unless it is one of those
    expect([261, 262]).toContain(pieceIds.length);
    expect(Array.from(pieceIds.subarray(0, 4))).toEqual([0, 1, 2, 3]);
    const trimmed = createTokenizer(json);
    pieceIds.forEach((id, row) => expect(trimmed.piece(row)).toBe(whole.piece(id)));
    expect(trimmed.encode("\u{1F996}").length).toBeGreaterThan(0); // a character it lacks falls back to bytes
  });

  it("cuts longest-match words the same, and renumbers the frame (WordPiece)", () => {
    const whole = createTokenizer(BERT);
    const ids = whole.encode("reddish blue");
    expect(Array.from(ids, (id) => whole.piece(id))).toEqual(["red", "##dish", "blue"]);
    const { json, pieceIds } = trimTokenizer(BERT, ids);
    const trimmed = createTokenizer(json);
    expect(Array.from(pieceIds, (id) => whole.piece(id))).toEqual([
      "[PAD]",
      "[UNK]",
      "[CLS]",
      "[SEP]",
      "red",
      "##dish",
      "blue",
    ]);
    expect(Array.from(trimmed.encode("reddish blue"), (id) => pieceIds[id])).toEqual(Array.from(ids));
    expect([...trimmed.prefixIds, ...trimmed.suffixIds].map((id) => trimmed.piece(id))).toEqual([
      "[CLS]",
      "[SEP]",
    ]);
    expect((JSON.parse(json) as { post_processor: unknown }).post_processor).toEqual({
      type: "BertProcessing",
      sep: ["[SEP]", 3],
      cls: ["[CLS]", 2],
    });
  });

  it("renumbers templates too", () => {
    const template = {
      ...(JSON.parse(BERT) as object),
      post_processor: {
        type: "TemplateProcessing",
        single: [{ SpecialToken: { id: "blue", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
        special_tokens: { blue: { id: "blue", ids: [7], tokens: ["blue"] } },
      },
    };
    const { json } = trimTokenizer(JSON.stringify(template), [7]);
    const { special_tokens: special } = (JSON.parse(json) as { post_processor: { special_tokens: unknown } })
      .post_processor;
    expect(special).toEqual({ blue: { id: "blue", ids: [4], tokens: ["blue"] } }); // after the four special ones
  });

  it.each(bpe.cases)("cuts texts into the same pieces (BPE: $name)", ({ tokenizer, ids }) => {
    const json = JSON.stringify(tokenizer);
    fc.assert(
      fc.property(fc.subarray([...bpe.texts.keys()], { minLength: 1, maxLength: 3 }), (chosen) => {
        const trimmed = trimTokenizer(
          json,
          chosen.flatMap((i) => ids[i]!),
        );
        const own = createTokenizer(trimmed.json);
        expect(own.vocabSize).toBe(trimmed.pieceIds.length);
        expect(own.vocabSize).toBeLessThan(createTokenizer(json).vocabSize);
        for (const i of chosen) {
          expect(Array.from(own.encode(bpe.texts[i]!), (id) => trimmed.pieceIds[id])).toEqual(ids[i]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
