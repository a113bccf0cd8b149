// How smoothly the built page draws while it trains with many long runs on its charts, next to the same page idle.
import type { Browser, Page } from "@playwright/test";
import { executeRun } from "../../src/cli/executeRun.ts";
import { recordJson } from "../../src/core/export/recordJson.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { digestOf } from "../../src/core/record/digest.ts";
import { withPage } from "../builtPage.ts";
import { atMost, figure, type Case } from "../case.ts";
import { COUNTED_SECONDS, countFrames, framesText } from "../frameCounter.ts";
import { bar } from "../trainingPage.ts";

const RUNS = 20; // the one that trains among them
const POINTS = 10_000; // of each finished run

/** Records of a short run, its loss lengthened to `POINTS` points; their seeds differ, as equal runs are listed once. */
async function longRecords(count: number): Promise<RunRecord[]> {
  const quick = withPath(findPreset("quickstart")!.spec, "compute.backend", "wasm");
  const short = withPath(withPath(quick, "steps", 2), "evalEvery", 0);
  const { record, resources } = await executeRun(withPath(short, "data.liveQueries", 200), {
    training: true,
    quiet: true,
  });
  resources.model.dispose();
  return Array.from({ length: count }, (_, seed) => {
    const losses = Array.from({ length: POINTS - record.points.length }, (_, i) => ({
      step: i + 1,
      ...(i % 2 === 0
        ? ({ metric: "loss/mono", kind: "mono" } as const)
        : ({ metric: "loss/cross", kind: "cross" } as const)),
      value: 5 * Math.exp(-i / 3000) + Math.sin((i + seed) * 12.9898) / 4,
    }));
    const spec = withPath(withPath(record.spec, "steps", POINTS), "seed", seed + 2);
    const long = { ...record, spec, points: [...record.points, ...losses] };
    return { ...long, digest: digestOf(long) };
  });
}

/** Seconds the page's own thread has computed since it was opened: what drawing costs, whoever else has the cores. */
async function busySeconds(tab: Page): Promise<() => Promise<number>> {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
}

async function measure(browser: Browser, address: string, records: readonly RunRecord[]) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await tab.goto(`${address}#v=1&preset=quickstart&backend=wasm&steps=${POINTS}`);
  const train = bar(tab).getByRole("button", { name: /^Train/ }); // a run's card has one, too
  await train.waitFor();
  const idle = await countFrames(tab);
  const files = records.map((record, i) => ({
    name: `run ${i + 1}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(recordJson(record)),
  }));
  await tab.locator('#pane-runs input[type="file"]').setInputFiles(files, { timeout: 180_000 });
  const boxes = tab.locator(".runItem-overlay input");
  await boxes.nth(records.length - 1).waitFor({ timeout: 180_000 });
  for (let i = 0; i < records.length; i++) {
    if (!(await boxes.nth(i).isChecked())) await boxes.nth(i).check();
  }
  await tab.getByRole("figure").first().scrollIntoViewIfNeeded(); // the charts, not the list
  const shown = await countFrames(tab); // all drawn, nothing training
  await train.click();
  await tab
    .getByRole("status")
    .filter({ hasText: /step [1-9]/ })
    .first()
    .waitFor({ timeout: 120_000 });
  const busy = await busySeconds(tab);
  const before = await busy();
  const training = await countFrames(tab);
  return { idle, shown, training, busy: ((await busy()) - before) / COUNTED_SECONDS };
}

export const frames: Case = {
  name: "frames",
  about: `frames a second while training with ${RUNS} runs of ${POINTS} points on the charts; the idle page beside it`,
  async run() {
    const records = await longRecords(RUNS - 1);
    const { idle, shown, training, busy } = await withPage((browser, address) =>
      measure(browser, address, records),
    );
    const row = { unit: "ms a frame", baseline: "the idle page", baselineValue: 1000 / idle.perSecond };
    return [
      atMost({
        ...row,
        name: "frames/training",
        value: 1000 / training.perSecond,
        most: 1.05,
        note:
          `${framesText(training)}, idle ${idle.perSecond.toFixed(1)}; ` +
          `the page's thread computes ${Math.round(100 * busy)} % of the time`,
      }),
      figure({
        ...row,
        name: "frames/shown",
        value: 1000 / shown.perSecond,
        note: `runs drawn, nothing training; ${framesText(shown)}`,
      }),
    ];
  },
};
