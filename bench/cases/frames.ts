// How smoothly the built page draws while it trains with many long runs on its charts, next to the same page idle.
import { chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { findChromium, WEBGPU_FLAGS } from "../../scripts/chromium.mjs";
import { executeRun } from "../../src/cli/executeRun.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { ceiling, figure, type Case } from "../case.ts";

const RUNS = 20; // the one that trains among them
const POINTS = 10_000; // of each finished run
const SECONDS = 10;

/** A short run's record whose loss goes on for `POINTS` points: as long as a long run's, without training one. */
async function longRecord(): Promise<RunRecord> {
  const quick = withPath(findPreset("quickstart")!.spec, "compute.backend", "wasm");
  const spec = withPath(withPath(quick, "steps", 2), "evalEvery", 0);
  const { record, resources } = await executeRun(spec, { training: true, quiet: true });
  resources.model.dispose();
  const losses = Array.from({ length: POINTS - record.points.length }, (_, i) => ({
    step: i + 1,
    ...(i % 2 === 0
      ? ({ metric: "loss/mono", kind: "mono" } as const)
      : ({ metric: "loss/cross", kind: "cross" } as const)),
    value: 5 * Math.exp(-i / 3000) + Math.sin(i * 12.9898) / 4,
  }));
  return { ...record, points: [...record.points, ...losses] };
}

interface Frames {
  readonly perSecond: number;
  readonly late: number; // share of frames that came more than 16.7 ms (and half a millisecond) after the last
  readonly worstMs: number;
}

/** Run in the page; as text, since the loader that runs the bench adds calls of its own to named functions. */
const COUNTER = `new Promise((resolve) => {
  const gaps = [];
  const start = performance.now();
  let last = start;
  const onFrame = (now) => {
    gaps.push(now - last);
    last = now;
    if (now - start < ${SECONDS * 1000}) return void requestAnimationFrame(onFrame);
    const late = gaps.filter((gap) => gap > 17.2).length / gaps.length;
    resolve({ perSecond: (1000 * gaps.length) / (now - start), late, worstMs: Math.max(...gaps) });
  };
  requestAnimationFrame(onFrame);
})`;

const countFrames = (tab: Page) => tab.evaluate<Frames>(COUNTER);

export const frames: Case = {
  name: "frames",
  about: `frames a second while training with ${RUNS} runs of ${POINTS} points on the charts; the idle page beside it`,
  async run() {
    const record = await longRecord();
    await build({ logLevel: "error" });
    const server = await preview({ logLevel: "error", preview: { port: 4391 } });
    const browser = await chromium.launch({ executablePath: findChromium()!, args: WEBGPU_FLAGS });
    try {
      const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await tab.goto(`${server.resolvedUrls!.local[0]!}#v=1&preset=quickstart&backend=wasm&steps=100000`);
      const train = tab.getByRole("button", { name: /^Train/ });
      await train.waitFor();
      const idle = await countFrames(tab);
      const files = Array.from({ length: RUNS - 1 }, (_, i) => ({
        name: `run ${i + 1}.json`,
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(record)),
      }));
      await tab.locator('aside[aria-label="Runs"] input[type="file"]').setInputFiles(files);
      const boxes = tab.locator(".runItem-overlay input");
      await tab.waitForFunction(
        (wanted) => document.querySelectorAll(".runItem-overlay input").length >= wanted,
        RUNS - 1,
        { timeout: 120_000 },
      );
      for (let i = 0; i < RUNS - 1; i++) {
        const box = boxes.nth(i);
        if (!(await box.isChecked())) await box.check();
      }
      const shown = await countFrames(tab); // all drawn, nothing training
      await train.click();
      await tab.locator("figure table tbody tr").first().waitFor({ state: "attached", timeout: 120_000 });
      await tab.waitForTimeout(3000);
      const training = await countFrames(tab);
      const describe = ({ late, worstMs }: Frames) =>
        `${Math.round(100 * late)} % of frames late, the worst ${worstMs.toFixed(0)} ms`;
      return [
        ceiling({
          name: "frames/training",
          unit: "of the idle page's frames a second, missing",
          value: Math.max(0, 1 - training.perSecond / idle.perSecond),
          limit: 0.05,
          limitName: "0.05",
          note: `${training.perSecond.toFixed(1)} frames/s, ${describe(training)}`,
        }),
        figure({
          name: "frames/shown",
          unit: "frames/s, runs drawn, nothing training",
          value: shown.perSecond,
          baseline: "the idle page",
          baselineValue: idle.perSecond,
          note: describe(shown),
        }),
        figure({
          name: "frames/idle",
          unit: "frames/s, idle page without runs",
          value: idle.perSecond,
          baseline: "60",
          baselineValue: 60,
          note: describe(idle),
        }),
      ];
    } finally {
      await browser.close();
      await new Promise((resolve) => server.httpServer.close(resolve));
    }
  },
};
