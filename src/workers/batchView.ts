// One batch as a person sees it: who meets whom, by language, and a few rows in words.
import type { Batch } from "../core/plan/batch.ts";
import { negativeMask } from "../core/plan/negatives.ts";
import type { LoadedCorpus } from "../training/run/runPorts.ts";
import type { BatchView, ShownText } from "./protocol.ts";

const SHOWN_ROWS = 12;

export async function viewBatch(batch: Batch, { corpus, texts }: LoadedCorpus): Promise<BatchView> {
  const langOfQuery = (row: number) => corpus.languages[corpus.queries.langs[row]!]!;
  const langOfPassage = (row: number) => corpus.languages[corpus.passages.langs[row]!]!;
  const languages = [...batch.languages];
  const pairs = languages.map(() => languages.map(() => 0));
  for (const row of batch.rows) {
    const q = languages.indexOf(langOfQuery(row.query));
    for (const p of row.passages) pairs[q]![languages.indexOf(langOfPassage(p))]! += 1;
  }
  const shown = batch.rows.slice(0, SHOWN_ROWS);
  const queryTexts = await texts(
    "queries",
    shown.map((row) => row.query),
  );
  const passageTexts = await texts(
    "passages",
    shown.flatMap((row) => row.passages),
  );
  let next = 0;
  const rows = shown.map((row, i) => ({
    kind: row.kind,
    query: { id: corpus.queries.ids[row.query]!, lang: langOfQuery(row.query), text: queryTexts[i]! },
    passages: row.passages.map((p): ShownText => ({
      id: corpus.passages.ids[p]!,
      lang: langOfPassage(p),
      text: passageTexts[next++]!,
    })),
  }));
  const width = Math.max(...batch.rows.map((row) => row.passages.length));
  const negatives = negativeMask(batch, corpus, width).reduce((sum, one) => sum + one, 0) / batch.rows.length;
  return { step: batch.step, kind: batch.kind, languages, pairs, rows, size: batch.rows.length, negatives };
}
