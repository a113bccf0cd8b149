// A browser that lacks what the lab can do without: said when the page opens, with what it costs; and it trains to the same
// numbers. The features are taken away in the page and in its workers.
import { expect, test, type Page } from "@playwright/test";
import { FEATURES } from "../src/core/browser/features.ts";
import { expectAccessible, openLab, shot, TINY, train, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const LINK = withKeys(TINY, "backend=wasm&steps=4&evalEvery=0");

/** Before anything of the page or of a worker runs. */
async function takeAway(page: Page, paths: readonly string[]): Promise<void> {
  const script = `for (const path of ${JSON.stringify(paths)}) {
    const keys = path.split("."), last = keys.pop();
    let holder = keys.reduce((value, key) => value?.[key], globalThis);
    for (; holder; holder = Object.getPrototypeOf(holder))
      delete holder[last];
  }\n`;
  await page.addInitScript(script);
  await page.route(/\.worker-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + (await response.text()) });
  });
}

const notice = (page: Page) =>
  page.locator(".notice").filter({ hasText: "This browser lacks some of what the lab uses here" });

// What is fetched when a test ends is no fault of it.
test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

test("all that can be missed is missing: said by name, and it trains", async ({ page }) => {
  const optional = FEATURES.filter(({ costs, path }) => costs !== "all" && path !== "WebAssembly");
  await takeAway(
    page,
    optional.map(({ path }) => path),
  );
  await openLab(page, LINK);
  for (const { costs, without } of optional)
    await expect(notice(page).getByText(without)).toHaveCount(costs === "some" ? 1 : 0);
  await expectAccessible(page);
  await shot(page, "features-missing");
  await page.getByRole("button", { name: "Dismiss" }).first().click();
  await expect(notice(page)).toHaveCount(0);
  await train(page, 4);
});

test("the words come with the page: they push nothing away from under a hand", async ({ page }) => {
  await takeAway(page, ["navigator.serviceWorker"]);
  await openLab(page, withKeys(LINK, "expect=00c0ffee00c0ffee,wasm,.3,.1,.2,260"));
  const button = page.getByRole("button", { name: "Train and check" });
  const box = await button.boundingBox();
  await expect(notice(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(await button.boundingBox()).toEqual(box);
});

test("what nothing can be trained without is said, and a run that is tried fails with a sentence", async ({
  page,
}) => {
  await takeAway(page, ["DecompressionStream"]);
  await openLab(page, LINK);
  await expect(page.getByRole("alert")).toContainText("No texts can be read, so nothing can be trained.");
});

test("nothing is said where nothing is missing", async ({ page }) => {
  await openLab(page, LINK);
  await expect(page.locator(".runs, #pane-runs").first()).toBeAttached();
  await page.waitForLoadState("networkidle");
  await expect(notice(page)).toHaveCount(0);
});
