// Belebele (Bandarkar et al. 2024): FLORES passages with questions, parallel in 122 languages, as MTEB's BelebeleRetrieval
// defines them. The answers to choose from are not used. All of it is test, as its publisher asks.
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { SidedRecord } from "../data/records.ts";
import { readTable } from "../formats/readTable.ts";
import { optionalText, textField } from "../formats/tableRow.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { languageTag } from "../languages/languageTag.ts";

/** "swh_Latn.jsonl"; of the hub's Parquet "belebele/…/swh_Latn/test-00000-of-00001.parquet". */
const FILE = /(?:^|\/)([a-z]{3}_[A-Z][a-z]{3})\.(?:jsonl|parquet)$/;
const FOLDER = /belebele.*\/([a-z]{3}_[A-Z][a-z]{3})\/(?:test[^/]*|test\/0000)\.parquet$/i;

const codeOf = (name: string) => (FILE.exec(name) ?? FOLDER.exec(name))?.[1];

interface Passage {
  readonly lang: string;
  readonly link: string;
  readonly text: string;
  readonly n: number; // of its language, by first mention, as MTEB numbers them: ids decide ties
}

interface Question {
  readonly text: string;
  readonly concepts: Set<string>; // one, or those of all questions of these very words
}

/** What is gathered from all languages. */
interface Gathered {
  readonly passages: Passage[];
  readonly askedOf: Map<string, Set<string>>; // link -> concepts
}

/**
 * Passage = the first text of a link, one per link and language. Questions of one language with the same words are one query
 * that the passages of all of them answer, in every language: its concept is all of theirs, joined, and passages carry it
 * where that language is among the files. Any other concept is link and number, the same in all languages.
 */
export const belebele: Converter = {
  datasetId: "belebele",
  fileNames: ["*_*.jsonl (such as swh_Latn.jsonl)"],
  accepts: (names) => names.some((name) => codeOf(name) !== undefined),
  async *convert(files, report) {
    const all: Gathered = { passages: [], askedOf: new Map() };
    for (const [lang, file] of byLanguage(files)) yield* questionsOf(file, lang, all, report);
    for (const { lang, link, text, n } of all.passages) {
      const concepts = [...all.askedOf.get(link)!];
      yield { side: "passages", record: { _id: `${lang}:C${n}`, text, lang, concepts, split: "test" } };
    }
  },
};

function byLanguage(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  const found = new Map<string, SourceFile>();
  const coded = files.flatMap((file) => {
    const code = codeOf(file.name);
    return code === undefined ? [] : [{ code, file }];
  });
  for (const { code, file } of coded.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))) {
    const lang = languageTag(code);
    if (lang === null) throw new DataError(`${file.name}: "${code}" is no language code`);
    const other = found.get(lang);
    if (other) throw new DataError(`${other.name} and ${file.name} are both in ${code}: give one of them`);
    found.set(lang, file);
  }
  return found;
}

async function* questionsOf(
  file: SourceFile,
  lang: string,
  all: Gathered,
  report: ConversionReport,
): AsyncGenerator<SidedRecord> {
  const known = new Map<string, string>(); // link -> text of its passage
  const seen = new Set<string>();
  const questions = new Map<string, Question>();
  for await (const row of readTable(file)) {
    const [words, text] = [textField(row, "question"), textField(row, "flores_passage").trim()];
    const link = [textField(row, "link"), optionalText(row, "split")].filter((part) => part !== "").join(" ");
    const numbered = `${link} ${textField(row, "question_number")}`;
    const nth = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((n) => !seen.has(`${numbered} ${n}`));
    if (nth === undefined) throw new DataError(`${row.where}: question ${numbered} occurs too often`);
    seen.add(`${numbered} ${nth}`);
    if (nth > 1)
      report.remark("questions with the link and number of another; told apart by their order", row.where);
    if (words.trim() === "" || text === "") {
      report.leaveOut("questions without text or passage", row.where);
      continue;
    }
    const first = known.get(link);
    if (first === undefined) {
      all.passages.push({ lang, link, text, n: known.size });
      known.set(link, text);
    } else if (first !== text)
      report.remark(
        "passages with another text than their link's first, which stands, as in MTEB",
        row.where,
      );
    const concept = nth === 1 ? numbered : `${numbered} ${nth}`;
    const same = questions.get(words);
    if (same) {
      report.remark("questions in the words of another, asked once, as in MTEB", row.where);
      same.concepts.add(concept);
    } else questions.set(words, { text: words.trim(), concepts: new Set([concept]) });
    const asked = all.askedOf.get(link) ?? new Set();
    all.askedOf.set(link, asked.add(concept));
  }
  let n = 0;
  for (const { text, concepts } of questions.values()) {
    const concept = [...concepts].sort().join(" + ");
    if (concepts.size > 1)
      for (const asked of all.askedOf.values())
        if ([...concepts].some((one) => asked.has(one))) asked.add(concept);
    yield { side: "queries", record: { _id: `${lang}:Q${n++}`, text, lang, concept, split: "test" } };
  }
}
