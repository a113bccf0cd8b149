// The built page with 500 stored runs: how long until it can be used, and how smoothly its list scrolls and is searched.
import type { Browser, Page } from "@playwright/test";
import { withPage } from "../builtPage.ts";
import { atMost, ceiling, median, type Case } from "../case.ts";
import { countFrames, framesText, type Frames } from "../frameCounter.ts";
import { keepRuns, storedRuns, type KeptRun } from "../input/storedRuns.ts";

const RUNS = 500;
const ROUNDS = 3;
const ADDRESS = "#v=1&preset=quickstart&backend=wasm";
const SEARCHES = ["seed 3", "mono 70", "temperature", "nothing fits", "cross"];

const search = (tab: Page) => tab.getByRole("searchbox", { name: /^Find a run/ });

/** Until a run of the list is there, in a tab that is left open. */
async function open(browser: Browser, address: string, width: number) {
  const tab = await browser.contexts()[0]!.newPage();
  await tab.setViewportSize({ width, height: 900 });
  const start = performance.now();
  await tab.goto(address + ADDRESS);
  await tab.locator(".runItem").first().waitFor({ state: "attached" });
  await tab.getByRole("button", { name: "Train", exact: true }).waitFor();
  return { tab, seconds: (performance.now() - start) / 1000 };
}

/** Down the list at 40 px a frame and up again, for as long as frames are counted; as text, since the loader adds calls. */
const SCROLL = `(() => {
  const pane = document.querySelector("#runs-body");
  const scroller = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible"
    ? pane : document.scrollingElement;
  let step = 40;
  window.scrolled = 0;
  const move = () => {
    const before = scroller.scrollTop;
    scroller.scrollTop += step;
    if (scroller.scrollTop === before) step = -step;
    window.scrolled += Math.abs(scroller.scrollTop - before);
    if (window.scrolling) requestAnimationFrame(move);
  };
  window.scrolling = true;
  move();
})()`;

async function whileScrolling(tab: Page): Promise<Frames> {
  await tab.evaluate(SCROLL);
  const frames = await countFrames(tab);
  const scrolled = await tab.evaluate<number>("(window.scrolling = false, window.scrolled)");
  if (scrolled < 5000) throw new Error(`the list scrolled ${scrolled} px only`);
  return frames;
}

async function whileSearching(tab: Page): Promise<Frames> {
  let counting = true;
  const type = async () => {
    for (let i = 0; counting; i++) {
      await search(tab).fill("");
      await search(tab).pressSequentially(SEARCHES[i % SEARCHES.length]!, { delay: 120 });
    }
  };
  const [frames] = await Promise.all([countFrames(tab).finally(() => (counting = false)), type()]);
  return frames;
}

/** The page of somebody without runs, whose storage is there. */
async function openEmpty(browser: Browser, address: string): Promise<Page> {
  const tab = await browser.contexts()[0]!.newPage();
  await tab.setViewportSize({ width: 1440, height: 900 });
  await tab.goto(address + ADDRESS);
  await tab.getByText("Every run you train is kept here").waitFor({ state: "attached" });
  return tab;
}

async function measure(browser: Browser, address: string, runs: readonly KeptRun[]) {
  const empty = await openEmpty(browser, address);
  const idle = await countFrames(empty);
  await keepRuns(empty, runs);
  await empty.close();
  const opened: number[] = [];
  const results: { width: number; scrolling: Frames; searching: Frames }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { tab, seconds } = await open(browser, address, 1440);
    opened.push(seconds);
    await tab.close();
  }
  for (const width of [1440, 390]) {
    const { tab } = await open(browser, address, width);
    if (width === 390) await tab.getByRole("tab", { name: "Runs", exact: true }).click();
    await search(tab).waitFor();
    results.push({ width, scrolling: await whileScrolling(tab), searching: await whileSearching(tab) });
    await tab.close();
  }
  return { idle, opened, results };
}

export const manyRuns: Case = {
  name: "many-runs",
  about: `the built page with ${RUNS} stored runs: until it can be used, frames while its list scrolls and is searched`,
  async run() {
    const runs = await storedRuns(RUNS);
    const { idle, opened, results } = await withPage(
      (browser, address) => measure(browser, address, runs),
      "disk",
    );
    const row = { unit: "ms a frame", baseline: "the idle page without runs" };
    const rowOf = (name: string, frames: Frames) =>
      atMost({
        ...row,
        name,
        value: 1000 / frames.perSecond,
        baselineValue: 1000 / idle.perSecond,
        most: 1 / 0.9,
        note: `${framesText(frames)}; idle ${idle.perSecond.toFixed(1)}`,
      });
    return [
      ceiling({
        name: "many-runs/usable",
        unit: "s",
        value: median(opened),
        limit: 1,
        limitName: "1 s",
        note: `median of ${ROUNDS}: ${opened.map((s) => s.toFixed(2)).join(", ")}`,
      }),
      ...results.flatMap(({ width, scrolling, searching }) => [
        rowOf(`many-runs/scroll/${width}`, scrolling),
        rowOf(`many-runs/search/${width}`, searching),
      ]),
    ];
  },
};
