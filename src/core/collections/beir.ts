// BEIR folders: corpus.jsonl, queries.jsonl and qrels/*.tsv; a folder per language where there are several. Also MTEB's, which
// keep the same three tables in folders "sw-corpus", "sw-queries", "sw-qrels" (or "corpus", "queries", "default").
import type { ConversionReport, Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { readTable, TABLE } from "../formats/readTable.ts";
import { optionalText, textField, type TableRow } from "../formats/tableRow.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";
import { isListed } from "../languages/languageInfo.ts";
import { languageTag } from "../languages/languageTag.ts";
import { readJudgements } from "./judgementFile.ts";
import { retrievalRecords, splitNamed, titled, type GivenText, type Judgement } from "./retrievalRecords.ts";

/** The files of one language. */
interface Parts {
  readonly lang: string;
  readonly corpus: SourceFile[];
  readonly queries: SourceFile[];
  readonly judgements: { split: Split; file: SourceFile }[];
}

/** @param lang of rows and folders that name none; undefined: English, as in BEIR itself, with a note */
export function createBeirConverter(datasetId: string, lang?: string): Converter {
  return {
    datasetId,
    fileNames: ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"],
    accepts: (names) => {
      const roles = new Set(names.flatMap((name) => roleOf(name)?.role ?? []));
      return roles.has("corpus") && roles.has("queries") && roles.has("qrels");
    },
    async *convert(files, report) {
      const sets = groupFiles(files, lang, report);
      for (const parts of sets) {
        yield* retrievalRecords(
          {
            lang: parts.lang,
            documents: texts(parts.corpus, true),
            queries: texts(parts.queries, false),
            judgements: parts.judgements.map(({ split, file }) => ({ split, rows: judgements(file) })),
            // Ids of two languages need not mean the same, so each language has concepts of its own.
            conceptOf: (id) => (sets.length > 1 ? `${parts.lang}:${id}` : id),
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
  lang: string | undefined,
  report: ConversionReport,
): readonly Parts[] {
  const groups = new Map<string, Parts>();
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const file of sorted) {
    const found = roleOf(file.name);
    if (!found) continue;
    const { role, folder, code, part } = found;
    const key = `${folder} ${code}`;
    const own = (code === "" ? null : languageTag(code)) ?? languageOfFolder(folder) ?? lang;
    if (own === undefined && !groups.has(key))
      report.remark("folders that name no language; English is assumed", folder || file.name);
    const parts = groups.get(key) ?? { lang: own ?? "en", corpus: [], queries: [], judgements: [] };
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
  if (whole.length === 0) throw new DataError("no folder has all of corpus, queries and qrels");
  const parts = whole.map(([, value]) => value);
  const twice = parts.find(({ lang: tag }, i) => parts.findIndex((other) => other.lang === tag) !== i);
  if (twice)
    throw new DataError(`two folders are in "${twice.lang}": name them by their languages, such as "sw"`);
  return parts;
}

/** "x/sw" -> "sw"; a name like "nq" or "set" is no language of the lab's table and says nothing. */
function languageOfFolder(folder: string): string | undefined {
  const tag = languageTag(baseName(folder));
  return tag !== null && isListed(tag) ? tag : undefined;
}

async function* texts(files: readonly SourceFile[], hasTitle: boolean): AsyncGenerator<GivenText> {
  for (const file of files) {
    for await (const row of readTable(file)) {
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
