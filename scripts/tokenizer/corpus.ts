// Reads the training text of the tokenizer from LAB_DATA_DIR: lines with their language and source. Never XQuAD-R,
// which is the test set, and no other evaluation set than those named here.
import { NUSAX_LANGUAGES } from "../../src/core/converters/nusax.ts";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "./csv.ts";
import { languageOf } from "./languages.ts";

export const SOURCES = ["ntrex-128", "tatoeba", "tico-19", "nusax", "mkqa", "mintaka"] as const;
export type Source = (typeof SOURCES)[number];

/** Parallel lines of one file in one language; `line` is the position that parallel files share. */
export interface CorpusLine {
  readonly source: Source;
  readonly lang: string; // BCP 47
  readonly line: number;
  readonly text: string;
}

const linesOf = (text: string): string[] => text.replace(/\r?\n$/, "").split(/\r?\n/);
const unzip = (file: string, member = ""): string =>
  execFileSync("unzip", ["-p", file, ...(member ? [member] : [])], { encoding: "utf8", maxBuffer: 1 << 28 });

function* ntrex(dir: string): Generator<CorpusLine> {
  for (const file of readdirSync(dir).sort()) {
    const code = /^newstest2019-(?:ref|ref-2|src)\.(.+)\.txt$/.exec(file)?.[1];
    if (code === undefined) continue;
    for (const [line, text] of linesOf(readFileSync(join(dir, file), "utf8")).entries())
      yield { source: "ntrex-128", lang: languageOf(code), line, text };
  }
}

function* tatoeba(dir: string): Generator<CorpusLine> {
  for (const file of readdirSync(dir).sort()) {
    const code = /^tatoeba\.\w+-eng\.(\w+)$/.exec(file)?.[1];
    if (code === undefined) continue;
    for (const [line, text] of linesOf(readFileSync(join(dir, file), "utf8")).entries())
      yield { source: "tatoeba", lang: languageOf(code), line, text };
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function* tico(dir: string): Generator<CorpusLine> {
  for (const file of readdirSync(dir).sort()) {
    const code = /^all\.en-([\w-]+)\.tmx\.zip$/.exec(file)?.[1];
    if (code === undefined) continue;
    for (const [line, unit] of unzip(join(dir, file)).split("<tu ").slice(1).entries()) {
      for (const [i, segment] of [...unit.matchAll(/<seg>([\s\S]*?)<\/seg>/g)].entries()) {
        const text = segment[1]!.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
        yield { source: "tico-19", lang: i === 0 ? "en" : languageOf(code), line, text };
      }
    }
  }
}

function* nusax(dir: string): Generator<CorpusLine> {
  let line = 0;
  for (const part of ["train", "valid", "test"]) {
    const [header, ...rows] = parseCsv(readFileSync(join(dir, "mt", `${part}.csv`), "utf8"));
    for (const row of rows) {
      for (const [i, name] of header!.entries()) {
        const lang = NUSAX_LANGUAGES[name];
        if (lang !== undefined && row[i]) yield { source: "nusax", lang, line, text: row[i] };
      }
      line++;
    }
  }
}

function* mkqa(dir: string): Generator<CorpusLine> {
  for (const part of ["mkqa_dev", "mkqa_test_without_answers"]) {
    for (const [line, json] of linesOf(unzip(join(dir, `${part}.zip`), "*.jsonl")).entries()) {
      const { lang, question } = JSON.parse(json) as { lang: string; question: string };
      yield { source: "mkqa", lang: languageOf(lang), line, text: question };
    }
  }
}

function* mintaka(dir: string): Generator<CorpusLine> {
  const rows = JSON.parse(readFileSync(join(dir, "mintaka_dev.json"), "utf8")) as {
    question: string;
    translations: Record<string, string>;
  }[];
  for (const [line, { question, translations }] of rows.entries()) {
    yield { source: "mintaka", lang: "en", line, text: question };
    for (const [lang, text] of Object.entries(translations)) yield { source: "mintaka", lang, line, text };
  }
}

const READERS = { "ntrex-128": ntrex, tatoeba, "tico-19": tico, nusax, mkqa, mintaka } as const;

/** Every line of every source under `dataDir`, raw, in a fixed order. */
export function* readCorpus(dataDir: string): Generator<CorpusLine> {
  for (const source of SOURCES) yield* READERS[source](join(dataDir, source));
}
