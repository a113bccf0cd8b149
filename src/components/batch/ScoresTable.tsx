// The scores of a batch as numbers: the loss of each question on the page, every cell in the CSV.
import { useState } from "react";
import type { BatchScores } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { plainText, scoreText } from "../words/numberText.ts";
import { cellAt } from "./scoreLook.ts";

const CAPTION = "Questions of this batch";

export function ScoresTable({ scores }: { readonly scores: BatchScores }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="dataTable" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Data table</summary>
      {open && <Rows scores={scores} />}
    </details>
  );
}

function Rows({ scores }: { readonly scores: BatchScores }) {
  const { rows, answers } = scores;
  const csv = () =>
    csvText([
      ["question", "question lang", "answer", "answer lang", "role", "cosine", "score", "share", "gradient"],
      ...rows.flatMap(({ query }, row) =>
        answers.map(({ answer }, column) => {
          const { role, cosine, score, share, pull } = cellAt(scores, row, column);
          return [query.text, query.lang, answer.text, answer.lang, role, cosine, score, share, pull];
        }),
      ),
    ]);
  return (
    <>
      <div className="dataTable-tools">
        <CsvButton csv={csv} name={`Scores of step ${scores.step + 1}`} />
        <span>The CSV has every question with every answer.</span>
      </div>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label={`${CAPTION}, table`}>
        <table>
          <caption>{CAPTION}</caption>
          <thead>
            <tr>
              {["Question", "Language", "Loss (nats)", "Share of right answers", "Strongest wrong share"].map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ query, loss }, row) => {
              const cells = answers.map((_, column) => cellAt(scores, row, column));
              const right = cells.filter(({ role }) => role === "right").map(({ share }) => share);
              const wrong = cells.filter(({ role }) => role === "wrong").map(({ share }) => share);
              return (
                <tr key={row}>
                  <th scope="row">{row + 1}</th>
                  <td>{query.lang}</td>
                  <td>{plainText(loss)}</td>
                  <td>{right.map(scoreText).join(", ")}</td>
                  <td>{wrong.length > 0 && scoreText(Math.max(...wrong))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
