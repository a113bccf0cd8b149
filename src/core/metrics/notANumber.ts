// What it means that a score is no number. Finds none itself.
import { InputError } from "../inputError.ts";

/** @param score which one: "the score of query 3" */
export function notANumber(score: string): InputError {
  return new InputError(
    `${score} is not a number: training diverged, or the encoder’s weights hold such numbers; try a lower optimizer.learningRate`,
  );
}
