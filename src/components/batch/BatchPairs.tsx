// Which language asks which in a batch, as a grid of counts, and some of its rows to read.
import { countText } from "../words/numberText.ts";
import { useCallback, useMemo } from "react";
import type { BatchView } from "../../core/run/views.ts";
import { trainLanguages } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { LanguageGrid } from "../charts/LanguageGrid.tsx";
import { LanguageText } from "../words/LanguageText.tsx";
import { languageLabel } from "../words/languageWords.ts";

/** Up to this many training languages the grid keeps a fixed place for each. */
const MOST_FIXED = 24;

interface BatchPairsProps {
  readonly batch: BatchView;
  readonly spec: ExperimentSpec;
  readonly colour: string;
}

export function BatchPairs({ batch, spec, colour }: BatchPairsProps) {
  const languages = useMemo(() => {
    const trained = trainLanguages(spec);
    return trained.length <= MOST_FIXED ? trained : [...batch.languages].sort().slice(0, MOST_FIXED);
  }, [spec, batch.languages]);
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
  return (
    <div className="batch-parts">
      <LanguageGrid
        caption={`Batch of step ${countText(batch.step + 1)}: number of pairs, rows are query languages, columns passage languages`}
        languages={languages}
        isMarked={() => false}
        cell={cell}
        colour={colour}
        readout={(query, passage) =>
          `${languageLabel(query)} → ${languageLabel(passage)}: ${counts.get(`${query} ${passage}`) ?? 0} pairs`
        }
        idleReadout="Rows: languages of questions; columns: of answers. Stronger: more pairs."
      />
      <BatchRows batch={batch} />
    </div>
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

function countsOf(batch: BatchView): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  batch.pairs.forEach((row, q) =>
    row.forEach((count, p) => counts.set(`${batch.languages[q]} ${batch.languages[p]}`, count)),
  );
  return counts;
}
