// Measures the committed tokenizer on the embedded CLDR texts: which locales fall back to bytes, and how short names
// come out. Prints a Markdown table of the locales that do worst.
//   npx tsx scripts/tokenizer/coverage.ts
import { readFileSync } from "node:fs";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { cldrLocales, cldrTexts } from "./cldrChars.ts";

const CLDR = "node_modules/cldr-annotations-full/annotations";
const SHOWN = 20;
const tokenizer = createTokenizer(readFileSync("public/models/tokenizer/tokenizer.json", "utf8"));
const isByte = (id: number): boolean => /^<0x[0-9A-F]{2}>$/.test(tokenizer.piece(id));

const rows = cldrLocales(CLDR).flatMap((locale) => {
  const texts = cldrTexts(CLDR, locale);
  if (texts.length === 0) return [];
  const ids = texts.flatMap((text) => [...tokenizer.encode(text)]);
  const chars = texts.reduce((sum, text) => sum + [...tokenizer.normalize(text)].length, 0);
  const bytes = ids.filter(isByte).length;
  const unknown = ids.filter((id) => id === 3).length;
  return [
    {
      locale,
      texts: texts.length,
      perChar: ids.length / chars,
      bytePercent: (100 * bytes) / ids.length,
      unknown,
    },
  ];
});
rows.sort((a, b) => b.bytePercent - a.bytePercent || b.perChar - a.perChar);
const clean = rows.filter(({ bytePercent }) => bytePercent < 0.1).length;
const unknown = rows.reduce((sum, row) => sum + row.unknown, 0);
console.log(`${rows.length} locales, ${clean} with less than 0.1 % byte pieces, ${unknown} unknown pieces\n`);
console.log("| locale | texts | pieces / character | byte pieces (%) |\n|---|---|---|---|");
for (const { locale, texts, perChar, bytePercent } of rows.slice(0, SHOWN))
  console.log(`| ${locale} | ${texts} | ${perChar.toFixed(2)} | ${bytePercent.toFixed(2)} |`);
