// What a study will take here, said before anything starts: runs, minutes, storage. Speeds are those that runs measured on
// this machine, else the encoder's own table.
import { megabytes } from "../../core/megabytes.ts";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { counted } from "../../core/counted.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import type { Speeds } from "../../core/encoders/encoderInfo.ts";
import { SpecError } from "../../core/inputError.ts";
import { queryMetrics } from "../../core/metrics/metricTable.ts";
import { duration } from "../../core/run/duration.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import { expectedSeconds } from "../../core/series/expectedTime.ts";
import { parseSpeedTable } from "../../core/series/measuredSpeeds.ts";
import { speedsFor } from "../../core/series/speedsFor.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { StudyRun } from "../../core/study/study.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { labHome } from "../nodeShards.ts";

export interface Cost {
  readonly runs: number;
  readonly seconds: number | undefined; // on the wall, of all; undefined for an encoder of unknown speed
  readonly bytes: number;
}

/** Beyond any of these a sweep asks for --yes. */
const LIMITS: Cost = { runs: 300, seconds: 3600, bytes: 1e9 };
const MAX_KEPT = 40;
const speedsFile = () => path.join(labHome(), "speeds.json");

/** Speeds of one process with one thread. */
export async function readSpeeds(): Promise<Readonly<Record<string, Speeds>>> {
  const text = await readFile(speedsFile(), "utf8").catch(() => "{}");
  try {
    return parseSpeedTable(JSON.parse(text), MAX_KEPT);
  } catch {
    return {};
  }
}

/** Only a convenience: where it cannot be kept, the next sweep knows the encoder's table. */
export async function keepSpeeds(measured: Readonly<Record<string, Speeds>>): Promise<void> {
  const all = Object.entries({ ...(await readSpeeds()), ...measured }).slice(-MAX_KEPT);
  await replaceFile(speedsFile(), JSON.stringify(Object.fromEntries(all))).catch(() => undefined);
}

/** @param runs that are still to be trained @param manifest of the test set */
export async function costOf(runs: readonly StudyRun[], manifest: Manifest, lanes: number): Promise<Cost> {
  const known = { measured: await readSpeeds(), pace: 1, playsGpu: false };
  const beside = Math.min(lanes, runs.length, availableParallelism());
  let seconds: number | undefined = 0;
  let bytes = 0;
  for (const { spec } of runs) {
    const size = evalSize(manifest, spec);
    const speeds = speedsFor(spec, known)?.speeds;
    seconds = speeds && seconds !== undefined ? seconds + expectedSeconds(spec, size, speeds) : undefined;
    bytes += recordBytes(spec, size.queries);
  }
  return { runs: runs.length, seconds: seconds && seconds / Math.max(1, beside), bytes };
}

/** Points at about 55 bytes, and what single questions came to at about 5 packed. */
function recordBytes(spec: ExperimentSpec, queries: number): number {
  const measures = queryMetrics(spec.evaluate.cuts).length;
  const evaluations = 2 + (spec.evalEvery === 0 ? 0 : Math.floor(spec.steps / spec.evalEvery));
  const points = evaluations * measures * (evalLanguages(spec).length + 2) + spec.steps;
  return 55 * points + 5 * queries * measures;
}

/** "54 runs, about 3 min here, 12 MB" */
export function costText({ runs, seconds, bytes }: Cost): string {
  const time =
    seconds === undefined ? "time not known before the first run" : `about ${duration(seconds)} here`;
  return `${counted(runs, "run")}, ${time}, ${megabytes(Math.max(1e5, bytes))}`;
}

/** @throws SpecError where it is more than is begun without being asked */
export function checkCost(cost: Cost, isAgreed: boolean): void {
  const isLarge =
    cost.runs > LIMITS.runs || (cost.seconds ?? 0) > LIMITS.seconds! || cost.bytes > LIMITS.bytes;
  if (isLarge && !isAgreed) {
    throw new SpecError(`This is ${costText(cost)}; say --yes to begin, or take fewer cells or seeds`);
  }
}
