// Byte-pair files, bytes and characters, held against ids that scripts/parity/bpe.py computes from the published algorithm.
import { describe, expect, it } from "vitest";
import { bpeFixture } from "../../testing/checkpoints/bpeFixture.ts";
import { createTokenizer } from "./tokenizer.ts";

const fixture = bpeFixture();

describe.each(fixture.cases)("BPE: $name", ({ tokenizer: json, ids }) => {
  const tokenizer = createTokenizer(json);
  it.each(fixture.texts.map((text, i) => [text.slice(0, 40), text, ids[i]!] as const))(
    "%j",
    (_, text, want) => {
      expect(Array.from(tokenizer.encode(text), tokenizer.piece)).toEqual(want.map(tokenizer.piece));
      expect([...tokenizer.encode(text)]).toEqual(want);
    },
  );
});

it("BPE of bytes gives back every text it was given", () => {
  const tokenizer = createTokenizer(fixture.cases[0]!.tokenizer);
  for (const text of fixture.texts) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  expect([...tokenizer.prefixIds, -1, ...tokenizer.suffixIds]).toEqual([0, -1, 2]);
});
