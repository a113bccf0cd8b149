// The built page in a real browser: how long until it can be used, until the first chart point after the click,
// until the next run's first step; and how much moves meanwhile.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { AGE } from "../../src/core/age.ts";
import { INVENTED_INDEX, inventedResults } from "../../src/testing/inventedStudy.ts";
import { withPage } from "../builtPage.ts";
import { ceiling, figure, median, type Case } from "../case.ts";
import { bar, firstPoint, secondsSince, secondsTo } from "../trainingPage.ts";

const ROUNDS = 3;
const STEPS = 40;
const LINK = `#v=${AGE}&preset=quickstart&backend=wasm&steps=${STEPS}`;
const WIDTHS = [390, 768, 1440];

/** What moved while a run trained from click to end, as Chromium counts it: share of the window times share of the way. */
async function layoutShift(browser: Browser, address: string, width: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(address + LINK);
  await bar(tab).waitFor();
  await tab.waitForTimeout(1000);
  await tab.evaluate(`window.shift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shift += value;
    }).observe({ type: "layout-shift" });`);
  await secondsTo(tab, bar(tab).getByText(`Finished ${STEPS} steps`));
  await tab.waitForTimeout(500);
  const shift = await tab.evaluate<number>("window.shift");
  await context.close();
  return shift;
}

/** A study of 9 cells and 10 seeds that comes with the page, on a phone. */
interface OpenedStudy {
  readonly open: number; // seconds from the press on it until its card and pictures are there
  readonly still: number; // ms of the longest task meanwhile, and a second on
}

async function openStudy(browser: Browser, address: string): Promise<OpenedStudy> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const tab = await context.newPage();
  await tab.route("**/studies/index.json", (route) => route.fulfill({ json: INVENTED_INDEX }));
  const file = inventedResults();
  await tab.route("**/studies/invented.json", (route) =>
    route.fulfill({ body: file, contentType: "application/json" }),
  );
  await tab.goto(address);
  await tab.getByRole("tab", { name: "Study", exact: true }).click();
  const card = tab.getByRole("button", { name: INVENTED_INDEX[0]!.headline });
  await card.waitFor();
  await tab.waitForTimeout(1000);
  await tab.evaluate(`window.still = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.still = Math.max(window.still, duration);
    }).observe({ type: "longtask" });`);
  const click = performance.now();
  await card.click();
  await tab.getByRole("article", { name: "What was found" }).waitFor();
  await tab.getByRole("figure", { name: /cells minus/ }).waitFor();
  const open = secondsSince(click);
  await tab.waitForTimeout(1000);
  const still = await tab.evaluate<number>("window.still");
  await context.close();
  return { open, still };
}

export const page: Case = {
  name: "page",
  about:
    "the built page in Chromium: first load, first chart point, the second run's first step, a study on a phone, what moves",
  async run() {
    const loads: number[] = [];
    const firstPoints: number[] = [];
    const secondSteps: number[] = [];
    const shifts: number[] = [];
    const studies: OpenedStudy[] = [];
    await withPage(async (browser, address) => {
      for (let round = 0; round < ROUNDS; round++) {
        const context = await browser.newContext();
        const tab = await context.newPage();
        const start = performance.now();
        await tab.goto(address + LINK);
        await bar(tab).waitFor();
        loads.push(secondsSince(start));
        await tab.waitForTimeout(500);
        firstPoints.push(await secondsTo(tab, firstPoint(tab)));
        await bar(tab).getByText(`Finished ${STEPS} steps`).waitFor({ timeout: 60_000 });
        secondSteps.push(await secondsTo(tab, bar(tab).getByText(/^Training, step [1-9]/)));
        await context.close();
      }
      for (let round = 0; round < ROUNDS; round++) studies.push(await openStudy(browser, address));
      for (const width of WIDTHS) shifts.push(await layoutShift(browser, address, width));
    });
    const note = `median of ${ROUNDS}`;
    const within = (name: string, values: readonly number[], limit: number) =>
      ceiling({ name, unit: "s", value: median(values), limit, limitName: `${limit} s`, note });
    return [
      within("page-first-load", loads, 1.5),
      within("page-first-point", firstPoints, 4),
      within("page-second-step", secondSteps, 1),
      within(
        "page-study-open",
        studies.map(({ open }) => open),
        2,
      ),
      ceiling({
        name: "page-study-longest-task",
        unit: "ms",
        value: median(studies.map(({ still }) => still)),
        limit: 200,
        limitName: "200 ms",
        note,
      }),
      ...WIDTHS.map((width, i) =>
        ceiling({
          name: `page-shift/${width}`,
          unit: "layout shift",
          value: shifts[i]!,
          limit: 0.02,
          limitName: "0.02",
          note: "while it trains, from click to end",
        }),
      ),
      ceiling({
        name: "page-chunk",
        unit: "kB gzipped",
        value: firstLoadKb("dist"),
        limit: 250,
        limitName: "250 kB",
      }),
      ...workerSizes("dist").map(({ name, kB }) =>
        figure({
          name,
          unit: "kB gzipped",
          value: kB,
          baseline: "the first load",
          baselineValue: firstLoadKb("dist"),
        }),
      ),
    ];
  },
};

const gzippedKb = (file: string) => gzipSync(readFileSync(file)).length / 1000;

/** The scripts that workers start from, and the largest of those they load later. */
function workerSizes(dist: string): { readonly name: string; readonly kB: number }[] {
  const assets = path.join(dist, "assets");
  return readdirSync(assets)
    .filter((file) => /worker.*\.js$/.test(file))
    .map((file) => ({
      name: `page-${file.replace(/-[^-]*\.js$/, "")}`,
      kB: gzippedKb(path.join(assets, file)),
    }));
}

/** Scripts and styles that index.html names, gzipped. */
function firstLoadKb(dist: string): number {
  const html = readFileSync(path.join(dist, "index.html"), "utf8");
  const named = readdirSync(path.join(dist, "assets")).filter(
    (file) => html.includes(file) && /\.(js|css)$/.test(file),
  );
  const files = ["index.html", ...named.map((file) => `assets/${file}`)].filter((file) =>
    existsSync(path.join(dist, file)),
  );
  return files.reduce((sum, file) => sum + gzippedKb(path.join(dist, file)), 0);
}
