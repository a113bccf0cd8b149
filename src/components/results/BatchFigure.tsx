// The batch being trained on: which language asks which, and some of its rows to read.
import type { BatchView } from "../../core/run/views.ts";
import { useCallback, useMemo } from "react";
import { trainLanguages } from "../../core/spec/resolve.ts";
import { Figure } from "../charts/Figure.tsx";
import { LanguageGrid } from "../charts/LanguageGrid.tsx";
import { countText } from "../words/numberText.ts";
import { KIND_WORDS } from "../words/kindNames.ts";
import { ChartSaver } from "../charts/ChartSaver.tsx";
import { languageLabel } from "../words/languageWords.ts";
import { LanguageText } from "../words/LanguageText.tsx";
import { useShown } from "../charts/shown.ts";

/** What the model must do in a batch of each kind. */
const TASKS: Readonly<Record<BatchView["kind"], string>> = {
  mono: "Find the right answer among answers in the question’s own language: only the meaning tells them apart.",
  cross: "Find the right answer in another language than the question’s, among answers in many languages.",
  multi: "Put all right answers first, whatever their language, before wrong answers in every language.",
  mixedMono:
    "Find the answer in the question’s own language. Most wrong answers are in other languages, so the language alone gives it away.",
  mixed: "Rows of several kinds share this batch and are each other’s wrong answers.",
};

const kindLabel = (kind: BatchView["kind"]) => (kind === "mixed" ? "Mixed rows" : KIND_WORDS[kind].label);
const kindColour = (kind: BatchView["kind"]) => `var(--kind-${kind})`;

/** Up to this many training languages the grid keeps a fixed place for each. */
const MOST_FIXED = 24;

export function BatchFigure() {
  const { selected: run } = useShown();
  const spec = run?.spec;
  const batch = run?.live?.batch;
  const languages = useMemo(() => {
    const trained = spec ? trainLanguages(spec) : [];
    return trained.length <= MOST_FIXED ? trained : [...(batch?.languages ?? [])].sort().slice(0, MOST_FIXED);
  }, [spec, batch?.languages]);
  const counts = useMemo(() => countsOf(batch), [batch]);
  const most = Math.max(1, ...counts.values());
  const cell = useCallback(
    (query: string, passage: string) => {
      const count = counts.get(`${query} ${passage}`) ?? 0;
      // The square root keeps single pairs visible beside a language that fills the batch.
      return { text: count === 0 ? "" : String(count), strength: Math.sqrt(count / most) };
    },
    [counts, most],
  );
  const kind = batch?.kind;
  return (
    <Figure
      kind="batch"
      title="This batch (pairs by language)"
      description={kind ? TASKS[kind] : "What the model is asked in one step of training."}
      controls={
        batch &&
        kind && (
          <>
            <p className="batch-facts">
              <span className="batch-kind" style={{ background: kindColour(kind) }}>
                {kindLabel(kind)}
              </span>
              <span>
                Step {countText(batch.step + 1)}: {countText(batch.size)} rows, about{" "}
                {countText(Math.round(batch.negatives))} wrong answers for each question
              </span>
            </p>
            <ChartSaver />
          </>
        )
      }
    >
      {batch && kind ? (
        <div className="batch-parts">
          <LanguageGrid
            caption={`Batch of step ${batch.step + 1}: number of pairs, rows are query languages, columns passage languages`}
            languages={languages}
            isMarked={() => false}
            cell={cell}
            colour={kindColour(kind)}
            readout={(query, passage) =>
              `${languageLabel(query)} → ${languageLabel(passage)}: ${counts.get(`${query} ${passage}`) ?? 0} pairs`
            }
            idleReadout="Rows: languages of questions; columns: of answers. Stronger: more pairs."
          />
          <BatchRows batch={batch} />
        </div>
      ) : (
        <p className="chart-empty batch-empty">
          {run && run.status !== "preparing"
            ? "Batches are shown while a run trains; they are not kept with it."
            : "As soon as training starts, each batch is shown here: which languages meet, and some of its pairs."}
        </p>
      )}
    </Figure>
  );
}

function BatchRows({ batch }: { readonly batch: BatchView }) {
  return (
    <div className="batch-rows" tabIndex={0} role="region" aria-label="Some rows of this batch">
      <table>
        <caption className="visuallyHidden">The first {batch.rows.length} rows of this batch</caption>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Right answer</th>
          </tr>
        </thead>
        <tbody>
          {batch.rows.map((row, i) => (
            <tr key={i}>
              <td>
                <LanguageText {...row.query} />
              </td>
              <td>
                {row.passages.map((passage, j) => (
                  <LanguageText key={j} {...passage} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function countsOf(batch: BatchView | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  batch?.pairs.forEach((row, q) =>
    row.forEach((count, p) => counts.set(`${batch.languages[q]} ${batch.languages[p]}`, count)),
  );
  return counts;
}
