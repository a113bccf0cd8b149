// The newcomer's path in Firefox, which trains on wasm: opened, guessed, trained, compared, asked, shared, opened elsewhere.
// Over WebDriver BiDi, as Playwright knows no Firefox but its own build.
import { expect, test } from "@playwright/test";
import type { Browser, Page } from "puppeteer-core";
import {
  ask,
  closeFirefox,
  headed,
  NO_WORKER,
  openPage,
  press,
  saying,
  sees,
  startFirefox,
  step,
} from "./firefox.ts";
import { TINY, withKeys } from "./lab.ts";

const LINK = `#${withKeys(TINY, "backend=wasm&steps=20&evalEvery=10")}`;
const SHOTS = process.env["E2E_SHOTS"];

// A limit for what hangs, of all steps together: it takes half a minute on two idle cores.
test.setTimeout(900_000);

async function open(browser: Browser, address: string): Promise<{ page: Page; errors: string[] }> {
  const opened = await openPage(await browser.createBrowserContext(), { isKnown: false });
  await opened.page.goto(address);
  return opened;
}

test("a newcomer's path in Firefox, on wasm", async ({ baseURL }) => {
  const browser = await startFirefox(NO_WORKER);
  try {
    await walk(browser, baseURL!);
  } finally {
    await closeFirefox(browser);
  }
});

async function walk(browser: Browser, address: string): Promise<void> {
  /** The page itself scrolls nowhere, only its panes do; a picture of it. */
  const station = async (on: Page, name: string) => {
    const beyond = await on.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
    expect(beyond, name).toEqual([0, 0]);
    if (SHOTS) await on.screenshot({ path: `${SHOTS}/firefox-${name}.png` });
  };
  const { page, errors } = await step("the very first visit", async () => {
    const opened = await open(browser, address);
    await sees(opened.page, headed("Which languages should meet in a batch?"));
    await station(opened.page, "1-open");
    await press(opened.page, "Skip");
    return opened;
  });
  // Short runs, and the guide as the help brings it back.
  await step("the guide begins again", async () => {
    await page.goto("about:blank");
    await page.goto(address + LINK);
    await press(page, "Not now");
    await press(page, "Help");
    await press(page, "Begin the guide again");
  });
  await step("a guess", async () => {
    await press(page, "Make a guess, then train");
    await (await sees(
      page,
      "::-p-xpath(//label[contains(@class, 'guess')][contains(., 'English')])",
    ))!.click();
    await station(page, "2-guess");
  });
  await step("the first run", async () => {
    await press(page, "Train and see");
    await sees(page, headed("gained most"));
    await station(page, "3-answer");
  });
  await step("the second run, and both compared", async () => {
    await press(page, "Now the same with Monolingual");
    await sees(page, headed("Two mixes, everything else the same"));
    await sees(page, saying("One seed each. On these questions"));
    await station(page, "4-compare");
  });
  await step("a question of one's own", async () => {
    await press(page, "Ask it a question");
    await ask(page, "Haus");
    expect(
      await page.$$eval(".answers", (lists) => lists.map((list) => list.querySelectorAll("li").length)),
    ).toEqual([10, 10]);
    await station(page, "5-try");
  });
  const link = await step("the link", async () => {
    await press(page, "Share");
    const box = (await sees(page, "textarea.share-link"))!;
    const text = await box.evaluate((area) => (area as HTMLTextAreaElement).value);
    expect(text).toMatch(/&curve=0,10,20:/);
    await station(page, "6-share");
    expect(errors).toEqual([]);
    return text;
  });
  await step("the link elsewhere", async () => {
    const elsewhere = await open(browser, link);
    await press(elsewhere.page, "Train and check");
    await sees(elsewhere.page, saying("Repeated, to the last bit"));
    await station(elsewhere.page, "7-checked");
    expect(elsewhere.errors).toEqual([]);
  });
}
