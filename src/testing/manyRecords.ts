// Invented records of many runs that differ in mix, seed and numbers, for tests and measurements of lists and tables.
import type { RunRecord } from "../core/record/runRecord.ts";
import { ofKinds } from "../core/spec/batchKind.ts";
import { fittingRecord } from "./fittingRecord.ts";
import { testRecord, testValues } from "./testRecord.ts";

/** Three seeds of each mix in turn, eleven mixes, then the same with a longer warm-up; map/multi rises from run to run. */
export function manyRecords(count: number): RunRecord[] {
  const { spec } = testRecord;
  return Array.from({ length: count }, (_, i) => {
    const mono = (Math.floor(i / 3) % 11) / 10;
    const map = testValues.values["map/multi"]!.map((value) => value * 0.5 + i / 2000);
    return fittingRecord({ ...testValues, values: { ...testValues.values, "map/multi": map } }, undefined, {
      spec: {
        ...spec,
        batch: { ...spec.batch, ratio: ofKinds({ mono, cross: 1 - mono }) },
        optimizer: { ...spec.optimizer, warmup: Math.floor(i / 33) },
        seed: 1 + (i % 3),
      },
    });
  });
}
