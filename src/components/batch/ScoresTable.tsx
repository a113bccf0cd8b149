// The scores of a batch as numbers: the loss of each question on the page, every cell in the CSV.
import type { BatchScores } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { FoldedTable, type FoldedNumbers } from "../charts/FoldedTable.tsx";
import { plainText, scoreText } from "../words/numberText.ts";
import { cellAt } from "./scoreLook.ts";

export function ScoresTable({ scores }: { readonly scores: BatchScores }) {
  return (
    <FoldedTable
      caption="Questions of this batch"
      csvName={`Scores of step ${scores.step + 1}`}
      numbers={() => numbersOf(scores)}
    />
  );
}

function numbersOf(scores: BatchScores): FoldedNumbers {
  const { rows, answers } = scores;
  return {
    heads: ["Question", "Language", "Loss (nats)", "Share of right answers", "Strongest wrong share"],
    rows: rows.map(({ query, loss }, row) => {
      const cells = answers.map((_, column) => cellAt(scores, row, column));
      const right = cells.filter(({ role }) => role === "right").map(({ share }) => share);
      const wrong = cells.filter(({ role }) => role === "wrong").map(({ share }) => share);
      return {
        id: row,
        head: String(row + 1),
        cells: [
          query.lang,
          plainText(loss),
          right.map(scoreText).join(", "),
          wrong.length > 0 ? scoreText(Math.max(...wrong)) : "",
        ],
      };
    }),
    csv: () =>
      csvText([
        [
          "question",
          "question lang",
          "answer",
          "answer lang",
          "role",
          "cosine",
          "score",
          "share",
          "gradient",
        ],
        ...rows.flatMap(({ query }, row) =>
          answers.map(({ answer }, column) => {
            const { role, cosine, score, share, pull } = cellAt(scores, row, column);
            return [query.text, query.lang, answer.text, answer.lang, role, cosine, score, share, pull];
          }),
        ),
      ]),
    note: "The CSV has every question with every answer.",
  };
}
