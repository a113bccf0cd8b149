// Training files of other tools: sentence-transformers' pairs and triplets, Tevatron's and BGE's JSON lines, and tables with
// columns of one's own. Concept = that of its column, in all languages, else the query's text with its language; passages of
// equal text are one. Splits by hash of the concept.
import { createSharedPassages, splitByHash } from "../converters/parallelTexts.ts";
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { createHold } from "../converters/hold.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { readTable, TABLE } from "../formats/readTable.ts";
import { lacking, optionalText, textField, type TableRow } from "../formats/tableRow.ts";
import { languageTag } from "../languages/languageTag.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { namesOf, negativeColumns, PAIR_COLUMNS, unusedColumns } from "./pairColumns.ts";
import { pairLanguages, type PairLanguages } from "./pairLanguages.ts";
import { passageTexts } from "./passageTexts.ts";
import { quoting } from "./quoting.ts";
import { splitNamed } from "./retrievalRecords.ts";

interface Pairs {
  readonly query: string;
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
}

/** Every table among the files is read; rows without a query or a positive are left out. */
export function createPairsConverter(datasetId: string, options: FormatOptions = {}): Converter {
  const { columns, unquote = false } = options;
  return {
    datasetId,
    fileNames: ["*.jsonl, *.csv, *.tsv or *.parquet with columns for query and passage"],
    accepts: (names) => names.some((name) => TABLE.test(name)),
    async *convert(files, report) {
      const passages = createSharedPassages();
      const hold = createHold("pairs", "give fewer rows, or a BEIR folder, whose documents take none");
      const concepts = new Map<string, { concept: string; split: Split }>(); // what makes one -> concept
      const asked = new Map<string, Set<string>>(); // language and named concept -> its queries
      const seen = new Set<string>(); // columns of all rows so far
      const tables = files.filter(({ name }) => TABLE.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
      if (columns?.query && columns.query === columns.positive)
        throw new DataError(`column ${columns.query} cannot be both query and passage`);
      for (const file of tables) {
        const languages = pairLanguages(file.name, options, report);
        for await (const row of readTable(file, quoting(unquote, report))) {
          for (const column in row.fields) seen.add(column);
          const { query, positives, negatives } = partsOf(row, columns, seen);
          if (query.trim() === "" || positives.length === 0) {
            report.leaveOut("rows without a query or without a positive passage", row.where);
            continue;
          }
          const queryLang = langOf(row, "query", columns, languages, report);
          const passageLang = langOf(row, "passage", columns, languages, report);
          const named = optionalText(row, ...namesOf("concept", columns));
          const key = named === "" ? `${queryLang}:${query}` : `:${named}`; // no language is empty
          const known = concepts.get(key) ?? {
            concept: `q${concepts.size}`,
            split: splitNamed(optionalText(row, ...namesOf("split", columns))) ?? splitByHash(key),
          };
          const id = `${queryLang}:${known.concept}`;
          const queries = asked.get(id) ?? new Set();
          const isNew = named === "" ? !concepts.has(key) : !queries.has(query);
          concepts.set(key, known);
          if (named !== "") asked.set(id, queries.add(query));
          if (isNew) {
            hold(key, row.where);
            const _id = queries.size > 1 ? `${id}.${queries.size}` : id;
            yield { side: "queries", record: { _id, text: query, lang: queryLang, ...known } };
          }
          const at = { lang: passageLang, split: "any" } as const;
          const answers = positives.map((text) => ({ ...at, text, concept: known.concept }));
          for (const passage of [...answers, ...negatives.map((text) => ({ ...at, text }))])
            if (passages.add(passage)) hold(passage.text, row.where);
        }
      }
      checkDeclared(columns, [...seen]);
      const unused = unusedColumns([...seen], columns);
      if (unused.length > 0) report.note(`Noted: not used: columns ${unused.join(", ")}`);
      yield* passages.records();
    },
  };
}

/** @throws DataError where a declared column is in no row */
function checkDeclared(columns: FormatOptions["columns"], seen: readonly string[]): void {
  for (const part of seen.length > 0 ? PAIR_COLUMNS : []) {
    const column = columns?.[part];
    const isThere =
      !column || seen.includes(column) || (part === "negative" && negativeColumns(seen, columns).length > 0);
    if (isThere) continue;
    const isCode = /Lang$/.test(part) && languageTag(column) !== null;
    const hint = isCode
      ? `; for one language of all rows: --passage-lang or --lang, or their boxes in the page`
      : "";
    throw new DataError(
      `there is no column "${column}" for ${part}; the columns are ${seen.join(", ")}${hint}`,
    );
  }
}

/**
 * @param seen columns of the rows so far: one that a row lacks or that is null there is empty
 * @throws DataError naming a row of a table that has no column for query or passage, or a label that is neither 0 nor 1
 */
function partsOf(row: TableRow, columns: FormatOptions["columns"], seen: ReadonlySet<string>): Pairs {
  const valueOf = (part: "query" | "positive"): string | undefined => {
    const names = namesOf(part, columns);
    const column = names.find((name) => (row.fields[name] ?? null) !== null);
    if (column !== undefined || names.some((name) => seen.has(name))) return column;
    const error = lacking(row, names);
    throw "translation" in row.fields
      ? new DataError(`${error.message}; it is a parallel text, which has a format of its own`)
      : error;
  };
  const queryColumn = valueOf("query");
  const query = queryColumn === undefined ? "" : textField(row, queryColumn);
  const column = valueOf("positive");
  const given = column === undefined ? [] : passageTexts(row, column);
  const negatives = negativeColumns(Object.keys(row.fields), columns).flatMap((name) =>
    passageTexts(row, name),
  );
  const isList = column !== undefined && Array.isArray(row.fields[column]); // Tevatron's and BGE's have no label
  return isList || isPositive(row, columns)
    ? { query, positives: given, negatives }
    : { query, positives: [], negatives: [...negatives, ...given] };
}

function isPositive(row: TableRow, columns: FormatOptions["columns"]): boolean {
  const name = namesOf("label", columns).find((one) => (row.fields[one] ?? null) !== null);
  const value = name === undefined ? "" : row.fields[name];
  const label =
    typeof value === "boolean" ? String(Number(value)) : name === undefined ? "" : textField(row, name);
  if (label !== "" && Number(label) !== 0 && Number(label) !== 1) {
    throw new DataError(
      `${row.where}: label is ${label}; pairs for retrieval have 0 or 1, not degrees of similarity`,
    );
  }
  return label === "" || Number(label) === 1;
}

function langOf(
  row: TableRow,
  side: "query" | "passage",
  columns: FormatOptions["columns"],
  languages: PairLanguages,
  report: ConversionReport,
): string {
  const code = optionalText(row, ...namesOf(`${side}Lang`, columns));
  if (code === "") return languages.fallback(side, row, report);
  const lang = languageTag(code);
  if (lang === null) throw new DataError(`${row.where}: "${code}" is no language code such as "sw"`);
  return lang;
}
