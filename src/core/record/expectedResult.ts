// What a link promises of its run: the four numbers a receiver's run is held against. Compares nothing.
import type { ExpectedResult } from "../spec/link.ts";
import { CURVE_POINTS, type ExpectedCurve } from "../spec/linkCurve.ts";
import { expectedMade } from "./expectedMade.ts";
import { partsOf } from "./parts.ts";
import type { RunRecord } from "./runRecord.ts";

export const PROMISED = ["map/mono", "map/cross", "map/multi", "rankDistance"] as const;

/** @returns undefined where one of the numbers is undefined */
export function expectedResult({ final, digest, environment }: RunRecord): ExpectedResult | undefined {
  const [mono, cross, multi, rankDistance] = PROMISED.map((path) => final.values[path] ?? undefined);
  if (mono === undefined || cross === undefined || multi === undefined || rankDistance === undefined) {
    return undefined;
  }
  const { backend } = environment;
  return { digest: digest.slice(0, 16), backend, map: { mono, cross, multi }, rankDistance };
}

/** The same with all by which a link can be verified part by part: its hashes take a moment. */
export function verifiedResult(record: RunRecord): ExpectedResult | undefined {
  const result = expectedResult(record);
  const made = result && expectedMade(record.spec, record.environment, partsOf(record));
  return made ? { ...result, made } : result;
}

/** The promised numbers by metric path. */
export const expectedValues = ({ map, rankDistance }: ExpectedResult) =>
  ({ "map/mono": map.mono, "map/cross": map.cross, "map/multi": map.multi, rankDistance }) as const;

/** What happened on the way to the promised numbers, thinned evenly; undefined before a second evaluation. */
export function expectedCurve({ points }: RunRecord): ExpectedCurve | undefined {
  const lists = PROMISED.map(
    (path) =>
      new Map(
        points
          .filter(({ metric, lang }) => metric === path && lang === undefined)
          .map(({ step, value }) => [step, value]),
      ),
  );
  const whole = [...lists[0]!.keys()].filter((step) => lists.every((list) => list.has(step)));
  const last = Math.min(CURVE_POINTS, whole.length) - 1;
  if (last < 1) return undefined;
  const steps = Array.from(
    { length: last + 1 },
    (_, i) => whole[Math.round((i * (whole.length - 1)) / last)]!,
  );
  const [mono, cross, multi, rankDistance] = lists.map((list, i) =>
    steps.map((step) => Math.round(list.get(step)! * (i < 3 ? 1000 : 1))),
  );
  return { steps, mono: mono!, cross: cross!, multi: multi!, rankDistance: rankDistance! };
}
