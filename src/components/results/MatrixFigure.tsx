// The mAP of every query language in every passage language as a heat map, before training and now; of a run that has ended also
// what was asked for by pair, such as nDCG@10.
import { useCallback, useMemo, useState, type CSSProperties } from "react";
import { pairsLabel } from "../../core/metrics/cuts.ts";
import type { PairTable } from "../../core/metrics/evaluation.ts";
import { csvText } from "../../core/series/csv.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { Figure } from "../charts/Figure.tsx";
import { useShown } from "../charts/shown.ts";
import { LanguageGrid } from "../charts/LanguageGrid.tsx";
import { axisOf, countText, scoreText, shortScoreText } from "../words/numberText.ts";
import { ChartSaver } from "../charts/ChartSaver.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { CellReadout } from "./CellReadout.tsx";
import { PairMeans } from "./PairMeans.tsx";
import { isHeldOut } from "../words/languageWords.ts";

const HEAT = "var(--strength)"; // on which the text of every cell can be read (LanguageGrid)
const NO_CELLS = {};
const NO_PAIRS: Readonly<Record<string, PairTable>> = {};
const MAP = "map";

export function MatrixFigure() {
  const { selected: run, ownSample } = useShown();
  const [when, setWhen] = useState<"before" | "now">("now");
  const { matrix, matrixBefore, record, queryValues } = detailOf(run);
  const pairs = record?.final.pairs ?? NO_PAIRS;
  const [measure, setMeasure] = useState(MAP);
  const asked = pairs[measure];
  const label = asked ? pairsLabel(measure) : "mAP";
  const both = !asked && matrix && matrixBefore && matrix.step > matrixBefore.step;
  const shown = both && when === "before" ? matrixBefore : matrix;
  const cells = asked ?? shown?.matrix ?? NO_CELLS;
  const languages = useMemo(() => (run ? orderedLanguages(run) : []), [run?.spec]); // eslint-disable-line react-hooks/exhaustive-deps -- only the spec counts
  const max = useMemo(
    () => scaleEnd(asked ? [asked] : [matrix?.matrix, matrixBefore?.matrix]),
    [asked, matrix, matrixBefore],
  );
  const skippedPairs = record?.final.skippedPairs ?? NO_CELLS;
  const skippedOf = (query: string, passage: string) => cellOf(skippedPairs, query, passage) ?? 0;
  const hasPools = queryValues?.pools !== undefined;
  const sample = ownSample(hasPools ? "point at a pair for its 95 % interval" : undefined);
  const anySkipped = Object.keys(skippedPairs).length > 0;
  const valueOf = useCallback((query: string, passage: string) => cellOf(cells, query, passage), [cells]);
  const cell = useCallback(
    (query: string, passage: string) => {
      const value = valueOf(query, passage);
      return value === undefined ? undefined : { text: shortScoreText(value), strength: value / max };
    },
    [valueOf, max],
  );
  const csv = () =>
    csvText([
      [
        "query language",
        ...languages,
        ...(anySkipped ? languages.map((passage) => `left out in ${passage}`) : []),
      ],
      ...languages.map((query) => [
        query,
        ...languages.map((passage) => valueOf(query, passage) ?? null),
        ...(anySkipped ? languages.map((passage) => skippedOf(query, passage)) : []),
      ]),
    ]);
  return (
    <Figure
      kind="grid"
      title={`${label} by language pair (0–1)`}
      description="Questions of one language in the answers of another. A bright diagonal alone means: blind between languages."
      sample={`${sample}${anySkipped ? " Some questions have no answer in some languages: each cell says how many it leaves out." : ""}`}
      controls={
        <>
          {Object.keys(pairs).length > 0 && (
            <Segmented
              label="Which measure"
              value={asked ? measure : MAP}
              onChange={setMeasure}
              options={[
                { value: MAP, label: "mAP" },
                ...Object.keys(pairs).map((path) => ({ value: path, label: pairsLabel(path) })),
              ]}
            />
          )}
          {both && (
            <Segmented
              label="Which weights"
              value={when}
              onChange={setWhen}
              options={[
                { value: "before", label: run?.parent ? `Step ${countText(matrixBefore.step)}` : "Before" },
                { value: "now", label: `Step ${countText(matrix.step)}` },
              ]}
            />
          )}
        </>
      }
      foot={
        <div className="figure-foot">
          <span className="scale" style={{ "--heat": HEAT } as CSSProperties}>
            0 <span className="scale-bar" aria-hidden /> {axisOf(scoreText)(max)}
          </span>
          {shown && (
            <span className="figure-controls">
              <CsvButton csv={csv} name={`${run?.name ?? "run"} ${label} by language pair`} />
              <ChartSaver />
            </span>
          )}
        </div>
      }
    >
      <div className="matrix-box">
        {run && shown ? (
          <LanguageGrid
            caption={`${run.name}: ${label} at step ${shown.step}, rows are query languages, columns passage languages`}
            languages={languages}
            isMarked={(lang) => isHeldOut(run, lang)}
            cell={cell}
            colour={HEAT}
            readout={(query, passage) => (
              <CellReadout
                {...{ query, passage }}
                value={valueOf(query, passage)}
                before={both && when === "now" ? cellOf(matrixBefore.matrix, query, passage) : undefined}
                skipped={skippedOf(query, passage)}
                queries={shown === matrix && !asked ? queryValues : undefined}
              />
            )}
            idleReadout={
              languages.length > 30
                ? "Hatched at the edges: held-out languages. Point at a cell or use the arrow keys to read their names."
                : "Dashed underline: held-out language, never trained on. Point at a cell or use the arrow keys."
            }
          />
        ) : (
          <p className="chart-empty">
            Every pair of languages gets its mAP here, first before training, then at each evaluation.
          </p>
        )}
      </div>
      {asked && <PairMeans table={asked} label={label} />}
    </Figure>
  );
}

const cellOf = (cells: PairTable, query: string, passage: string) => cells[query]?.[passage] ?? undefined;

function scaleEnd(matrices: readonly (PairTable | undefined)[]): number {
  const values = matrices.flatMap((cells) => Object.values(cells ?? {}).flatMap((row) => Object.values(row)));
  const max = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return Math.max(0.1, Math.ceil(max * 10) / 10);
}

/** Trained languages first, then the held-out ones. */
function orderedLanguages(run: Run): string[] {
  const all = evalLanguages(run.spec);
  return [...all.filter((lang) => !isHeldOut(run, lang)), ...all.filter((lang) => isHeldOut(run, lang))];
}
