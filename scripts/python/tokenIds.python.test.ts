// The lab's tokenizers against the `tokenizers` library: the same tokenizer.json, the same texts, the same ids.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { bpeFixture } from "../../src/testing/checkpoints/bpeFixture.ts";
import { latinWordPiece, UNIGRAM_JSON } from "../../src/testing/checkpoints/checkpointFolder.ts";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { judge } from "./judge.ts";

const read = (path: string) => readFileSync(path, "utf8");
const bpe = bpeFixture();
/** The library wants every field of an added token; the test folders' files say only what matters. */
const whole = (json: object) => {
  const { added_tokens } = json as { added_tokens: object[] };
  const usual = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return JSON.stringify({ ...json, added_tokens: added_tokens.map((token) => ({ ...usual, ...token })) });
};
const TOKENIZERS: Record<string, string> = {
  "the shipped Unigram": read("public/models/tokenizer/tokenizer.json"),
  "distilled-mini's": read("public/models/distilled-mini/tokenizer.json"),
  "a small Unigram": whole(UNIGRAM_JSON),
  "WordPiece, lower case": whole(latinWordPiece()),
  ...Object.fromEntries(bpe.cases.map(({ name, tokenizer }) => [`BPE: ${name}`, JSON.stringify(tokenizer)])),
};

const sentences = (JSON.parse(read("src/training/text/inventedSentences.json")) as [string, string][]).map(
  ([, text]) => text,
);
const ODD = [
  ..."\t\n\u00a0\u200b\u200d\u3000",
  "  ",
  "İ",
  "ς",
  "▁",
  "J̌",
  "e\u0301",
  "ﬁ",
  "½",
  "ก\u0e33",
  "👩🏽‍🚀",
  "\u{1f9a6}",
  "##",
];

/** Words of the sentences, cut and joined anew, with odd characters between them. */
function invented(count: number): string[] {
  const random = createRandom(20261128);
  const words = sentences.flatMap((text) => text.split(" ")).filter(Boolean);
  const pick = <T>(items: readonly T[]) => items[random.int(items.length)]!;
  const part = () => {
    const kind = random.next();
    if (kind < 0.2) return pick(ODD);
    const word = [...pick(words)];
    return kind < 0.4 ? word.slice(random.int(word.length)).join("") : word.join("");
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.int(9) }, part).join(random.next() < 0.8 ? " " : ""),
  );
}

/**
 * Where the lab differs on purpose: a text that spells a special token or a byte's piece ("<s>", "<0x41>") is text here.
 */
const differs = (text: string) => /<(s|\/s|pad|unk|mask|0x..)>|\[(PAD|UNK|CLS|SEP)\]/u.test(text);
const texts = [...sentences, ...bpe.texts, ...invented(400), "", " "].filter((text) => !differs(text));

let found: number[][][] = [];
beforeAll(async () => {
  const jobs = Object.values(TOKENIZERS).map((json) => ({ json, texts }));
  found = await judge<number[][][]>("tokenIds.py", jobs);
});

describe.each(Object.entries(TOKENIZERS).map(([name, json], i) => [name, json, i] as const))(
  "%s",
  (_, json, i) => {
    it(`gives ${texts.length} texts the library's ids`, () => {
      const tokenizer = createTokenizer(json);
      const own = texts.map((text) => [
        ...tokenizer.prefixIds,
        ...tokenizer.encode(text),
        ...tokenizer.suffixIds,
      ]);
      texts.forEach((text, t) => expect(own[t], JSON.stringify(text)).toEqual(found[i]![t]));
    });
  },
);
