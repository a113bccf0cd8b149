// Parallel text of one's own: Moses' files (a.en, a.de: one sentence a line, equal lines), TMX, and tables whose column
// `translation` holds a text for each language. Concept = the sentence in the pivot, so that what is said twice is one.
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { createHold } from "../converters/hold.ts";
import { bitext, splitByHash, tagVarieties } from "../converters/parallelTexts.ts";
import type { SidedRecord, Split } from "../data/records.ts";
import { DataError } from "../inputError.ts";
import { readLines, type Line } from "../formats/readText.ts";
import { readTable, TABLE } from "../formats/readTable.ts";
import { readTmx } from "../formats/readTmx.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";
import { isListed } from "../languages/languageInfo.ts";
import { languageTag } from "../languages/languageTag.ts";
import { splitNamed } from "./retrievalRecords.ts";

/** One sentence in several languages, by code as written. */
interface Unit {
  readonly texts: ReadonlyMap<string, string>;
  readonly split: Split | null; // null: by hash of the sentence
  readonly where: string;
}

/** Files of one stem, by code: "x/train.en" and "x/train.de" are the stem "x/train". */
type Moses = ReadonlyMap<string, ReadonlyMap<string, SourceFile>>;

export function createParallelConverter(datasetId: string): Converter {
  return {
    datasetId,
    fileNames: ["two files such as a.en and a.de, *.tmx, or a table with a column translation"],
    accepts: (names) =>
      mosesStems(names).size > 0 || names.some((name) => /\.tmx$/i.test(name) || TABLE.test(name)),
    convert: (files, report) => records(unitsOf(files), report),
  };
}

/** True where the first row of a table is a parallel text. Never throws: whoever reads it will be told. */
export async function isTranslation(table: SourceFile): Promise<boolean> {
  try {
    for await (const { fields } of readTable(table)) return isTexts(fields["translation"]);
  } catch {
    return false;
  }
  return false;
}

/** Two passes: the codes decide the tags, and which language is the pivot, before the first record. */
async function* records(units: AsyncGenerator<Unit>, report: ConversionReport): AsyncGenerator<SidedRecord> {
  const held: Unit[] = [];
  const hold = createHold("sentences", "give fewer of them, or several sets");
  const codes = new Set<string>();
  for await (const unit of units) {
    held.push(unit);
    for (const text of unit.texts.values()) hold(text, unit.where);
    for (const code of unit.texts.keys()) codes.add(code);
  }
  const stray = [...codes].find((code) => languageTag(code) === null);
  if (stray !== undefined) throw new DataError(`"${stray}" is no language code such as "sw"`);
  const tags = tagVarieties([...codes].sort(), report);
  const languages = [...tags.values()];
  const pivot = languages.includes("en") ? "en" : [...languages].sort()[0];
  const concepts = new Map<string, { concept: string; given: Set<string>; counts: Map<string, number> }>(); // sentence of the pivot -> its number
  for (const { texts, split: stated, where } of held) {
    const byTag = new Map<string, string>();
    for (const [code, text] of texts) {
      const tag = tags.get(code);
      if (tag !== undefined && text.trim() !== "") byTag.set(tag, text);
    }
    if (byTag.size < 2) {
      report.leaveOut("sentences that are not there in two languages", where);
      continue;
    }
    const sentence = byTag.get(pivot!) ?? [...byTag].map(([tag, text]) => `${tag}:${text}`).join("\n");
    const split = stated ?? splitByHash(sentence);
    const key = `${split} ${sentence}`;
    const known = concepts.get(key) ?? {
      concept: String(concepts.size),
      given: new Set<string>(),
      counts: new Map<string, number>(),
    };
    concepts.set(key, known);
    for (const [lang, text] of [...byTag].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (known.given.has(`${lang}:${text}`)) continue; // word for word as before
      known.given.add(`${lang}:${text}`);
      const n = known.counts.get(lang) ?? 0;
      known.counts.set(lang, n + 1);
      const _id = `${lang}:${known.concept}${n === 0 ? "" : `.${n}`}`;
      yield* bitext({ _id, text, lang, concept: known.concept, split });
    }
  }
}

/** Tables only where nothing else is there. */
async function* unitsOf(files: readonly SourceFile[]): AsyncGenerator<Unit> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const moses = mosesFiles(sorted);
  const memories = sorted.filter(({ name }) => /\.tmx$/i.test(name));
  for (const [stem, byCode] of moses) yield* mosesUnits(byCode, splitOf(baseName(stem)));
  for (const file of memories) {
    const split = splitOf(baseName(file.name));
    for (const { texts, where } of await readTmx(file)) yield { texts, split, where };
  }
  if (moses.size > 0 || memories.length > 0) return;
  for (const file of sorted.filter(({ name }) => TABLE.test(name))) {
    const split = splitOf(baseName(file.name));
    for await (const { fields, where } of readTable(file)) {
      const { translation } = fields;
      if (!isTexts(translation)) {
        const columns = Object.keys(fields).join(", ");
        throw new DataError(`${where}: translation must hold a text for each language; it has ${columns}`);
      }
      const texts = Object.entries(translation).map(([code, text]) => [code, text ?? ""] as const);
      yield { texts: new Map(texts), split, where };
    }
  }
}

/** A part's own name decides; what is not for training is for the test, as a parallel text has no dev queries. */
function splitOf(name: string): Split | null {
  const split = splitNamed(name);
  return split === "dev" ? "test" : split;
}

function isTexts(value: unknown): value is Readonly<Record<string, string | null>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => text === null || typeof text === "string");
}

function mosesStems(names: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const stems = new Map<string, Map<string, number>>();
  names.forEach((name, i) => {
    const found = /^(.+)\.([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)$/.exec(name);
    const [, stem = "", code = ""] = found ?? [];
    const tag = code === "" ? null : languageTag(code);
    if (tag === null || !isListed(tag)) return; // "README.md" and "run.py" are no languages of the table
    stems.set(stem, (stems.get(stem) ?? new Map<string, number>()).set(code, i));
  });
  return new Map([...stems].filter(([, codes]) => codes.size > 1));
}

function mosesFiles(files: readonly SourceFile[]): Moses {
  const stems = mosesStems(files.map(({ name }) => name));
  return new Map(
    [...stems].map(([stem, codes]) => [stem, new Map([...codes].map(([code, i]) => [code, files[i]!]))]),
  );
}

/** Line by line. @throws DataError where the files have not equally many lines */
async function* mosesUnits(
  byCode: ReadonlyMap<string, SourceFile>,
  split: Split | null,
): AsyncGenerator<Unit> {
  const sides = [...byCode].map(([code, file]) => ({ code, file, lines: readLines(file) }));
  try {
    for (;;) {
      const lines: { code: string; file: SourceFile; line: Line | undefined }[] = [];
      for (const { code, file, lines: all } of sides) {
        const next = await all.next();
        lines.push({ code, file, line: next.done === true ? undefined : next.value });
      }
      const ended = lines.find(({ line }) => line === undefined);
      const going = lines.find(({ line }) => line !== undefined);
      if (going === undefined) return;
      if (ended !== undefined) {
        throw new DataError(
          `${going.file.name}: has more lines than ${ended.file.name}; they must be aligned`,
        );
      }
      const texts = new Map(lines.map(({ code, line }) => [code, line!.text]));
      yield { texts, split, where: going.line!.where };
    }
  } finally {
    for (const { lines } of sides) await lines.return(undefined);
  }
}
