// Reads a TREC run: `qid iter docno rank score tag`. Never ranks it; see rankedGrades.ts.
import { withoutMetadata } from "./irMetadata.ts";
import { columnsOf, forEachLine, quote } from "./trecLines.ts";
import { TrecFormatError } from "../inputError.ts";

/** What was retrieved for one query, in the order of the file, each document once. */
export interface RunList {
  readonly ids: readonly string[];
  readonly scores: Float32Array; // same length; finite
}

export interface Run {
  readonly tag: string; // of the last line, as trec_eval reports it; "" if the file is empty
  readonly lists: ReadonlyMap<string, RunList>; // by query id
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const TABS = ", and a tab between all columns where an id holds spaces";

/**
 * Columns are split at white space, those of a line with exactly five tabs at its tabs, so that ids may hold spaces.
 * `iter` and `rank` are ignored: trec_eval re-sorts by score. Scores are rounded to float32, as trec_eval 9 stores them
 * (`float sim`; version 10 keeps doubles): two scores that differ only beyond float32 tie. The lab's own scores are
 * float32, so both agree on them.
 *
 * A head of ir_metadata (irMetadata.ts) is passed over.
 *
 * @param fileName for messages
 * @throws TrecFormatError on another number of columns than 6 (more are ids with spaces, cut), a score that is no finite
 *   number, or a document listed twice
 */
export function parseRun(headed: string, fileName: string): Run {
  const text = withoutMetadata(headed);
  const open = new Map<string, { ids: string[]; scores: number[] }>();
  let tag = "";
  forEachLine(text, (words, line, raw) => {
    const columns = columnsOf(raw, words, [6]);
    if (columns.length !== 6) {
      const n = columns.length;
      const wanted = `expected 6 columns "qid iter docno rank score tag"${n > 6 ? TABS : ""}`;
      throw new TrecFormatError(fileName, line, `got ${n} ${n === 1 ? "column" : "columns"}, ${wanted}`);
    }
    if (columns.includes("")) {
      throw new TrecFormatError(fileName, line, "got an empty column, expected something in all 6");
    }
    const [qid, , id, rank, text] = columns as [string, string, string, string, string];
    if (![1, 6].includes(raw.split("\t").length) && !DECIMAL.test(rank)) {
      throw new TrecFormatError(fileName, line, `got rank ${quote(rank)}, expected a number${TABS}`);
    }
    const score = DECIMAL.test(text) ? Math.fround(Number(text)) : NaN;
    if (!Number.isFinite(score)) {
      throw new TrecFormatError(fileName, line, `got score ${quote(text)}, expected a number within float32`);
    }
    tag = columns[5]!;
    let list = open.get(qid);
    if (!list) open.set(qid, (list = { ids: [], scores: [] }));
    list.ids.push(id);
    list.scores.push(score);
  });
  const lists = new Map<string, RunList>();
  for (const [qid, { ids, scores }] of open) {
    if (new Set(ids).size !== ids.length) reportDuplicate(text, fileName, qid);
    lists.set(qid, { ids, scores: Float32Array.from(scores) });
  }
  return { tag, lists };
}

/** Reads again to find the line: cheaper than keeping every line number of a good file. */
function reportDuplicate(text: string, fileName: string, wantedQid: string): never {
  const seen = new Map<string, number>();
  forEachLine(text, (words, line, raw) => {
    const [qid, , id] = columnsOf(raw, words, [6]);
    if (qid !== wantedQid) return;
    const first = seen.get(id!);
    if (first !== undefined) {
      const what = `document ${quote(id!)} of query ${quote(qid)} is on line ${first} already, expected once`;
      throw new TrecFormatError(fileName, line, what);
    }
    seen.set(id!, line);
  });
  throw new Error("unreachable: the first reading found a duplicate");
}
