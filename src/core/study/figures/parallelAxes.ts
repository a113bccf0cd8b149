// Axes of parallel coordinates: where each value of a column stands between the axis's ends. Draws nothing.
import { niceTicks } from "../../series/niceTicks.ts";

export interface ParallelColumn {
  readonly label: string;
  /** One of each line. Numbers make an axis to scale, if all are; else each distinct value has a place, in order of first sight. */
  readonly values: readonly (number | string | undefined)[];
}

export interface ParallelTick {
  readonly at: number; // 0 at the lower end, 1 at the upper
  readonly value: number | string;
}

export interface ParallelAxis {
  readonly label: string;
  readonly ticks: readonly ParallelTick[];
  readonly at: readonly (number | undefined)[]; // of each line
}

const FEW = 6; // numbers that have a tick each, at their own value

export function parallelAxis({ label, values }: ParallelColumn): ParallelAxis {
  const there = values.filter((value) => value !== undefined);
  const distinct = [...new Set(there)];
  const numbers = distinct.filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (numbers.length === distinct.length && numbers.length > 1) {
    const ticks = numbers.length <= FEW ? numbers : niceTicks(numbers[0]!, numbers.at(-1)!, 5);
    const [low, high] = [ticks[0]!, ticks.at(-1)!];
    const at = (value: number) => (value - low) / (high - low);
    return {
      label,
      ticks: ticks.map((value) => ({ at: at(value), value })),
      at: values.map((value) => (typeof value === "number" ? at(value) : undefined)),
    };
  }
  const place = (i: number) => (distinct.length === 1 ? 0.5 : i / (distinct.length - 1));
  return {
    label,
    ticks: distinct.map((value, i) => ({ at: place(i), value })),
    at: values.map((value) => (value === undefined ? undefined : place(distinct.indexOf(value)))),
  };
}
