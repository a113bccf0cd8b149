// The histograms as numbers: n and medians of each group and how often meaning wins; every bar in the CSV.
import { COSINE_GROUPS, type CosineView } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { barShares, histogramBars, medianCosine, totalOf } from "../../core/stats/cosineCounts.ts";
import { FoldedTable, type FoldedNumbers } from "../charts/FoldedTable.tsx";
import { countText, scoreText } from "../words/numberText.ts";
import { GROUP_LOOKS, meaningWins } from "./cosineWords.ts";

const WHEN = ["before", "now"] as const;

export function CosineTable({ view }: { readonly view: CosineView }) {
  return <FoldedTable caption="Cosines of questions and passages" numbers={() => numbersOf(view)} />;
}

function numbersOf(view: CosineView): FoldedNumbers {
  const { groups } = view;
  return {
    heads: ["Pairs", "n", "Median before", "Median now"],
    rows: [
      ...COSINE_GROUPS.map((group) => ({
        id: group,
        head: GROUP_LOOKS[group].label,
        cells: [
          countText(totalOf(groups[group].now)),
          ...WHEN.map((when) => numberOr(medianCosine(groups[group][when]))),
        ],
      })),
      {
        id: "auc",
        head: "Meaning beats language (AUC)",
        cells: ["", ...WHEN.map((when) => numberOr(meaningWins(view, when)))],
      },
    ],
    csv: () => {
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
    },
    note: "The CSV has the shares of all pairs in bars of 0.01.",
  };
}

const numberOr = (value: number) => (Number.isNaN(value) ? "none" : scoreText(value));
