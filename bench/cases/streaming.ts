// Whether a set larger than memory trains: memory and speed against the number of pairs, each size in a fresh process.
import { atMost, figure, type Case, type CaseResult } from "../case.ts";
import { inFreshProcess } from "../streaming/freshProcess.ts";
import type { StreamedRun } from "../streaming/trainInvented.ts";

const SIZES = [100_000, 500_000, 2_000_000];
const STEPS = 1000;
const SCRIPT = "trainInvented.ts";

const last = <T>(values: readonly T[]): T => values.at(-1)!;

export const streaming: Case = {
  name: "streaming",
  about: `memory and pairs/s of ${STEPS} wasm steps on ${SIZES.join(", ")} invented pairs, a process each`,
  async run() {
    const runs: StreamedRun[] = [];
    for (const pairs of SIZES) {
      await inFreshProcess(SCRIPT, pairs, 0); // makes the set, the first time
      const first = JSON.parse(await inFreshProcess(SCRIPT, pairs, 2)) as StreamedRun; // tokenises it, the first time
      const run = JSON.parse(await inFreshProcess(SCRIPT, pairs, STEPS)) as StreamedRun;
      const held = run.heldMiB.map((mib) => mib.toFixed(0)).join(", ");
      process.stdout.write(
        `    ${pairs} pairs: load ${first.loadSeconds.toFixed(1)} s, then ${run.loadSeconds.toFixed(1)} s; held ${held} MiB ` +
          `over the steps, peak ${run.peakMiB.toFixed(0)} MiB; ${run.pairsPerSecond.toFixed(0)} pairs/s\n`,
      );
      runs.push(run);
    }
    const smallest = runs[0]!;
    const largest = last(runs);
    const rows: CaseResult[] = runs.slice(1).map((run) =>
      figure({
        name: `streaming/peak/${run.pairs}`,
        unit: "MiB",
        value: run.peakMiB,
        baseline: `${smallest.pairs} pairs`,
        baselineValue: smallest.peakMiB,
      }),
    );
    const extraPairs = largest.pairs - smallest.pairs;
    return [
      ...rows,
      atMost({
        name: "streaming/held-while-training",
        unit: "MiB",
        value: last(largest.heldMiB),
        baseline: "at the first step",
        baselineValue: largest.heldMiB[0]!,
        most: 1.05,
        note: `${largest.pairs} pairs: ${largest.heldMiB.map((mib) => mib.toFixed(0)).join(", ")} MiB`,
      }),
      figure({
        name: "streaming/index",
        unit: "bytes a further pair",
        value: ((last(largest.heldMiB) - last(smallest.heldMiB)) * 2 ** 20) / extraPairs,
        baseline: `MiB held for ${smallest.pairs} pairs`,
        baselineValue: last(smallest.heldMiB),
      }),
      atMost({
        name: "streaming/pairs-per-second",
        unit: "pairs/s, smallest set",
        value: smallest.pairsPerSecond,
        baseline: "pairs/s, largest set",
        baselineValue: largest.pairsPerSecond,
        most: 1.15,
        note: runs.map((run) => `${run.pairs}: ${run.pairsPerSecond.toFixed(0)}`).join(", "),
      }),
    ];
  },
};
