// The text of docs/errorTable.md: how often a study's words are wrong, by 1,000 invented studies a row. Writes no file.
import { plannedLooks } from "../src/core/study/stats/looks.ts";
import { errorRow, type Said } from "../src/testing/studyErrors.ts";

const STUDIES = 1000;

/** delta in SDs of the paired difference. */
export const DESIGNS = [
  { name: "One comparison, 9 seeds, δ = .7 SD", cells: 1, delta: 0.7, looks: plannedLooks([9]) },
  { name: "The same with a planned look at 6 seeds", cells: 1, delta: 0.7, looks: plannedLooks([6, 9]) },
  { name: "Nine cells, 10 seeds, δ = 1 SD", cells: 9, delta: 1, looks: plannedLooks([10]) },
  { name: "The same with a planned look at 6 seeds of 10", cells: 9, delta: 1, looks: plannedLooks([6, 10]) },
] as const;

const TRUTHS = [
  { name: "0", truth: [0] },
  { name: "δ/2", truth: [0.5] },
  { name: "δ", truth: [1] },
  { name: "δ and −δ in turn", truth: [1, -1] },
  { name: "δ, −δ and 4δ in turn", truth: [1, -1, 4] },
  { name: "0, 0 and 4δ in turn", truth: [0, 0, 4] },
  { name: "2δ", truth: [2] },
] as const;

const share = (value: number) => value.toFixed(3).replace(/^0/, "");
/** Twice the simulation error of a share of studies. */
const error = (value: number) => share(2 * Math.sqrt((value * (1 - value)) / STUDIES));
const both = ({ any, cells }: Said, n: number) =>
  n === 1 ? share(any) : `${share(any)} (${share(cells)} of cells)`;

export function designTable({ name, cells, delta, looks }: (typeof DESIGNS)[number]): string {
  const rows = TRUTHS.filter(({ truth }) => truth.length <= cells).map((one) => {
    const { differs, same, undecided, promised } = errorRow(
      { cells, looks, delta, truth: one.truth },
      STUDIES,
    );
    const bound =
      one.name === "0"
        ? `better or worse ≤ .050, ± ${error(differs.any)}`
        : Math.abs(one.truth[0]) === 1
          ? `no difference ≤ .050, ± ${error(same.any)}`
          : "";
    const power =
      promised === undefined
        ? ""
        : `${promised < 0.99 ? share(promised) : "≥ .990"}, here ${share(differs.cells)}`;
    return `| ${[one.name, both(differs, cells), both(same, cells), share(undecided.cells), bound, power].join(" | ")} |`;
  });
  return `## ${name}

| true difference | better or worse | no difference larger than δ | undecided | wanted, ± twice the simulation error | planner's power |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

export const errorTableText = (): string => `# How often the words of a study are wrong

Written by \`scripts/errorTable.ts\`, which invents ${STUDIES} studies for each row: results normal, the same seeds in every cell, δ in SDs of
a paired difference, α = .05. The rules are those of \`core/study/stats/studyVerdict.ts\`. In a family of nine cells the first number is the share of
studies in which any cell has the word, and all cells differ from the control by what the row says. The planner's power is of a
cell, and counts finds in the right direction.

${DESIGNS.map(designTable).join("\n")}`;
