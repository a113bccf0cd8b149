// The histograms as numbers: n and medians of each group and how often meaning wins; every bar in the CSV.
import { COSINE_GROUPS, type CosineView } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { barShares, histogramBars, medianCosine, totalOf } from "../../core/stats/cosineCounts.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { countText, scoreText } from "../words/numberText.ts";
import { GROUP_LOOKS, meaningWins } from "./cosineWords.ts";

const CAPTION = "Cosines of questions and passages";
const WHEN = ["before", "now"] as const;

export function CosineTable({ view }: { readonly view: CosineView }) {
  const { groups } = view;
  const csv = () => {
    const columns = COSINE_GROUPS.flatMap((group) => WHEN.map((when) => ({ group, when })));
    const bars = histogramBars(
      columns.map(({ group, when }) => groups[group][when]),
      Infinity,
    );
    const shares = columns.map(({ group, when }) => barShares(groups[group][when], bars));
    return csvText([
      ["from", "to", ...columns.map(({ group, when }) => `${GROUP_LOOKS[group].label}, ${when}`)],
      ...bars.map(({ from, to }, i) => [from, to, ...shares.map((own) => own[i]!)]),
    ]);
  };
  return (
    <details className="dataTable">
      <summary>Data table</summary>
      <div className="dataTable-tools">
        <CsvButton csv={csv} name={CAPTION} />
        <span>The CSV has the shares of all pairs in bars of 0.01.</span>
      </div>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label={`${CAPTION}, table`}>
        <table>
          <caption>{CAPTION}</caption>
          <thead>
            <tr>
              {["Pairs", "n", "Median before", "Median now"].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {COSINE_GROUPS.map((group) => (
              <tr key={group}>
                <th scope="row">{GROUP_LOOKS[group].label}</th>
                <td>{countText(totalOf(groups[group].now))}</td>
                {WHEN.map((when) => (
                  <td key={when}>{numberOr(medianCosine(groups[group][when]))}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Meaning beats language (AUC)</th>
              <td />
              {WHEN.map((when) => (
                <td key={when}>{numberOr(meaningWins(view, when))}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </details>
  );
}

const numberOr = (value: number) => (Number.isNaN(value) ? "none" : scoreText(value));
