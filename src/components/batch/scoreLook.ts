// How scores of a batch look and what is said of them. Draws nothing.
import { counted } from "../../core/counted.ts";
import { ANSWER_ROLES, type BatchScores } from "../../core/run/views.ts";
import { changeText, countText, shareText, shortScoreText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";

export type AnswerRole = (typeof ANSWER_ROLES)[number];

export const PULL_COLOUR = "var(--series-6)";
export const PUSH_COLOUR = "var(--series-1)";
export const SCORE_COLOUR = "var(--series-6)";

/** One cell of the matrix: a question and an answer. */
export interface ScoreCell {
  readonly cosine: number;
  readonly score: number; // cosine / temperature
  readonly share: number;
  readonly pull: number;
  readonly role: AnswerRole;
}

export function cellAt(
  { answers, temperature, ...cells }: BatchScores,
  row: number,
  column: number,
): ScoreCell {
  const at = row * answers.length + column;
  const cosine = cells.cosines[at]!;
  return {
    cosine,
    score: cosine / temperature,
    share: cells.shares[at]!,
    pull: cells.pulls[at]!,
    role: ANSWER_ROLES[cells.roles[at]!]!,
  };
}

/** Answers of a row as they are read: the right ones, the wrong ones by their share, then what is neither. */
export function readingOrder(scores: BatchScores, row: number): number[] {
  const order = scores.answers.map((_, column) => column);
  const key = (column: number) => {
    const { role, share } = cellAt(scores, row, column);
    return role === "right" ? 2 : role === "wrong" ? share : -1;
  };
  return order.sort((a, b) => key(b) - key(a) || a - b);
}

/** Gradients, with their sign: −.82, +.07 */
export const pullWords = (pull: number) => changeText(pull, shortScoreText);

export const PULL_RULE =
  "A softmax over a question’s scores gives each answer a share p of 1: the right answer is pulled closer by what it lacks, 1 − p, and each wrong one pushed away by its own p.";
export const SEVERAL_RULE =
  "With several right answers each is set against the wrong ones alone, and the mean is taken.";

/** "Question 3 (de), answer 7 (fr): cosine 0.41, score 8.20, share 12.0 %, pushed away." */
export function cellWords(scores: BatchScores, row: number, column: number): string {
  const { cosine, score, share, role } = cellAt(scores, row, column);
  const asked = scores.rows[row]!.query.lang;
  const { answer, row: of } = scores.answers[column]!;
  const what = `Question ${row + 1} (${asked}), ${role === "right" ? "its right answer" : `answer to ${of + 1}`} (${answer.lang})`;
  const numbers = `cosine ${shortScoreText(cosine)}, score ${shortScoreText(score)}`;
  if (role === "neither") return `${what}: ${numbers}. It is of the question’s concept, so it is left out.`;
  return `${what}: ${numbers}, share ${shareText(share)}, ${role === "right" ? "pulled closer" : "pushed away"}.`;
}

/** What the picture is of: which rows, what a score is, whose weights. */
export function scoresSample({ rows, size, temperature, step, taught }: BatchScores, seed: number): string {
  const which =
    rows.length < size
      ? `The first ${rows.length} of ${counted(size, "row")}`
      : `All ${counted(size, "row")}`;
  const teacher = taught ? " The teacher’s part of the loss is not in it." : "";
  return `${which} of step ${countText(step + 1)}, by the weights it began with; score = cosine ÷ ${temperature}; ${seedsText([seed])}.${teacher}`;
}
