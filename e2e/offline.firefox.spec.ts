// The same in Firefox as in offline.spec.ts: threads after one reload, and all that a visit keeps with the host gone.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { ask, closeFirefox, openPage, press, saying, sees, startFirefox, step } from "./firefox.ts";
import { TINY, withKeys } from "./lab.ts";
import { servePlainly } from "./plainServer.ts";

/** As short as can be, from the quick start’s encoder: that of so old a link is another one. */
const LINK = `#${withKeys(TINY, "encoder=distilled-bag-37k&backend=wasm&steps=20&evalEvery=10")}`;

// A limit for what hangs.
test.setTimeout(600_000);

/** Runs in the page. The empty document between two processes is isolated, too, and complete; it has no storage. */
const isIsolated = () =>
  crossOriginIsolated && location.protocol !== "about:" && document.readyState === "complete";

test("one visit in Firefox, then no server: the page, a run, Try it and a recorded study", async () => {
  const browser = await startFirefox();
  const server = await servePlainly();
  try {
    const { page, errors } = await openPage(browser, { isKnown: true });
    await step("a visit, isolated at one reload", async () => {
      await page.goto(`${server.address}?view=try${LINK}`);
      await page.waitForFunction(isIsolated);
      expect(page.url()).toContain(`${server.address}?view=try#`);
    });
    await step("all of it kept", async () => {
      await page.goto(`${server.address}#/data`);
      await sees(page, saying("quick start and the recorded studies work without a network"));
    });
    await step("again with the host gone", async () => {
      await server.close();
      await page.goto("about:blank");
      await page.goto(server.address + LINK);
      await page.reload();
      errors.length = 0; // Firefox tells of requests that leaving a page has cut off
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    });
    await step("a run", async () => {
      await press(page, "Train");
      await sees(page, saying("Finished 20 steps"));
    });
    await step("a question", async () => {
      await press(page, "Try it");
      await ask(page, "Haus");
    });
    await step("a recorded study", async () => {
      await press(page, "Study");
      const [study] = JSON.parse(readFileSync("public/studies/index.json", "utf8")) as [{ title: string }];
      await (await sees(page, `::-p-xpath(//button[contains(., ${JSON.stringify(study.title)})])`))!.click();
      await sees(page, 'article[aria-label="What was found"]');
    });
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
    await server.close().catch(() => undefined);
  }
});
