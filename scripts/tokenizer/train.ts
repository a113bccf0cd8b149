// Builds public/models/tokenizer/tokenizer.json: reads LAB_DATA_DIR, balances it, runs spm_train, converts the result.
//   LAB_DATA_DIR=... npx tsx scripts/tokenizer/train.ts
// Needs Debian's `sentencepiece` and `unzip`. Never run by set-up or tests: the result is committed.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { languageOf } from "./languages.ts";
import { betweenPunctuation, PUNCTUATION } from "./punctuation.ts";
import { cldrLocales, requiredChars } from "./cldrChars.ts";
import { parseVocab, tokenizerJson, unlearned } from "./tokenizerJson.ts";
import { collectTrainingText } from "./trainingText.ts";

const VOCABULARY = 24_000;
const ALPHA = 0.3; // XLM-R's sampling exponent
const COVERAGE = 0.9999; // of characters by frequency; the rest falls back to bytes
const CLDR = "node_modules/cldr-annotations-full/annotations";
const WORK = ".lab/tokenizer"; // ignored by git
const OUT = "public/models/tokenizer";

const dataDir = process.env["LAB_DATA_DIR"];
if (!dataDir) throw new Error("set LAB_DATA_DIR to the folder that holds ntrex-128, tatoeba, tico-19, …");
mkdirSync(WORK, { recursive: true });
mkdirSync(OUT, { recursive: true });

const specials = ["<s>", "<pad>", "</s>", "<unk>"].map((piece) => [piece, 0] as const);
const { normalize } = createTokenizer(tokenizerJson(specials)); // the normalisation of use
const known = new Set(cldrLocales(CLDR).map(languageOf));
const { lines, weights, shares } = collectTrainingText(dataDir, known, ALPHA, normalize);
const required = requiredChars(CLDR, normalize) + PUNCTUATION.join("");
const weighted = lines.flatMap(({ lang, text }) =>
  betweenPunctuation(text).map((fragment) => `${fragment}\t${weights.get(lang)!}\n`),
);
writeFileSync(join(WORK, "corpus.tsv"), weighted.join(""));
writeFileSync(join(WORK, "required.txt"), required);

execFileSync(
  "spm_train",
  [
    `--input=${join(WORK, "corpus.tsv")}`,
    "--input_format=tsv", // text, how often it counts
    `--model_prefix=${join(WORK, "unigram")}`,
    "--model_type=unigram",
    `--vocab_size=${VOCABULARY}`,
    `--character_coverage=${COVERAGE}`,
    `--required_chars_file=${join(WORK, "required.txt")}`,
    "--byte_fallback=true",
    "--normalization_rule_name=identity", // the text is normalised already
    "--add_dummy_prefix=false", // fragments say themselves whether a space comes first
    "--remove_extra_whitespaces=false",
    "--max_sentence_length=16384",
    "--bos_id=0",
    "--pad_id=1",
    "--eos_id=2",
    "--unk_id=3",
    "--num_threads=2", // sums depend on the number of threads
    "--minloglevel=1",
  ],
  { stdio: "inherit" },
);

// Bytes and punctuation were not in what sentencepiece saw, so it cannot score them: count them in the training text.
const vocab = parseVocab(readFileSync(join(WORK, "unigram.vocab"), "utf8"));
const { encode } = createTokenizer(tokenizerJson(vocab));
const uses = new Float64Array(vocab.length);
for (const { lang, text } of lines) for (const id of encode(text)) uses[id]! += weights.get(lang)!;
const total = uses.reduce((sum, n) => sum + n, 0);
const scored = vocab.map(([piece, score], id) =>
  unlearned(piece, PUNCTUATION)
    ? ([piece, Math.log(Math.max(uses[id]!, 1) / total)] as const)
    : ([piece, score] as const),
);
writeFileSync(join(OUT, "tokenizer.json"), JSON.stringify(tokenizerJson(scored)));

const perLang = [...shares.keys()].sort().map((lang) => {
  const n = lines.reduce((sum, line) => sum + (line.lang === lang ? 1 : 0), 0);
  return `${lang}\t${n}\t${weights.get(lang)!}\t${(100 * shares.get(lang)!).toFixed(2)}`;
});
writeFileSync(join(WORK, "counts.tsv"), `lang\tlines\tweight\tshare_percent\n${perLang.join("\n")}\n`);
console.log(`${lines.length} lines, ${shares.size} languages, ${new Set(required).size} required characters`);
