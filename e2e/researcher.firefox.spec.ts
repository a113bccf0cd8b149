// The researcher's path in Firefox, on wasm: three mixes with two seeds each, and what is said of them.
import { expect, test } from "@playwright/test";
import { closeFirefox, NO_WORKER, openPage, press, saying, sees, startFirefox, step } from "./firefox.ts";
import { TINY, withKeys } from "./lab.ts";

// A limit for what hangs, of all steps together.
test.setTimeout(900_000);

test("three mixes × two seeds in Firefox, and the answer", async ({ baseURL }) => {
  const browser = await startFirefox(NO_WORKER);
  try {
    const { page, errors } = await openPage(browser, { isKnown: true });
    await step("a study of one's own", async () => {
      await page.goto(`${baseURL!}#${withKeys(TINY, "backend=wasm&steps=10&evalEvery=0")}`);
      await press(page, "Study");
      await press(page, "Your own study");
      const seeds = (await sees(page, '::-p-aria([name="Seeds in every cell"][role="spinbutton"])'))!;
      await seeds.click({ count: 3 });
      await page.keyboard.type("2");
      await sees(page, saying("Cross-lingual · Monolingual · Hybrid"));
    });
    await step("its six runs", async () => {
      await press(page, "Start the study");
      await sees(page, saying("6 runs, done"));
    });
    await step("what was found", async () => {
      const card = (await sees(page, 'article[aria-label="What was found"]'))!;
      const said = await card.evaluate((article) => (article as HTMLElement).innerText);
      expect(said).toMatch(/Of 2 cells against “Cross-lingual” in Mul mAP, 2 have too few seeds to test: /);
      expect(said).toContain("A test needs 6 seeds in every cell: 4 more.");
      await sees(page, "::-p-aria([name='Add 4 seeds'][role='button'])");
    });
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
  }
});
