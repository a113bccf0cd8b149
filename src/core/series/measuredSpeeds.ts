// How fast a run said it was, for saying how long the next one will take. Measures nothing.
import type { Speeds } from "../encoders/encoderInfo.ts";
import type { RunRecord } from "../record/runRecord.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

/** What decides the speed beside the device. */
export const speedKey = ({ encoder, compute }: ExperimentSpec): string =>
  [encoder.id, encoder.layers, encoder.width, encoder.maxTokens, encoder.frozen, compute.backend].join(" ");

/**
 * @param pairs the last that a run told of pairs a second
 * @param asked the same of questions of an evaluation
 */
export function speedsOf(
  { pairs, asked }: { readonly pairs: number | undefined; readonly asked: number | undefined },
  { queries, pool }: Pick<RunRecord["final"], "queries" | "pool">,
): Speeds | undefined {
  if (!pairs || !asked) return undefined;
  const texts = (asked * (queries + pool)) / queries;
  return isSpeed(texts) ? { pairs, texts } : undefined;
}

/** Of a record that says it. */
export function measuredSpeeds({ points, final }: Pick<RunRecord, "points" | "final">): Speeds | undefined {
  const last = (path: string) => points.findLast(({ metric }) => metric === path)?.value;
  return speedsOf({ pairs: last("perf/pairs_per_s"), asked: last("perf/eval_queries_per_s") }, final);
}

/** Of a device that takes `pace` times as long. */
export const paced = ({ pairs, texts }: Speeds, pace: number): Speeds => ({
  pairs: pairs / pace,
  texts: texts / pace,
});

export const isSpeed = (value: unknown): value is number =>
  typeof value === "number" && value > 0 && value < 1e12;

/** From a store of speeds by key; whatever is not as expected is left out. */
export function parseSpeedTable(value: unknown, most: number): Readonly<Record<string, Speeds>> {
  const entries = Object.entries(value ?? {}) as [string, unknown][];
  return Object.fromEntries(
    entries.slice(-most).flatMap(([key, own]) => {
      const { pairs, texts } = (own ?? {}) as Partial<Speeds>;
      return isSpeed(pairs) && isSpeed(texts) ? [[key, { pairs, texts }]] : [];
    }),
  );
}
