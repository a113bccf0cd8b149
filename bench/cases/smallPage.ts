// distilled-small in the built page, on XQuAD-R's English and German and wasm: from the end of the start evaluation to the first
// step; the second run, whose start evaluation is kept; what the page's process holds at most, moments included.
import type { Browser } from "@playwright/test";
import { AGE } from "../../src/core/age.ts";
import { withPage } from "../builtPage.ts";
import { ceiling, notMeasured, type Case } from "../case.ts";
import { busiestRenderer, residentMiB } from "../rendererProcess.ts";
import { bar, firstPoint, secondsSince, secondsTo } from "../trainingPage.ts";
import { NO_XQUADR, xquadRFiles } from "../xquadR.ts";

const STEPS = 4;
const link = (preset: string) =>
  `#v=${AGE}&preset=${preset}&langs=en,de&heldOut=none&steps=${STEPS}&evalEvery=0&backend=wasm`;
const PATIENCE_MS = 600_000;

interface Measured {
  readonly firstStep: number; // s from the first chart point
  readonly secondRun: number; // s from the click to the first step
  readonly peakMiB: number;
}

async function train(browser: Browser, address: string, files: readonly string[]): Promise<Measured> {
  const tab = await browser.contexts()[0]!.newPage();
  await tab.goto(address + link("paper-hybrid"));
  await tab.getByLabel("Dataset files").setInputFiles([...files]);
  const dialog = tab.getByRole("dialog");
  await dialog.getByLabel(/with their paragraph/).uncheck();
  await dialog.getByRole("button", { name: "Add" }).click();
  await dialog.waitFor({ state: "detached", timeout: PATIENCE_MS });
  await tab
    .getByText(/^(Looking into|Converting) /)
    .first()
    .waitFor({ state: "detached", timeout: PATIENCE_MS });
  const session = await browser.newBrowserCDPSession();
  let peakMiB = 0;
  const timer = setInterval(() => {
    const held = busiestRenderer(session)
      .then(residentMiB)
      .catch(() => 0); // 0: the browser is closing
    void held.then((mib) => (peakMiB = Math.max(peakMiB, mib)));
  }, 200);
  try {
    const stepped = bar(tab).getByText(/^(Training, step|Finished) [1-9]/); // a page that is busy may show the end first
    const finished = bar(tab).getByText(`Finished ${STEPS} steps`);
    await secondsTo(tab, firstPoint(tab), PATIENCE_MS);
    const evaluated = performance.now();
    await stepped.waitFor({ timeout: PATIENCE_MS });
    const firstStep = secondsSince(evaluated);
    await finished.waitFor({ timeout: PATIENCE_MS });
    await tab.goto(address + link("paper-mono")); // the hash alone: what the last run read stays
    const secondRun = await secondsTo(tab, stepped, PATIENCE_MS);
    await finished.waitFor({ timeout: PATIENCE_MS });
    return { firstStep, secondRun, peakMiB };
  } finally {
    clearInterval(timer);
  }
}

export const smallPage: Case = {
  name: "small-page",
  about: "distilled-small in Chromium on XQuAD-R, two languages: first steps, memory of the page's process",
  async run() {
    const files = xquadRFiles();
    if (!files) {
      const row = { name: "small-page", unit: "s", baseline: "3 s", target: "ratio <= 1" };
      return [notMeasured({ ...row, reason: NO_XQUADR })];
    }
    const taken = await withPage((browser, address) => train(browser, address, files), "disk");
    const within = (name: string, unit: string, value: number, limit: number, note: string) =>
      ceiling({ name: `small-page/${name}`, unit, value, limit, limitName: `${limit} ${unit}`, note });
    return [
      within("first-step", "s", taken.firstStep, 3, "from the end of the start evaluation"),
      within("second-run", "s", taken.secondRun, 3, "from the click, its start evaluation being kept"),
      within("memory", "MiB", taken.peakMiB, 953, "peak of the page's process over both runs"), // 1 GB
    ];
  },
};
