// BEIR folders: corpus.jsonl, queries.jsonl and qrels/*.tsv; a folder per language where there are several. Also MTEB's, which
// keep the same three tables in folders "sw-corpus", "sw-queries", "sw-qrels" (or "corpus", "queries", "default").
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { readTable, TABLE, type TableOptions } from "../formats/readTable.ts";
import { optionalText, textField, type TableRow } from "../formats/tableRow.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";
import { languageTag } from "../languages/languageTag.ts";
import { sharedName } from "../languages/sameLanguage.ts";
import { languagesOfCode, languagesOfName, type NamedLanguages } from "../languages/namedLanguages.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { readJudgements } from "./judgementFile.ts";
import { languageSource } from "./languageSource.ts";
import { quoting } from "./quoting.ts";
import { isMissed, notUsed } from "./unusedFiles.ts";
import { retrievalRecords, splitNamed, titled, type GivenText, type Judgement } from "./retrievalRecords.ts";

/** The files of one language, or of queries in one and documents in another. */
interface Parts {
  readonly query: string; // tags
  readonly passage: string;
  readonly corpus: SourceFile[];
  readonly queries: SourceFile[];
  readonly judgements: { split: Split; file: SourceFile }[];
}

/**
 * Languages are those that rows name, then those of the folders' names ("sw", "ar-de" for Arabic queries and German documents),
 * which are noted, then the stated ones; a single folder goes by the stated ones first. Else English, as in BEIR itself, with a
 * note.
 */
export function createBeirConverter(datasetId: string, options: FormatOptions = {}): Converter {
  return {
    datasetId,
    fileNames: ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"],
    accepts: (names) => {
      const roles = new Set(names.flatMap((name) => roleOf(name)?.role ?? []));
      return roles.has("corpus") && roles.has("queries") && roles.has("qrels");
    },
    async *convert(files, report) {
      const sets = groupFiles(files, options, report);
      const used = new Set(
        sets.flatMap((set) => [...set.corpus, ...set.queries, ...set.judgements.map(({ file }) => file)]),
      );
      const beside = notUsed(files.filter((file) => !used.has(file) && isMissed(file)));
      const table = quoting(options.unquote, report);
      for (const parts of sets) {
        yield* retrievalRecords(
          {
            lang: parts.query,
            documentLang: parts.passage,
            documents: texts(parts.corpus, true, table),
            queries: texts(parts.queries, false, table),
            judgements: parts.judgements.map(({ split, file }) => ({ split, rows: judgements(file) })),
            // Ids of two languages need not mean the same, so each language has concepts of its own.
            beside,
            ownDocuments: options.leaveOutOwn ? "left out" : "counted",
            conceptOf: (id) => (sets.length > 1 ? `${parts.query}:${id}` : id),
          },
          report,
        );
      }
    },
  };
}

/** "x/sw/qrels/test.tsv" -> qrels of the folder "x/sw"; "x/sw-corpus/test-0.parquet" -> corpus of "x", language sw. */
function roleOf(
  path: string,
): { role: "corpus" | "queries" | "qrels"; folder: string; code: string; part: string } | null {
  if (!TABLE.test(path) && !/\.(qrels|txt)$/i.test(path)) return null;
  const folders = path.split("/");
  const name = folders.pop()!;
  const stem = name.slice(0, name.lastIndexOf("."));
  const config = folders.at(-1) ?? "";
  const match = /^(?:([A-Za-z]{2,3}(?:[-_]\w{2,4})*)[-_])?(corpus|queries|qrels)$/.exec(config);
  if (match) {
    const folder = folders.slice(0, -1).join("/");
    return { role: match[2] as "corpus", folder, code: match[1] ?? "", part: stem };
  }
  if (/^(corpus|queries)$/.test(stem)) {
    return { role: stem as "corpus", folder: folders.join("/"), code: "", part: "" };
  }
  // MTEB's sets of one language keep their judgements in the configuration "default".
  if (config === "default")
    return { role: "qrels", folder: folders.slice(0, -1).join("/"), code: "", part: stem };
  if (/^qrels/.test(stem)) {
    return { role: "qrels", folder: folders.join("/"), code: "", part: stem.replace(/^qrels[._-]?/, "") };
  }
  return null;
}

