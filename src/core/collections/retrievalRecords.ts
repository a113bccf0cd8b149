// A retrieval collection (documents, queries, judgements) to records. Concept = query: a document carries the concepts of
// the queries it answers, with their grades. Decides what is left out and counts it; reads no file itself.
import type { ConversionReport } from "../converters/converter.ts";
import { createHold } from "../converters/hold.ts";
import { createHashedNumbers } from "../data/conceptNumbers.ts";
import { DataError } from "../inputError.ts";
import { MAX_GRADE, type SidedRecord, type Split } from "../data/records.ts";

export interface GivenText {
  readonly id: string;
  readonly text: string;
  readonly lang?: string; // of this row, where the format has it
  readonly where: string;
}

export interface Judgement {
  readonly query: string;
  readonly document: string;
  readonly grade: number; // > 0 relevant
  readonly where: string;
}

/** One collection; a set of several languages gives one each. */
export interface Collection {
  readonly lang: string; // of rows that name none
  readonly documentLang?: string; // of documents that name none; left out: `lang`
  readonly documents: AsyncIterable<GivenText>;
  readonly queries: AsyncIterable<GivenText>;
  readonly judgements: readonly { readonly split: Split; readonly rows: AsyncIterable<Judgement> }[];
  /** What becomes of a document with a query's id, which is told; left out: ids of the two sides have nothing in common. */
  readonly ownDocuments?: "counted" | "left out";
  /** "not used: …" of files beside these, one of which may be the right one. */
  readonly beside?: string | undefined;
  /** The concept of a query: its id, where ids mean the same in all languages; else with the language in it. */
  conceptOf(queryId: string): string;
}

/** What the judgements say of one query. */
interface Judged {
  split: Split;
  readonly concept: string;
  isAnswered: boolean; // a relevant document is there
}

const STRICTEST: readonly Split[] = ["train", "dev", "test"]; // a query judged in two splits goes to the last

/**
 * Documents belong to every split, as all queries of a collection search it whole. A query is left out when nothing
 * relevant to it is among the documents: AP is undefined there. Documents that share an id with a query stay.
 *
 * Memory: judgements, and 22 to 44 bytes for each document id, as English MIRACL has 33 million. Documents and queries
 * pass through.
 * @throws DataError naming file and line
 */
