// Writes src/training/text/sentencepiece.fixture.json: what sentencepiece itself makes of the invented sentences.
//   npx tsx scripts/tokenizer/parityFixture.ts     (after train.ts, which leaves the model in .lab/tokenizer)
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";

const MODEL = ".lab/tokenizer/unigram.model";
const sentences = JSON.parse(readFileSync("src/training/text/inventedSentences.json", "utf8")) as [
  string,
  string,
][];
const tokenizer = createTokenizer(readFileSync("public/models/tokenizer/tokenizer.json", "utf8"));

// sentencepiece was trained on normalised text and does not normalise, nor add the space every text begins with.
const normalised = sentences.map(([, text]) => tokenizer.normalize(text));
const encode = (format: "piece" | "id"): string[][] =>
  execFileSync("spm_encode", [`--model=${MODEL}`, `--output_format=${format}`], {
    input: normalised.map((text) => ` ${text}\n`).join(""),
    encoding: "utf8",
  })
    .trimEnd()
    .split("\n")
    .map((row) => row.split(" "));

const pieces = encode("piece");
const rows = encode("id").map((ids, i) => ({
  name: sentences[i]![0],
  normalised: normalised[i]!,
  pieces: pieces[i]!.join(" "), // a piece holds no space
  ids: ids.map(Number),
}));
const fixture = { tool: "sentencepiece 0.1.97 spm_encode", tokenizerSha256: tokenizer.sha256, rows };
writeFileSync("src/training/text/sentencepiece.fixture.json", JSON.stringify(fixture));
console.log(`${rows.length} sentences, ${rows.reduce((n, { ids }) => n + ids.length, 0)} pieces`);
