// The fully parallel multilingual NanoBEIR (LiquidAI), a set for each of its 13 parts, as MTEB's MultilingualNano tasks define
// them: ids mean the same in all languages, so concept = question. A document with a question's id counts as any other.
import type { Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import { readTable } from "../formats/readTable.ts";
import { optionalText, textField } from "../formats/tableRow.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { languageTag } from "../languages/languageTag.ts";
import { NANO_PARTS, nanoSetId } from "./nanoParts.ts";
import { retrievalRecords, type GivenText, type Judgement } from "./retrievalRecords.ts";

type Role = "corpus" | "queries" | "qrels";
const ROLES: readonly Role[] = ["corpus", "queries", "qrels"];

/**
 * The three layouts in which the hub has it: MTEB's copies, a configuration for each language and part of a set, a file for each.
 * Files of a configuration are "test-00000-of-00001.parquet", or "test/0000.parquet" where the hub converted them.
 */
const LAYOUTS: readonly RegExp[] = [
  /Nano(?<part>[A-Z][A-Za-z0-9]*?)Retrieval\b.*\/(?<lang>[a-z]{2})-(?<role>corpus|queries|qrels)\/test(?:-\d+-of-\d+|\/\d+)?\.parquet$/,
  /(?:^|\/)Nano(?<part>[A-Za-z0-9]+)_(?<lang>[a-z]{2})(?:_qrels)?\/(?<role>corpus|queries|qrels)(?:-\d+-of-\d+|\/\d+)?\.parquet$/,
  /(?:^|\/)Nano(?<part>[A-Za-z0-9]+)_(?<role>corpus|queries|qrels)_(?<lang>[a-z]{2})\.parquet$/,
];

function roleOf(path: string): { part: string; lang: string; role: Role } | undefined {
  const groups = LAYOUTS.map((layout) => layout.exec(path)?.groups).find((found) => found !== undefined);
  if (!groups) return undefined;
  const part = groups["part"]!.replace(/Retrieval$/, "").toLowerCase(); // "ClimateFEVER" and "ClimateFever" are one
  return { part, lang: languageTag(groups["lang"]!) ?? groups["lang"]!, role: groups["role"] as Role };
}

type Files = Record<Role, SourceFile[]>;

function createNanoConverter(name: string): Converter {
  const id = nanoSetId(name);
  const wanted = name.toLowerCase();
  return {
    datasetId: id,
    fileNames: ROLES.map((role) => `MultilingualNano${name}Retrieval/*-${role}/test-*.parquet`),
    accepts: (names) => {
      const found = names.flatMap((path) => roleOf(path) ?? []).filter(({ part }) => part === wanted);
      return ROLES.every((role) => found.some((file) => file.role === role));
    },
    async *convert(files, report) {
      for (const [lang, own] of byLanguage(files, wanted, id)) {
        yield* retrievalRecords(
          {
            lang,
            documents: texts(own.corpus, true),
            queries: texts(own.queries, false),
            judgements: own.qrels.map((file) => ({ split: "test", rows: judgements(file) })),
            conceptOf: (query) => query,
          },
          report,
        );
      }
    },
  };
}

/** @throws DataError where a language lacks one of its three tables, or has one twice */
function byLanguage(files: readonly SourceFile[], wanted: string, id: string): ReadonlyMap<string, Files> {
  const found = new Map<string, Files>();
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const known = roleOf(file.name);
    if (known?.part !== wanted) continue;
    const own = found.get(known.lang) ?? { corpus: [], queries: [], qrels: [] };
    found.set(known.lang, own);
    const other = own[known.role][0];
    if (other && folderOf(other) !== folderOf(file))
      throw new DataError(
        `${other.name} and ${file.name} are both ${known.role} in ${known.lang}: give one of them`,
      );
    own[known.role].push(file);
  }
  for (const [lang, own] of found) {
    const missing = ROLES.filter((role) => own[role].length === 0);
    const there = ROLES.filter((role) => own[role].length > 0);
    if (missing.length > 0)
      throw new DataError(
        `${id}: ${missing.join(" and ")} in ${lang} missing; there is ${there.join(" and ")}`,
      );
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const folderOf = ({ name }: SourceFile) => name.slice(0, name.lastIndexOf("/") + 1);

/** Title and text as MTEB joins them. */
const joined = (title: string, text: string) => (title === "" ? text : `${title} ${text}`).trim();

async function* texts(files: readonly SourceFile[], hasTitle: boolean): AsyncGenerator<GivenText> {
  for (const file of files) {
    for await (const row of readTable(file)) {
      const text = textField(row, "text");
      const id = textField(row, "_id", "id");
      yield { id, text: hasTitle ? joined(optionalText(row, "title"), text) : text, where: row.where };
    }
  }
}

/** A pair without a grade is relevant, as all pairs are. */
async function* judgements(file: SourceFile): AsyncGenerator<Judgement> {
  for await (const row of readTable(file)) {
    const [query, document] = [textField(row, "query-id"), textField(row, "corpus-id")];
    yield { query, document, grade: Number(optionalText(row, "score") || 1), where: row.where };
  }
}

export const nanoBeir: readonly Converter[] = NANO_PARTS.map(createNanoConverter);
