// The quick start as it opens, in a Chromium of a phone's size that the system holds to a quarter of one core: how long it takes,
// which time was said before, what the page's process holds at most. Each part has a limit and is told once it is over, so
// that a case which ends in the middle has said what it knew.
import type { Browser, Page } from "puppeteer-core";
import { messageOf } from "../../src/core/messageOf.ts";
import { DEFAULT_PRESET } from "../../src/core/spec/presets.ts";
import { withUnwatchedPage } from "../builtPage.ts";
import { ceiling, notMeasured, type Case, type CaseResult } from "../case.ts";
import { familyOf, holdTo } from "../quarterCore.ts";
import { busiestRenderer, privateMiB, proportionalMiB, type BrowserSession } from "../rendererProcess.ts";
import { BAR, secondsSince } from "../trainingPage.ts";

const SHARE = 0.25;
const LIMITS_MS = { "the page": 60_000, "the guide": 30_000, "the time said": 60_000, "the run": 240_000 };
const LOOK_MS = 500; // between two looks at its memory
const TOLD_MS = 15_000; // between two lines about the run
const { steps } = DEFAULT_PRESET.spec;

const ENDED = `^(Finished ${steps} steps|Failed)`;

/** Asked in the page, now and then: a sign that is waited for in every frame takes time and memory from it. */
const isOver = (status: string, ended: string) =>
  new RegExp(ended).test(document.querySelector(status)?.textContent ?? "");

/** Asked in the page: presses a button by its words. One that is asked for by its role has Chromium keep a tree for screen readers from then on. */
const pressed = (words: string) => {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === words);
  button?.click();
  return button !== undefined;
};

interface Taken {
  readonly seconds: number; // from the click to the end
  readonly cpu: ReadonlyMap<string, number>; // seconds of each kind of the browser's processes meanwhile
  readonly said: string; // before the click
  readonly peakMiB: number; // of the page's process, its part of what it shares among it
  readonly privateMiB: number; // the same without what it shares
}

const tell = (words: string) => void process.stdout.write(`  ${words}\n`);

async function part<T>(name: keyof typeof LIMITS_MS, work: (limitMs: number) => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    const done = await work(LIMITS_MS[name]);
    tell(`${name}: ${secondsSince(start).toFixed(1)} s`);
    return done;
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error).split("\n")[0]}`, { cause: error });
  }
}

/** @returns undefined where nobody can be held */
async function quickStart(browser: Browser, address: string): Promise<Taken | undefined> {
  const letGo = holdTo(SHARE, familyOf(browser.process()!.pid!));
  if (!letGo) return undefined;
  try {
    const session = await browser.target().createCDPSession();
    const tab = await browser.newPage();
    await tab.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: true });
    await part("the page", (timeout) => tab.goto(address, { timeout }));
    await part("the guide", async (timeout) => {
      await tab.waitForFunction(pressed, { polling: LOOK_MS, timeout }, "Skip");
    });
    const said = await part("the time said", async (timeout) => {
      const time = await tab.waitForSelector(`${BAR} .transport-pace[title^="About "]`, { timeout });
      return (await time!.evaluate((element) => element.getAttribute("title")))!;
    });
    tell(said);
    return { said, ...(await part("the run", (timeout) => train(tab, session, timeout))) };
  } finally {
    letGo();
  }
}

async function train(tab: Page, session: BrowserSession, timeout: number): Promise<Omit<Taken, "said">> {
  const renderer = await busiestRenderer(session);
  const status = () => tab.$eval(`${BAR} [role="status"]`, ({ textContent }) => textContent);
  const most = { peakMiB: 0, privateMiB: 0 };
  const look = () => {
    try {
      most.peakMiB = Math.max(most.peakMiB, proportionalMiB(renderer));
      most.privateMiB = Math.max(most.privateMiB, privateMiB(renderer));
    } catch {
      // it has ended: whoever waits for the run is told
    }
  };
  const start = performance.now();
  const before = await cpuSeconds(session);
  const speak = async () =>
    tell(`after ${secondsSince(start).toFixed(0)} s: ${await status()}, ${most.peakMiB.toFixed(0)} MiB`);
  const timers = [
    setInterval(look, LOOK_MS),
    setInterval(() => void speak().catch(() => undefined), TOLD_MS),
  ];
  try {
    const button = (await tab.$(`${BAR} .transport-main`))!;
    const click = performance.now();
    await button.click();
    await tab.waitForFunction(isOver, { polling: LOOK_MS, timeout }, `${BAR} [role="status"]`, ENDED);
    const seconds = secondsSince(click);
    const said = await status();
    if (said.startsWith("Failed")) throw new Error(said);
    const after = await cpuSeconds(session);
    const cpu = new Map([...after].map(([type, value]) => [type, value - (before.get(type) ?? 0)]));
    return { seconds, cpu, ...most };
  } finally {
    timers.forEach(clearInterval);
  }
}

/** Of all processes of the browser, by kind: "browser", "renderer", "GPU" … */
async function cpuSeconds(session: BrowserSession): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const { type, cpuTime } of (await session.send("SystemInfo.getProcessInfo")).processInfo)
    sums.set(type, (sums.get(type) ?? 0) + cpuTime);
  return sums;
}

const mb = (mib: number) => mib * 1.048576;

function rowsOf({ seconds, cpu, said, peakMiB, privateMiB: ownMiB }: Taken): CaseResult[] {
  const used = [...cpu.values()].reduce((a, b) => a + b, 0);
  const parts = [...cpu].map(([type, value]) => `${type} ${value.toFixed(1)}`).join(", ");
  return [
    ceiling({
      name: "phone/quick-start",
      unit: "s",
      value: seconds,
      limit: 90,
      limitName: "90 s",
      note: `said before: ${said}; the browser had ${(used / seconds).toFixed(2)} of a core`,
    }),
    ceiling({
      name: "phone/quick-start/cpu",
      unit: "s of a quarter core",
      value: used / SHARE,
      limit: 90,
      limitName: "90 s",
      note: `what it computed, on an idle machine: ${used.toFixed(1)} s of CPU (${parts})`,
    }),
    ceiling({
      name: "phone/memory",
      unit: "MB",
      value: mb(peakMiB),
      limit: 400,
      limitName: "400 MB",
      note: `peak of the page's process, shared pages by part; without them ${mb(ownMiB).toFixed(0)} MB`,
    }),
  ];
}

export const phone: Case = {
  name: "phone",
  about:
    "the quick start on a quarter of one core (a quota on all of Chromium's threads): time, time said, memory",
  async run() {
    const taken = await withUnwatchedPage(quickStart);
    if (taken) return rowsOf(taken);
    const row = { name: "phone/quick-start", unit: "s", baseline: "90 s", target: "ratio <= 1" };
    return [notMeasured({ ...row, reason: "no quota can be set here (cgroups, as root)" })];
  },
};
