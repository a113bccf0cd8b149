// Reads relevance judgements: TREC's 4 columns or BEIR's 3 with a header row. Never compares them with a run.
import { columnsOf, forEachLine, quote, splitTabs } from "./trecLines.ts";
import { TrecFormatError } from "../inputError.ts";

/** Grade by document: > 0 relevant (the gain of nDCG), 0 judged not relevant, < 0 in the pool but not judged. */
export type Judgements = ReadonlyMap<string, number>;

export type Qrels = ReadonlyMap<string, Judgements>; // by query id

const INTEGER = /^[+-]?\d{1,9}$/;
const HEADER = /^(?:score|relevance|rel|grade|label)$/i; // of the third column: anything else is a bad grade
const TREC_COLUMNS = '4 columns "qid iter docno grade"';
const BEIR_COLUMNS = '3 columns "query-id corpus-id score"';

/**
 * The first line decides: 3 columns mean BEIR, with or without its header row, else TREC. In a line with exactly the
 * tabs of either, and in all lines under a header with tabs, only tabs separate, so that ids may hold spaces.
 *
 * @param fileName for messages
 * @throws TrecFormatError on another number of columns, a grade that is no integer, or a document judged twice
 */
export function parseQrels(text: string, fileName: string): Qrels {
  const qrels = new Map<string, Map<string, number>>();
  let beir: boolean | undefined;
  let tabs = false;
  forEachLine(text, (words, line, raw) => {
    const fields = tabs ? splitTabs(raw) : columnsOf(raw, words, [3, 4]);
    if (beir === undefined) {
      beir = fields.length === 3;
      if (beir && HEADER.test(fields[2]!)) {
        tabs = splitTabs(raw).length === 3;
        return;
      }
    }
    if (fields.length !== (beir ? 3 : 4)) {
      const wanted = beir ? BEIR_COLUMNS : `${TREC_COLUMNS}, or BEIR's ${BEIR_COLUMNS} under a header row`;
      const unit = fields.length === 1 ? "column" : "columns";
      throw new TrecFormatError(fileName, line, `got ${fields.length} ${unit}, expected ${wanted}`);
    }
    const qid = fields[0]!;
    const [id, gradeText] = fields.slice(-2) as [string, string];
    if (fields.includes("")) {
      const what = qid === "" || id === "" ? "id, expected a name" : "column, expected something in each";
      throw new TrecFormatError(fileName, line, `got an empty ${what}`);
    }
    if (!INTEGER.test(gradeText)) {
      throw new TrecFormatError(fileName, line, `got grade ${quote(gradeText)}, expected an integer`);
    }
    let judgements = qrels.get(qid);
    if (!judgements) qrels.set(qid, (judgements = new Map<string, number>()));
    if (judgements.has(id)) {
      const what = `document ${quote(id)} of query ${quote(qid)} is judged already, expected once`;
      throw new TrecFormatError(fileName, line, what);
    }
    judgements.set(id, Number(gradeText));
  });
  return qrels;
}
