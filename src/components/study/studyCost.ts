// What a study costs before it starts: runs, time here, storage; and what it could find. Measures nothing.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import { expectedSeconds } from "../../core/series/expectedTime.ts";
import { speedsFor, type KnownSpeeds } from "../../core/series/speedsFor.ts";
import { evalTarget } from "../../core/spec/resolve.ts";
import { evalMetrics } from "../../core/metrics/metricTable.ts";
import { cellSpec } from "../../core/study/studyRuns.ts";
import type { Study } from "../../core/study/study.ts";

export interface StudyCost {
  readonly runs: number;
  readonly seconds?: number | undefined; // by one trainer; undefined where the speed of its encoder is not known
  readonly isHere: boolean; // by this device's own speed
  readonly bytes?: number | undefined; // of records and values of single questions
  readonly lacking: readonly string[]; // datasets that are not in this browser
}

/** Points, counts and settings of a record. */
const RECORD_BYTES = 40_000;

export function studyCost(study: Study, datasets: readonly DatasetInfo[], known: KnownSpeeds): StudyCost {
  const specs = study.cells.map((cell) => cellSpec(study, cell, study.seeds[0]!));
  const manifest = (id: string) => datasets.find((one) => one.id === id)?.manifest;
  const needed = new Set(specs.flatMap((spec) => [spec.data.train, evalTarget(spec).datasetId]));
  const costs = specs.map((spec) => {
    const test = manifest(evalTarget(spec).datasetId);
    const found = speedsFor(spec, known);
    const size = test && evalSize(test, spec);
    return {
      isHere: found?.isHere === true,
      seconds: size && found && expectedSeconds(spec, size, found.speeds),
      bytes: size && RECORD_BYTES + 4 * size.queries * evalMetrics(spec.evaluate.cuts).length,
    };
  });
  const total = (of: "seconds" | "bytes") =>
    costs.reduce<number | undefined>((sum, one) => {
      const own = one[of];
      return sum === undefined || own === undefined ? undefined : sum + own * study.seeds.length;
    }, 0);
  return {
    runs: study.cells.length * study.seeds.length,
    seconds: total("seconds"),
    isHere: costs.every(({ isHere }) => isHere),
    bytes: total("bytes"),
    lacking: [...needed].filter((id) => !datasets.some((one) => one.id === id)),
  };
}

/** From here on it asks once more. */
const LONG_SECONDS = 3600;
const MANY_RUNS = 200;
const LARGE_BYTES = 500 * 2 ** 20;

export const isLarge = ({ runs, seconds = 0, bytes = 0 }: StudyCost): boolean =>
  runs > MANY_RUNS || seconds > LONG_SECONDS || bytes > LARGE_BYTES;
