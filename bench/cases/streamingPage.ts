// Whether a set larger than memory trains in the page: its data worker reads from private storage, its trainer trains.
import { withPage } from "../builtPage.ts";
import { atMost, figure, type Case } from "../case.ts";
import { trainInBrowser, type BrowserRun } from "../streaming/browserRun.ts";
import { inFreshProcess } from "../streaming/freshProcess.ts";

const SIZES = (process.env["STREAMING_SIZES"] ?? "100000,2000000").split(",").map(Number);
const STEPS = 3000;

export const streamingPage: Case = {
  name: "streaming-page",
  about: `memory and pairs/s of ${STEPS} wasm steps in Chromium's workers on ${SIZES.join(" and ")} invented pairs`,
  async run() {
    const runs: BrowserRun[] = [];
    for (const pairs of SIZES) {
      await inFreshProcess("trainInvented.ts", pairs, 2); // makes and tokenises the set, the first time
      const run = await withPage(
        (browser, address) => trainInBrowser(browser, address, pairs, STEPS),
        "disk",
      );
      process.stdout.write(
        `    ${pairs} pairs: load ${run.loadSeconds.toFixed(0)} s; page's process ${run.trainingMiB.map((mib) => mib.toFixed(0)).join(", ")} MiB ` +
          `over the steps, peak ${run.peakMiB.toFixed(0)} MiB; ${run.pairsPerSecond.toFixed(0)} pairs/s, ` +
          `${run.pairsPerCpuSecond.toFixed(0)} a CPU second\n`,
      );
      runs.push(run);
    }
    const [smallest, largest] = [runs[0]!, runs.at(-1)!];
    const steady = largest.trainingMiB.slice(1); // the first is taken while the load is being cleared away
    return [
      atMost({
        name: "streaming-page/memory",
        unit: "MiB at the last step",
        value: steady.at(-1)!,
        baseline: "after a tenth of the steps",
        baselineValue: steady[0]!,
        most: 1.05,
        note: `${largest.pairs} pairs, the page's process`,
      }),
      figure({
        name: "streaming-page/peak",
        unit: "MiB",
        value: largest.peakMiB,
        baseline: `${smallest.pairs} pairs`,
        baselineValue: smallest.peakMiB,
      }),
      atMost({
        name: "streaming-page/pairs-per-second",
        unit: "pairs a CPU second, smallest set",
        value: smallest.pairsPerCpuSecond,
        baseline: "largest set",
        baselineValue: largest.pairsPerCpuSecond,
        most: 1.15,
        note: runs.map((run) => `${run.pairs}: ${run.pairsPerSecond.toFixed(0)} pairs/s`).join(", "),
      }),
    ];
  },
};