export async function* retrievalRecords(
  collection: Collection,
  report: ConversionReport,
): AsyncGenerator<SidedRecord> {
  const { lang, documentLang = lang, ownDocuments, conceptOf } = collection;
  const beside = collection.beside === undefined ? "" : `; ${collection.beside}`;
  const judged = new Map<string, Judged>();
  const answers = new Map<string, Map<string, number>>(); // document -> query -> grade
  const hold = createHold("judgements and queries", "give fewer of them");
  let firstWhere: string | undefined; // of the judgements
  for (const { split, rows } of collection.judgements) {
    for await (const judgement of rows) {
      const { query, document, grade, where } = judgement;
      if (!Number.isInteger(grade) || grade > MAX_GRADE) {
        throw new DataError(`${where}: grade is ${grade}, must be a whole number up to ${MAX_GRADE}`);
      }
      if (grade <= 0) {
        report.leaveOut("judgements of a document as not relevant", where);
        continue;
      }
      firstWhere ??= where;
      const known = judged.get(query);
      if (!known) judged.set(query, { split, concept: conceptOf(query), isAnswered: false });
      else if (known.split !== split) {
        report.remark(
          "judgements of a query in two splits, which goes to the later of train, dev and test",
          where,
        );
        if (STRICTEST.indexOf(split) > STRICTEST.indexOf(known.split)) known.split = split;
      }
      const grades = answers.get(document) ?? new Map<string, number>();
      answers.set(document, grades);
      const before = grades.get(query);
      if (before !== undefined && before !== grade) {
        throw new DataError(`${where}: document ${document} of query ${query} is judged ${before} already`);
      }
      if (before === undefined) hold(document, where);
      grades.set(query, grade);
    }
  }

  if (firstWhere === undefined)
    throw new DataError(
      `no folder of "${lang}" has a judgement of a document as relevant: qrels are empty or all 0${beside}`,
    );
  const missing = new Set(answers.keys());
  const judgedFirst = { documents: firstOf(answers), queries: firstOf(judged) };
  const documentsFirst: string[] = [];
  const seen = createHashedNumbers();
  let texts = new Int32Array(2 ** 10); // number of a document -> hash of its text
  const pool = new Set<string>(); // languages of the documents
  for await (const { id, text, lang: own = documentLang, where } of collection.documents) {
    if (text.trim() === "") {
      report.leaveOut("documents without text", where);
      continue;
    }
    const _id = `${own}:${id}`;
    const hash = textHash(text);
    const n = seen.size;
    const known = seen.numberOf(_id);
    if (known < n) {
      if (texts[known] !== hash)
        throw new DataError(`${where}: document ${id} occurs twice with different texts`);
      report.leaveOut("documents given twice, word for word", where);
      continue;
    }
    if (n === texts.length) {
      const short = texts;
      texts = new Int32Array(2 * n);
      texts.set(short);
    }
    texts[n] = hash;
    if (n < NAMED_IDS) documentsFirst.push(id);
    pool.add(own);
    missing.delete(id);
    const queries = [...(answers.get(id) ?? [])];
    const concepts = queries.map(([query]) => judged.get(query)!.concept);
    const grades = queries.map(([, grade]) => grade);
    for (const [query] of queries) judged.get(query)!.isAnswered = true;
    const record = { _id, text, lang: own, concepts, split: "any" } as const;
    yield { side: "passages", record: grades.some((grade) => grade !== 1) ? { ...record, grades } : record };
  }
  if (missing.size === answers.size)
    throw strangers(firstWhere, "document", judgedFirst.documents, documentsFirst, beside);
  for (const document of missing)
    report.leaveOut("judged documents that are not in the collection", document);

  const nDocuments = seen.size;
  const isDocument = (own: string, id: string) =>
    [own, documentLang].some((one) => seen.numberOf(`${one}:${id}`) < nDocuments);
  const asked = new Set<string>();
  const pools = pool.size > NAMED_LANGUAGES ? `${pool.size} languages` : [...pool].join("+") || documentLang;
  for await (const { id, text, lang: own = lang, where } of collection.queries) {
    if (asked.size === asked.add(id).size) throw new DataError(`${where}: query ${id} occurs twice`);
    hold(id, where);
    const facts = judged.get(id);
    if (!facts?.isAnswered) {
      report.leaveOut("queries without a relevant document", where, `${own} > ${pools}`);
    } else if (text.trim() === "") report.leaveOut("queries without text", where);
    else {
      const record = { _id: `${own}:${id}`, text, lang: own, concept: facts.concept, split: facts.split };
      if (ownDocuments && isDocument(own, id)) report.remark(OWN[ownDocuments], where);
      yield { side: "queries", record };
    }
  }
  if (![...judged.keys()].some((query) => asked.has(query)))
    throw strangers(firstWhere, "query", judgedFirst.queries, firstOf(asked), beside);
  for (const query of judged.keys()) {
    if (!asked.has(query)) report.leaveOut("judged queries that are not given", query);
  }
}

const NAMED_IDS = 3;
const NAMED_LANGUAGES = 12; // of a pool

const OWN = {
  counted:
    "queries with the id of a document, which counts as any other; BEIR and MTEB leave it out (--leave-out-own, or its box in the page)",
  "left out": "queries with the id of a document, which is left out of their rankings, as in BEIR and MTEB",
};

function firstOf(ids: ReadonlySet<string> | ReadonlyMap<string, unknown>): readonly string[] {
  return [...ids.keys()].slice(0, NAMED_IDS);
}

/** Judgements of another collection, or of another version of it. */
function strangers(
  where: string,
  what: "document" | "query",
  judged: readonly string[],
  given: readonly string[],
  beside: string,
): DataError {
  const [named, there] = [judged.join(", "), given.join(", ") || "none"];
  const plural = what === "query" ? "queries" : "documents";
  return new DataError(
    `${where}: the judgements fit no ${what}: the first they name are ${named}; the first ${plural} are ${there}${beside}`,
  );
}

/** "title" and "text" of a document as one passage: a line break between them, or the one that is there. */
export function titled(title: string, text: string): string {
  return title.trim() === "" ? text : text.trim() === "" ? title : `${title}\n${text}`;
}

/** The split that a part of a published set is for: train, dev (also "validation") or test; null for other names. */
export function splitNamed(name: string): Split | null {
  if (/^train/i.test(name)) return "train";
  if (/^(dev|valid)/i.test(name)) return "dev";
  return /^test/i.test(name) ? "test" : null;
}

/** FNV-1a over UTF-16 units: tells texts under one id apart, no more. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
