// The batch that was trained last as its loss saw it: cosines, shares and pulls of its first rows. Encodes nothing.
import { InputError } from "../../core/inputError.ts";
import { rowPull } from "../../core/plan/rowPull.ts";
import { ANSWER_ROLES, type BatchScores } from "../../core/run/views.ts";
import { SCORED_ROWS } from "../model/model.ts";
import type { RunResources } from "../run/runExperiment.ts";
import type { TakenStep } from "../run/trainLoop.ts";

/** Answers side by side, at most: more are no longer told apart. */
const MOST_ANSWERS = 64;

/** What `BatchScores` says, without a text. */
export interface ScoredBatch extends Pick<BatchScores, "cosines" | "shares" | "pulls" | "roles"> {
  readonly taken: TakenStep;
  readonly rows: readonly Pick<BatchScores["rows"][number], "loss" | "weight" | "rest">[];
  readonly answers: readonly { readonly row: number; readonly passage: number }[]; // row of the train corpus
}

/** @throws InputError if no step was taken yet, or the next one was taken meanwhile */
export async function batchScores({ lastStep }: Pick<RunResources, "lastStep">): Promise<ScoredBatch> {
  const taken = lastStep();
  if (!taken) throw new InputError("No batch was trained yet; look again after the first step");
  const { batch, input, handle, temperature } = taken;
  const all = await handle.cosines();
  if (!all) throw new InputError("The scores of this batch are gone; look again");
  const { k, negatives } = input;
  const columns = batch.rows.length * k;
  const n = Math.min(batch.rows.length, SCORED_ROWS, Math.max(1, Math.floor(MOST_ANSWERS / k)));
  const shown = batch.rows.slice(0, n);
  const answers = shown.flatMap(({ passages }, row) => passages.map((passage, p) => ({ row, passage, p })));
  const m = answers.length;
  const cells = {
    cosines: new Float32Array(n * m),
    shares: new Float32Array(n * m),
    pulls: new Float32Array(n * m),
    roles: new Uint8Array(n * m),
  };
  const rows = shown.map(({ passages }, i) => {
    const cosines = all.subarray(i * columns, (i + 1) * columns);
    const wrong = negatives.subarray(i * columns, (i + 1) * columns);
    const { loss, shares, pulls } = rowPull({ cosines, negatives: wrong, first: i * k, k, temperature });
    const rest = { answers: 0, share: 0 };
    for (let column = n * k; column < columns; column++) {
      rest.answers += wrong[column]!;
      rest.share += shares[column]!;
    }
    const repetitions = 1 + k - passages.length; // of the first right answer (batchRows.ts)
    answers.forEach(({ row, p }, j) => {
      const [at, column] = [i * m + j, row * k + p];
      const isRight = row === i;
      cells.cosines[at] = cosines[column]!;
      cells.shares[at] = shares[column]!;
      cells.pulls[at] = pulls[column]! * (isRight && p === 0 ? repetitions : 1);
      cells.roles[at] = ANSWER_ROLES.indexOf(isRight ? "right" : wrong[column] ? "wrong" : "neither");
    });
    return { loss, weight: input.rowWeights[i]!, rest };
  });
  return { taken, rows, answers: answers.map(({ row, passage }) => ({ row, passage })), ...cells };
}
