// The mAP of every query language in every passage language as a heat map, before training and now; of a run that has ended also
// what was asked for by pair, such as nDCG@10.
import { useCallback, useMemo, useState, type CSSProperties } from "react";
import { useStore } from "zustand";
import { groupLanguages, type LanguageGroup } from "../../core/languages/languageChoice.ts";
import { similarityOrder } from "../../core/languages/seriation.ts";
import { pairsLabel } from "../../core/metrics/cuts.ts";
import type { PairTable } from "../../core/metrics/evaluation.ts";
import { csvText } from "../../core/series/csv.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { languageStore } from "../../state/languageStore.ts";
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

const ORDERS = {
  trained: "trained, then held out",
  script: "by script",
  class: "by resource class",
  similarity: "alike side by side",
} as const;
type Order = keyof typeof ORDERS;

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
  const [order, setOrder] = useState<Order>("trained");
  const [across, setAcross] = useState(false);
  const highlighted = useStore(languageStore, (state) => state.highlighted);
  const spec = run?.spec;
  const groups = useMemo(() => groupsOf(spec, order), [spec, order]);
  const languages = useMemo(() => {
    if (groups) return groups.flatMap((group) => group.languages);
    const all = spec ? trainedFirst(spec) : [];
    return order === "similarity" ? alikeSideBySide(all, cells) : all;
  }, [groups, spec, order, cells]);
  const max = useMemo(
    () => scaleEnd(asked ? [asked] : [matrix?.matrix, matrixBefore?.matrix], across),
    [asked, matrix, matrixBefore, across],
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
          <select
            className="select"
            aria-label="Order of the languages"
            value={order}
            onChange={({ target }) => setOrder(target.value as Order)} // of the options below
          >
            {Object.entries(ORDERS).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
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
            <label className="scale-choice">
              <input type="checkbox" checked={across} onChange={() => setAcross(!across)} />
              colours for pairs of two languages
            </label>
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
      <div className="matrix-box" style={{ "--n": languages.length || 9 } as CSSProperties}>
        {run && shown ? (
          <LanguageGrid
            caption={`${run.name}: ${label} at step ${countText(shown.step)}, rows are query languages, columns passage languages`}
            {...{ languages, groups, highlighted }}
            onHighlight={languageStore.getState().highlight}
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
              languages.length > 60
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

/** @param across whether only pairs of two languages count: the diagonal then goes beyond the scale */
function scaleEnd(matrices: readonly (PairTable | undefined)[], across: boolean): number {
  let max = 0;
  for (const cells of matrices) {
    for (const [query, row] of Object.entries(cells ?? {})) {
      for (const [passage, value] of Object.entries(row)) {
        if (!across || query !== passage) max = Math.max(max, value ?? 0);
      }
    }
  }
  const step = across && max < 0.1 ? 0.01 : 0.1;
  return Math.max(step, Math.ceil(max / step - 1e-9) * step);
}

function trainedFirst(spec: Run["spec"]): string[] {
  const all = evalLanguages(spec);
  return [
    ...all.filter((lang) => !isHeldOut({ spec }, lang)),
    ...all.filter((lang) => isHeldOut({ spec }, lang)),
  ];
}

function groupsOf(spec: Run["spec"] | undefined, order: Order): readonly LanguageGroup[] | undefined {
  return spec && (order === "script" || order === "class")
    ? groupLanguages(evalLanguages(spec), order)
    : undefined;
}

function alikeSideBySide(languages: readonly string[], cells: PairTable): string[] {
  const alike = languages.map((x) => languages.map((y) => cellOf(cells, x, y) ?? NaN));
  return similarityOrder(alike).map((i) => languages[i]!);
}
