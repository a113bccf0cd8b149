// Everything of a page with 500 stored runs as one file: how long it takes, and what the page's process holds meanwhile above
// what it held before, moments included.
import type { Browser } from "@playwright/test";
import { withPage } from "../builtPage.ts";
import { ceiling, type Case } from "../case.ts";
import { keepRuns, storedRuns, type KeptRun } from "../input/storedRuns.ts";
import { busiestRenderer, residentMiB } from "../rendererProcess.ts";
import { secondsSince } from "../trainingPage.ts";

const RUNS = 500;
const PATIENCE_MS = 600_000;
const EVERY_MS = 50;

interface Measured {
  readonly seconds: number; // from the click to the file
  readonly heldMiB: number; // before, collected
  readonly peakMiB: number;
}

async function measure(browser: Browser, address: string, runs: readonly KeptRun[]): Promise<Measured> {
  const context = browser.contexts()[0]!;
  const empty = await context.newPage();
  await empty.goto(address);
  await empty.getByText("Every run you train is kept here").waitFor({ state: "attached" });
  await keepRuns(empty, runs);
  await empty.close();
  const tab = await context.newPage();
  await tab.goto(`${address}#/data`);
  const button = tab.getByRole("button", { name: /^Back up everything \(about / });
  await button.waitFor({ timeout: PATIENCE_MS });
  await tab.evaluate("gc()");
  const renderer = await busiestRenderer(await browser.newBrowserCDPSession());
  const heldMiB = residentMiB(renderer);
  let peakMiB = heldMiB;
  const timer = setInterval(() => (peakMiB = Math.max(peakMiB, residentMiB(renderer))), EVERY_MS);
  try {
    const saved = tab.waitForEvent("download", { timeout: PATIENCE_MS });
    const start = performance.now();
    await button.click();
    await (await saved).path(); // whole
    return { seconds: secondsSince(start), heldMiB, peakMiB };
  } finally {
    clearInterval(timer);
  }
}

export const backup: Case = {
  name: "backup",
  about: `everything of a page with ${RUNS} stored runs as one file: seconds, memory of the page's process`,
  async run() {
    const runs = await storedRuns(RUNS);
    const { seconds, heldMiB, peakMiB } = await withPage(
      (browser, address) => measure(browser, address, runs),
      "disk",
    );
    return [
      ceiling({ name: "backup/seconds", unit: "s", value: seconds, limit: 30, limitName: "30 s" }),
      ceiling({
        name: "backup/memory",
        unit: "MiB above what the page held",
        value: peakMiB - heldMiB,
        limit: 200,
        limitName: "200 MiB",
        note: `${heldMiB.toFixed(0)} MiB before, ${peakMiB.toFixed(0)} at most`,
      }),
    ];
  },
};
