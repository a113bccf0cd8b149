// Training files of other tools: sentence-transformers' pairs and triplets, Tevatron's and BGE's JSON lines, and tables with
// columns of one's own. Concept = query text (with its language); passages of equal text are one. Splits by hash of the query.
import { createSharedPassages, splitByHash } from "../converters/parallelTexts.ts";
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { readTable, TABLE } from "../formats/readTable.ts";
import { optionalText, textField, type TableRow } from "../formats/tableRow.ts";
import { languageTag } from "../languages/languageTag.ts";
import { splitNamed, titled } from "./retrievalRecords.ts";

/** What a column is; several names mean one thing in different tools. The first that a row has counts. */
const ALIASES = {
  query: ["query", "anchor", "question", "sentence1"],
  positive: ["passage", "positive", "answer", "document", "sentence2", "text"],
  negative: ["negative", "negative_1", "negative_2", "negative_3", "negative_4", "negative_5"],
  label: ["label", "score"],
  queryLang: ["query_lang", "lang", "language"],
  passageLang: ["passage_lang", "lang", "language"],
  split: ["split"],
} as const;
export type PairPart = keyof typeof ALIASES;

export interface PairOptions {
  /** Of rows that name none. */
  readonly lang?: string;
  /** Columns of one's own: part -> name in the file; "" = none. */
  readonly columns?: Readonly<Partial<Record<PairPart, string>>>;
}

export const PAIR_COLUMNS = Object.keys(ALIASES) as readonly PairPart[];

/** Columns with a list of passages, in Tevatron's and BGE's files. */
const LISTS = ["positive_passages", "pos"];

/** Which column is what, by the names that tools give them. */
export function suggestColumns(columns: readonly string[]): Partial<Record<PairPart, string>> {
  const known = PAIR_COLUMNS.flatMap((part) => {
    const names: readonly string[] = part === "positive" ? [...LISTS, ...ALIASES[part]] : ALIASES[part];
    const column = names.find((name) => columns.includes(name));
    return column === undefined ? [] : [[part, column]];
  });
  return Object.fromEntries(known) as Partial<Record<PairPart, string>>;
}

interface Pairs {
  readonly query: string;
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
}

/** Every table among the files is read; rows without a query or a positive are left out. */
export function createPairsConverter(datasetId: string, options: PairOptions = {}): Converter {
  const namesOf = (part: PairPart) => {
    const declared = options.columns?.[part];
    return declared === undefined ? ALIASES[part] : declared === "" ? [] : [declared];
  };
  return {
    datasetId,
    fileNames: ["*.jsonl, *.csv, *.tsv or *.parquet with columns for query and passage"],
    accepts: (names) => names.some((name) => TABLE.test(name)),
    async *convert(files, report) {
      const passages = createSharedPassages();
      const concepts = new Map<string, { concept: string; split: Split }>(); // query's language and text -> concept
      const tables = files.filter(({ name }) => TABLE.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const file of tables) {
        for await (const row of readTable(file)) {
          const { query, positives, negatives } = partsOf(row, namesOf);
          const queryLang = langOf(row, namesOf("queryLang"), options.lang, report);
          const passageLang = langOf(row, namesOf("passageLang"), options.lang, report);
          if (query.trim() === "" || positives.length === 0) {
            report.leaveOut("rows without a query or without a positive passage", row.where);
            continue;
          }
          const key = `${queryLang}:${query}`;
          let known = concepts.get(key);
          if (!known) {
            const concept = `q${concepts.size}`;
            const split = splitNamed(optionalText(row, ...namesOf("split"))) ?? splitByHash(key);
            known = { concept, split };
            concepts.set(key, known);
            const record = { _id: `${queryLang}:${concept}`, text: query, lang: queryLang, concept, split };
            yield { side: "queries", record };
          }
          const at = { lang: passageLang, split: "any" } as const;
          for (const text of positives) passages.add({ ...at, text, concept: known.concept });
          for (const text of negatives) passages.add({ ...at, text });
        }
      }
      yield* passages.records();
    },
  };
}

/** @throws DataError naming the row that has no query, no passage, or a label that is neither 0 nor 1 */
function partsOf(row: TableRow, namesOf: (part: PairPart) => readonly string[]): Pairs {
  const query = textField(row, ...namesOf("query"));
  const { pos, neg, positive_passages: positive, negative_passages: negative } = row.fields;
  const names = namesOf("positive");
  const isWanted = (list: string) => names === ALIASES.positive || names.includes(list); // another column may be chosen
  if (positive !== undefined && isWanted("positive_passages")) {
    return { query, positives: passagesOf(row, positive), negatives: passagesOf(row, negative) }; // Tevatron
  }
  if (pos !== undefined && isWanted("pos"))
    return { query, positives: passagesOf(row, pos), negatives: passagesOf(row, neg) }; // BGE
  const passage = textField(row, ...names);
  const label = optionalText(row, ...namesOf("label"));
  if (label !== "" && Number(label) !== 0 && Number(label) !== 1) {
    throw new DataError(
      `${row.where}: label is ${label}; pairs for retrieval have 0 or 1, not degrees of similarity`,
    );
  }
  const positives = label === "" || Number(label) === 1 ? [passage] : [];
  const negatives = namesOf("negative").flatMap((name) => optionalText(row, name));
  const all = positives.length === 0 ? [...negatives, passage] : negatives;
  return { query, positives: positives.filter(isText), negatives: all.filter(isText) };
}

const isText = (text: string) => text.trim() !== "";

/** A list of texts, or of objects with title and text. */
function passagesOf(row: TableRow, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new DataError(`${row.where}: passages must be a list`);
  return value
    .map((item: unknown) => {
      if (typeof item === "string") return item;
      if (typeof item !== "object" || item === null || Array.isArray(item)) {
        throw new DataError(`${row.where}: a passage must be a text or an object with "text"`);
      }
      const fields = { fields: item as Readonly<Record<string, unknown>>, where: row.where }; // a JSON object
      return titled(optionalText(fields, "title"), textField(fields, "text"));
    })
    .filter(isText);
}

function langOf(
  row: TableRow,
  names: readonly string[],
  fallback: string | undefined,
  report: ConversionReport,
): string {
  const code = optionalText(row, ...names);
  if (code === "") {
    if (fallback === undefined) report.remark("rows that name no language; English is assumed", row.where);
    return fallback ?? "en";
  }
  const lang = languageTag(code);
  if (lang === null) throw new DataError(`${row.where}: "${code}" is no language code such as "sw"`);
  return lang;
}
