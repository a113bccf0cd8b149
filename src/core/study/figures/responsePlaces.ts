// Where the values of one factor stand along a response curve. Draws nothing.
import { niceTicks } from "../../series/niceTicks.ts";

export interface ResponsePlaces {
  readonly at: readonly number[]; // of each value
  readonly ticks: readonly number[];
  readonly end: number; // of the axis, which begins at 0
  /** The value that stands at a tick; of an axis to scale, the tick itself. */
  readonly valueAt: (tick: number) => number | string;
}

const MOST_TIMES = 20; // more than so many times the smallest, and the small ones would share a pixel

/** Numbers from 0 to scale; words, and numbers of very different sizes, at equal distances in their order. @param values distinct */
export function responsePlaces(values: readonly (number | string)[]): ResponsePlaces {
  const numbers = values.filter((value) => typeof value === "number");
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length === values.length && low >= 0 && high > 0 && (low === 0 || high <= MOST_TIMES * low)) {
    const ticks = niceTicks(0, high, 7).filter((tick) => tick <= high);
    return { at: numbers, ticks, end: high, valueAt: (tick) => tick };
  }
  const at = values.map((_, i) => i + 0.5); // none on the edge
  return { at, ticks: at, end: values.length, valueAt: (tick) => values[tick - 0.5] ?? "" };
}
