// Measures the committed tokenizer on the lines that training left out; prints a Markdown table and the speed.
//   LAB_DATA_DIR=... npx tsx scripts/tokenizer/fertility.ts
import { readFileSync } from "node:fs";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { readCorpus, type CorpusLine } from "./corpus.ts";
import { isHeldOut } from "./heldOut.ts";
import { boostOf, languageOf } from "./languages.ts";
import { cldrLocales } from "./cldrChars.ts";

interface Tally {
  texts: string[];
  pieces: number;
  words: number;
  chars: number;
  bytes: number; // byte pieces
}

const dataDir = process.env["LAB_DATA_DIR"];
if (!dataDir) throw new Error("set LAB_DATA_DIR to the folder that holds ntrex-128, tatoeba, tico-19, …");
const tokenizer = createTokenizer(readFileSync("public/models/tokenizer/tokenizer.json", "utf8"));
const isByte = Uint8Array.from({ length: tokenizer.vocabSize }, (_, id) =>
  /^<0x[0-9A-F]{2}>$/.test(tokenizer.piece(id)) ? 1 : 0,
);
const known = new Set(cldrLocales("node_modules/cldr-annotations-full/annotations").map(languageOf));

const held: CorpusLine[] = [...readCorpus(dataDir)].filter(({ line }) => isHeldOut(line));
const ofSource = (source: string): Map<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const line of held) {
    if (line.source !== source || boostOf(line.lang, known) === 0) continue;
    const tally = tallies.get(line.lang) ?? { texts: [], pieces: 0, words: 0, chars: 0, bytes: 0 };
    tallies.set(line.lang, tally);
    const text = tokenizer.normalize(line.text);
    const ids = tokenizer.encode(line.text);
    tally.texts.push(line.text);
    tally.pieces += ids.length;
    tally.words += text.split(" ").length;
    tally.chars += [...text].length;
    for (const id of ids) tally.bytes += isByte[id]!;
  }
  return tallies;
};

/** Pieces for the same sentences, relative to English: 1 = as short as English. Per line, as some languages repeat. */
const perLine = ({ pieces, texts }: Tally): number => pieces / texts.length;
const rows: string[] = [];
const done = new Set<string>();
for (const source of ["ntrex-128", "nusax", "tico-19", "tatoeba"]) {
  const tallies = ofSource(source);
  const english = perLine(tallies.get("en")!);
  const order = (lang: string): number => -boostOf(lang, known);
  for (const lang of [...tallies.keys()].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))) {
    if (done.has(lang)) continue;
    done.add(lang);
    const t = tallies.get(lang)!;
    rows.push(
      `| ${lang} | ${source} | ${t.texts.length} | ${(t.pieces / t.words).toFixed(2)} | ` +
        `${(t.pieces / t.chars).toFixed(3)} | ${source === "tatoeba" ? "–" : (perLine(t) / english).toFixed(2)} | ` +
        `${((100 * t.bytes) / t.pieces).toFixed(2)} |`,
    );
  }
}
console.log(
  "| language | held-out lines of | n | pieces / word | pieces / character | × English | byte pieces (%) |",
);
console.log("|---|---|---|---|---|---|---|");
console.log(rows.join("\n"));

const texts = held.map(({ text }) => text);
for (const pass of ["first pass", "second pass"]) {
  const start = process.cpuUsage(); // wall time would measure the machine's other work too
  let pieces = 0;
  for (const text of texts) pieces += tokenizer.encode(text).length;
  const { user, system } = process.cpuUsage(start); // microseconds
  const rate = (pieces / (user + system)).toFixed(2);
  console.log(`${pass}: ${texts.length} lines, ${pieces} pieces, ${rate} M pieces per second of CPU`);
}
