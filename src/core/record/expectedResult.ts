// What a link promises of its run: the four numbers a receiver's run is held against. Compares nothing.
import type { ExpectedResult } from "../spec/link.ts";
import type { RunRecord } from "./runRecord.ts";

/** @returns undefined where one of the numbers is undefined */
export function expectedResult({ final, digest, environment }: RunRecord): ExpectedResult | undefined {
  const { mono, cross, multi } = final.map;
  const { rankDistance } = final;
  if (mono === null || cross === null || multi === null || rankDistance === null) return undefined;
  const { backend } = environment;
  return { digest: digest.slice(0, 16), backend, map: { mono, cross, multi }, rankDistance };
}
