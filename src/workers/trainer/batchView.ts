// One batch as a person sees it: who meets whom, by language, and a few rows in words.
import type { Side } from "../../core/data/records.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { negativeMask } from "../../core/plan/negatives.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { BatchView, ShownText } from "../../core/run/views.ts";

const SHOWN_ROWS = 12;

/** Rows of a corpus as a person reads them. */
export async function showTexts(
  { corpus, names, texts }: LoadedCorpus,
  side: Side,
  rows: readonly number[],
): Promise<ShownText[]> {
  const [named, read] = await Promise.all([names(side, Int32Array.from(rows)), texts(side, rows)]);
  const langOf = (row: number) => corpus.languages[corpus[side].langs[row]!]!;
  return rows.map((row, i) => ({ id: named[i]!.id, lang: langOf(row), text: read[i]! }));
}

export async function viewBatch(batch: Batch, loaded: LoadedCorpus): Promise<BatchView> {
  const { corpus } = loaded;
  const langOfQuery = (row: number) => corpus.languages[corpus.queries.langs[row]!]!;
  const langOfPassage = (row: number) => corpus.languages[corpus.passages.langs[row]!]!;
  const languages = [...batch.languages];
  const pairs = languages.map(() => languages.map(() => 0));
  for (const row of batch.rows) {
    const q = languages.indexOf(langOfQuery(row.query));
    for (const p of row.passages) pairs[q]![languages.indexOf(langOfPassage(p))]! += 1;
  }
  const shown = batch.rows.slice(0, SHOWN_ROWS);
  // Asked at once: a thread that takes long steps hears of answers between two of them only.
  const [queries, passages] = await Promise.all([
    showTexts(
      loaded,
      "queries",
      shown.map((row) => row.query),
    ),
    showTexts(
      loaded,
      "passages",
      shown.flatMap((row) => row.passages),
    ),
  ]);
  let next = 0;
  const rows = shown.map((row, i) => ({
    kind: row.kind,
    query: queries[i]!,
    passages: row.passages.map(() => passages[next++]!),
  }));
  const width = Math.max(...batch.rows.map((row) => row.passages.length));
  const negatives = negativeMask(batch, corpus, width).reduce((sum, one) => sum + one, 0) / batch.rows.length;
  return { step: batch.step, kind: batch.kind, languages, pairs, rows, size: batch.rows.length, negatives };
}