function groupFiles(
  files: readonly SourceFile[],
  { lang, passageLang }: FormatOptions,
  report: ConversionReport,
): readonly Parts[] {
  const groups = new Map<string, Omit<Parts, "query" | "passage"> & { folder: string; code: string }>();
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const file of sorted) {
    const found = roleOf(file.name);
    if (!found) continue;
    const { role, folder, code, part } = found;
    const key = `${folder} ${code}`;
    const parts = groups.get(key) ?? { folder, code, corpus: [], queries: [], judgements: [] };
    groups.set(key, parts);
    if (role !== "qrels") parts[role].push(file);
    else parts.judgements.push({ split: splitNamed(part) ?? "test", file });
  }
  const whole = [...groups].filter(([, { corpus, queries, judgements }]) => {
    return corpus.length > 0 && queries.length > 0 && judgements.length > 0;
  });
  for (const [key] of groups) {
    if (!whole.some(([other]) => other === key)) {
      report.leaveOut("folders without all of corpus, queries and judgements", key.trim() || "the folder");
    }
  }
  if (whole.length === 0) {
    const beside = notUsed(files.filter((file) => !roleOf(file.name) && isMissed(file)));
    throw new DataError(`no folder has all of corpus, queries and qrels${beside ? `; ${beside}` : ""}`);
  }
  const named: (NamedLanguages & { name: string })[] = [];
  const stated = whole.map(([, { folder, code, ...rest }]) => {
    const found = namedBy(folder, code);
    const isStated = whole.length === 1; // a person's word goes before a name's
    const query = (isStated ? lang : undefined) ?? found?.query ?? lang;
    const passage =
      (isStated ? (passageLang ?? (isPair(found) ? undefined : lang)) : undefined) ??
      found?.passage ??
      passageLang ??
      lang;
    if (found && (query === found.query || passage === found.passage)) named.push(found);
    if (query === undefined || passage === undefined) {
      checkCode(code);
      report.remark("folders that name no language; English is assumed", folder || rest.corpus[0]!.name);
    }
    return { ...rest, query: query ?? "en", passage: passage ?? "en" };
  });
  if (named.length > 0) report.note(languageSource(named));
  const parts = stated.map((part) => ofOneLanguage(part, stated, report));
  for (const side of ["query", "passage"] as const) {
    const twice = parts.find((one, i) => parts.findIndex((other) => other[side] === one[side]) !== i)?.[side];
    if (twice !== undefined) {
      const what = side === "query" ? "queries" : "documents";
      throw new DataError(
        `two folders have ${what} in "${twice}": name them by their languages, such as "sw", or add them one by one`,
      );
    }
  }
  return parts;
}

const isPair = (named: NamedLanguages | undefined) => named !== undefined && named.query !== named.passage;

/** A code before "-corpus" counts whatever its language; a folder's name only where it is one of the lab's table. */
function namedBy(folder: string, code: string): (NamedLanguages & { name: string }) | undefined {
  const named = languagesOfCode(code);
  if (named) return { name: code, ...named };
  const other = languagesOfName(baseName(folder));
  return other ? { name: baseName(folder), ...other } : undefined;
}

/** @throws DataError where "xx-de" before "-corpus" would be taken for English: one of its languages is told */
function checkCode(code: string): void {
  const parts = code.split(/[-_]/);
  if (languagesOfCode(code) || parts.length === 1 || !parts.some((part) => languagesOfName(part))) return;
  throw new DataError(
    `"${code}" before "-corpus" is no pair of languages that the lab knows; say them with --lang and --passage-lang, or their boxes in the page`,
  );
}

/** The languages that the files' own names state, where a single folder has all parts; a dialog asks about them. */
export function folderLanguages(names: readonly string[]): (NamedLanguages & { name: string }) | undefined {
  const keys = new Map(
    names.flatMap((name) => {
      const found = roleOf(name);
      return found ? [[`${found.folder} ${found.code}`, found] as const] : [];
    }),
  );
  const [only] = [...keys.values()];
  return keys.size === 1 ? namedBy(only!.folder, only!.code) : undefined;
}

async function* texts(
  files: readonly SourceFile[],
  hasTitle: boolean,
  table: TableOptions,
): AsyncGenerator<GivenText> {
  for (const file of files) {
    let isFirst = true;
    for await (const row of readTable(file, table)) {
      const known = hasTitle ? ["text", "query", "title"] : ["text", "query"];
      if (isFirst && !known.some((column) => column in row.fields)) textField(row, ...known); // says what is there
      isFirst = false;
      const body = optionalText(row, "text", "query");
      const text = hasTitle ? titled(optionalText(row, "title"), body) : body;
      const id = textField(row, "_id", "id", "query-id", "docid");
      yield { id, text, ...ownLanguage(row), where: row.where };
    }
  }
}

/** A row's own `lang`, the lab's addition to BEIR's fields. */
function ownLanguage(row: TableRow): { lang?: string } {
  const code = optionalText(row, "lang");
  if (code === "") return {};
  const lang = languageTag(code);
  if (lang === null) throw new DataError(`${row.where}: lang "${code}" is no language code such as "sw"`);
  return { lang };
}

async function* judgements(file: SourceFile): AsyncGenerator<Judgement> {
  if (/\.(tsv|qrels|txt)$/i.test(file.name)) {
    yield* readJudgements(file);
    return;
  }
  for await (const row of readTable(file)) {
    const grade = Number(textField(row, "score"));
    const query = textField(row, "query-id", "query_id");
    yield { query, document: textField(row, "corpus-id", "corpus_id"), grade, where: row.where };
  }
}

/** Queries in en-US beside documents in en are no cross-lingual ones, unless the set has folders in either. */
function ofOneLanguage(part: Parts, all: readonly Parts[], report: ConversionReport): Parts {
  const { query, passage } = part;
  const one = sharedName(query, passage);
  if (one === undefined) return part;
  if (all.some((other) => other !== part && [other.query, other.passage].includes(one))) return part;
  report.note(`Queries in ${query} and documents in ${passage} are of one language: ${one}`);
  return { ...part, query: one, passage: one };
}
