// The quick start as it opens, in a Chromium of a phone's size that the system holds to a quarter of one core: how long it takes,
// which time was said before, what the page's process holds at most.
import type { Browser } from "@playwright/test";
import { DEFAULT_PRESET } from "../../src/core/spec/presets.ts";
import { withPage } from "../builtPage.ts";
import { ceiling, notMeasured, type Case } from "../case.ts";
import { familyOf, holdTo } from "../quarterCore.ts";
import { busiestRenderer, cpuMs, proportionalMiB } from "../rendererProcess.ts";
import { bar, secondsTo } from "../trainingPage.ts";

const SHARE = 0.25;
const PATIENCE_MS = 400_000;
const SETTLED_MS = 8000; // what the page fetches behind itself is here
const LOOK_MS = 500; // between two looks at its memory
const { steps } = DEFAULT_PRESET.spec;

interface Taken {
  readonly seconds: number; // from the click to the end
  readonly cpuSeconds: number; // of the page's process meanwhile
  readonly said: string; // before the click
  readonly peakMiB: number;
}

/** @returns undefined where nobody can be held */
async function quickStart(browser: Browser, address: string): Promise<Taken | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const letGo = holdTo(SHARE, familyOf(processInfo.find(({ type }) => type === "browser")!.id));
  if (!letGo) return undefined;
  try {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true });
    context.setDefaultTimeout(PATIENCE_MS);
    const tab = await context.newPage();
    await tab.goto(address);
    await tab.getByRole("button", { name: "Skip", exact: true }).click();
    await tab.waitForTimeout(SETTLED_MS);
    const said = (await bar(tab).locator(".transport-plan").innerText()).split(" · ")[0]!;
    if (!said.startsWith("About ")) throw new Error(`The page says no time before Train: ${said}`);

    const renderer = await busiestRenderer(session);
    let peakMiB = 0;
    const timer = setInterval(() => (peakMiB = Math.max(peakMiB, proportionalMiB(renderer))), LOOK_MS);
    const before = cpuMs(renderer);
    const seconds = await secondsTo(tab, bar(tab).getByText(`Finished ${steps} steps`), PATIENCE_MS);
    clearInterval(timer);
    return { seconds, cpuSeconds: (cpuMs(renderer) - before) / 1000, said, peakMiB };
  } finally {
    letGo();
  }
}

export const phone: Case = {
  name: "phone",
  about:
    "the quick start on a quarter of one core (a quota on all of Chromium's threads): time, time said, memory",
  async run() {
    const taken = await withPage(quickStart);
    if (!taken) {
      const row = { name: "phone/quick-start", unit: "s", baseline: "90 s", target: "ratio <= 1" };
      return [notMeasured({ ...row, reason: "no quota can be set here (cgroups, as root)" })];
    }
    const { seconds, cpuSeconds, said, peakMiB } = taken;
    return [
      ceiling({
        name: "phone/quick-start",
        unit: "s",
        value: seconds,
        limit: 90,
        limitName: "90 s",
        note: `said before: ${said}; the page had ${(cpuSeconds / seconds).toFixed(2)} of a core`,
      }),
      ceiling({
        name: "phone/memory",
        unit: "MB",
        value: peakMiB * 1.048576,
        limit: 400,
        limitName: "400 MB",
        note: "peak of the page's process, shared pages by part",
      }),
    ];
  },
};
