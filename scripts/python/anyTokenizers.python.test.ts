// Invented tokenizer files of every kind the lab reads, against the `tokenizers` library: the same ids for texts in 40
// scripts, or refused by name. TOKENIZER_FILES sets how many (2,000 take a few minutes).
import { expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { anyTokenizer, manyTexts } from "../../src/testing/tokenizers/randomTokenizer.ts";
import { CHARSMAPS } from "../../src/testing/tokenizers/charsmaps.ts";
import { soonSync } from "../../src/testing/soon.ts";
import { createTokenizer, type Tokenizer } from "../../src/training/text/tokenizer.ts";
import { judge } from "./judge.ts";

const FILES = Number(process.env["TOKENIZER_FILES"] ?? 300);
const AT_ONCE = 100;

it(
  `gives the library's ids by ${FILES} invented files`,
  async () => {
    const texts = manyTexts();
    const seen = { equal: 0, refused: 0, broken: 0 };
    for (let first = 0; first < FILES; first += AT_ONCE) {
      const count = Math.min(AT_ONCE, FILES - first);
      const files = Array.from({ length: count }, (_, i) =>
        JSON.stringify(anyTokenizer(createRandom(first + i).fork("file"), texts, CHARSMAPS)),
      );
      const found = await judge<(number[][] | null)[]>("anyTokenizers.py", { files, texts });
      files.forEach((file, i) => {
        let tokenizer: Tokenizer;
        try {
          tokenizer = soonSync(
            () => createTokenizer(file),
            () => `file ${first + i}`,
          );
        } catch (error) {
          expect((error as Error).message).toMatch(/^tokenizer\.json: [\w.]+: expected /);
          seen.refused++;
          return;
        }
        const { prefixIds, suffixIds } = tokenizer;
        const own = texts.map((text) => [
          ...prefixIds,
          ...soonSync(
            () => tokenizer.encode(text),
            () => `file ${first + i}, ${JSON.stringify(text)}`,
          ),
          ...suffixIds,
        ]);
        if (found[i] === null) {
          seen.broken++;
          return;
        }
        texts.forEach((text, t) =>
          expect(own[t], `file ${first + i}, ${JSON.stringify(text)}`).toEqual(found[i]![t]),
        );
        seen.equal++;
      });
    }
    expect(seen.refused).toBeLessThan(FILES / 20);
    expect(seen.broken).toBeLessThan(FILES / 20);
    expect(seen.equal).toBe(FILES - seen.refused - seen.broken);
  },
  20_000 + 600 * FILES,
);
