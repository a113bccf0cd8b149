// The same in Firefox as in offline.spec.ts: threads after one reload, and all that a visit keeps with the host gone.
// In the long form only: of 8 times Firefox once gave no answer for two minutes and once refused a page its storage, why is not known.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { rounds } from "../src/testing/longLane.ts";
import { closeFirefox, press, saying, sees, startFirefox } from "./firefox.ts";
import { TINY } from "./lab.ts";
import { servePlainly } from "./plainServer.ts";

/** As short as can be, from the quick start’s encoder: that of so old a link is another one. */
const LINK = `#${TINY}&encoder=distilled-bag-37k&backend=wasm&steps=20&evalEvery=10`;

test.skip(rounds({ short: 0, long: 1 }) === 0, "SKIPPED: the short form (docs/testing.md)");
// A limit for what hangs.
test.setTimeout(600_000);

test("one visit in Firefox, then no server: the page, a run, Try it and a recorded study", async () => {
  const browser = await startFirefox();
  const server = await servePlainly();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.setViewport({ width: 1280, height: 720 });
    await page.goto(`${server.address}?view=try${LINK}`);
    await page.waitForFunction(() => crossOriginIsolated, { timeout: 120_000 });
    await page.evaluate(() =>
      localStorage.setItem(
        "hybrid-batch-lab/preferences",
        JSON.stringify({ version: 1, introductionHidden: true }),
      ),
    );
    expect(page.url()).toContain(`${server.address}?view=try#`);
    await page.goto(`${server.address}#/data`);
    await sees(page, saying("quick start and the recorded studies work without a network"));

    await server.close();
    await page.goto("about:blank");
    await page.goto(server.address + LINK);
    await page.reload();
    errors.length = 0; // Firefox tells of requests that leaving a page has cut off
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await press(page, "Train");
    await sees(page, saying("Finished 20 steps"));
    await press(page, "Try it");
    const question = (await sees(page, "#try-it-query"))!;
    await question.click({ count: 3 });
    await page.keyboard.type("Haus");
    await page.keyboard.press("Enter");
    await sees(page, saying("“Haus” in"));
    await press(page, "Study");
    const [study] = JSON.parse(readFileSync("public/studies/index.json", "utf8")) as [{ title: string }];
    await (await sees(page, `::-p-xpath(//button[contains(., ${JSON.stringify(study.title)})])`))!.click();
    await sees(page, 'article[aria-label="What was found"]');
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
    await server.close().catch(() => undefined);
  }
});
