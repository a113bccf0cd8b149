// One question of a batch: its answers, from score to share to the arrow of the gradient.
import { countText, plainText, shareText, shortScoreText } from "../words/numberText.ts";
import { LanguageText } from "../words/LanguageText.tsx";
import type { BatchScores } from "../../core/run/views.ts";
import { cellAt, PULL_COLOUR, pullWords, PUSH_COLOUR, readingOrder } from "./scoreLook.ts";

export function RowDetail({ scores, row }: { readonly scores: BatchScores; readonly row: number }) {
  const { query, loss, weight, rest } = scores.rows[row]!;
  return (
    <div className="batch-rows" tabIndex={0} role="region" aria-label={`Question ${row + 1} and its answers`}>
      <table className="rowDetail">
        <caption>
          <LanguageText {...query} />
          <span className="rowDetail-loss">
            Loss {plainText(loss)} nats{weight === 1 ? "" : `, times ${weight}`}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Score</th>
            <th scope="col">Share p</th>
            <th scope="col">
              <span className="visuallyHidden">Gradient, </span>← pull, push →
            </th>
          </tr>
        </thead>
        <tbody>
          {readingOrder(scores, row).map((column) => {
            const { score, share, pull, role } = cellAt(scores, row, column);
            return (
              <tr key={column} data-role={role}>
                <td>
                  <LanguageText {...scores.answers[column]!.answer} />
                </td>
                <td>{shortScoreText(score)}</td>
                <td>{role === "neither" ? "" : shareText(share)}</td>
                <td>{role === "neither" ? "same concept: left out" : <Arrow pull={pull} />}</td>
              </tr>
            );
          })}
          {rest.answers > 0 && (
            <tr>
              <td>{countText(rest.answers)} more wrong answers of the rows not shown, together</td>
              <td />
              <td>{shareText(rest.share)}</td>
              <td>
                <Arrow pull={rest.share} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Half the width of the drawing is a gradient of 1. */
const HALF = 30;
const HEAD = 4;

function Arrow({ pull }: { readonly pull: number }) {
  const end = HALF + 1 + pull * HALF;
  const back = pull < 0 ? HEAD : -HEAD;
  const colour = pull < 0 ? PULL_COLOUR : PUSH_COLOUR;
  return (
    <span className="rowDetail-arrow">
      <svg width={2 * HALF + 2} height="12" aria-hidden>
        <line x1={HALF + 1} x2={HALF + 1} y1="0" y2="12" stroke="var(--line)" />
        {Math.abs(pull) >= 0.005 && (
          <g stroke={colour} fill={colour}>
            <line x1={HALF + 1} x2={end} y1="6" y2="6" strokeWidth="2.5" />
            <path d={`M${end},6l${back},-4v8z`} stroke="none" />
          </g>
        )}
      </svg>
      <span>{pullWords(pull)}</span>
    </span>
  );
}
