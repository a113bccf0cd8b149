// What a link promises of its run: the four numbers a receiver's run is held against. Compares nothing.
import type { ExpectedResult } from "../spec/link.ts";
import type { RunRecord } from "./runRecord.ts";

const PROMISED = ["map/mono", "map/cross", "map/multi", "rankDistance"] as const;

/** @returns undefined where one of the numbers is undefined */
export function expectedResult({ final, digest, environment }: RunRecord): ExpectedResult | undefined {
  const [mono, cross, multi, rankDistance] = PROMISED.map((path) => final.values[path] ?? undefined);
  if (mono === undefined || cross === undefined || multi === undefined || rankDistance === undefined) {
    return undefined;
  }
  const { backend } = environment;
  return { digest: digest.slice(0, 16), backend, map: { mono, cross, multi }, rankDistance };
}

/** The promised numbers by metric path. */
export const expectedValues = ({ map, rankDistance }: ExpectedResult) =>
  ({ "map/mono": map.mono, "map/cross": map.cross, "map/multi": map.multi, rankDistance }) as const;
