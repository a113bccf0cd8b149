// A study from its question to its answer: started, reloaded in the middle, paused, reordered; a run that is asked for meanwhile.
import { readFile } from "node:fs/promises";
import { expect, test, type Locator, type Page } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  openLab,
  openView,
  shot,
  TINY,
  training,
  withKeys,
} from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const LINK = withKeys(TINY, "backend=wasm&evalEvery=0");

const study = (page: Page) => page.getByRole("region", { name: "Studies" });
const progress = (page: Page) => page.locator(".study-progress").getByRole("status");
const doneOf = async (page: Page) => Number(/^(\d+)/.exec(await progress(page).innerText())?.[1]);
const button = (page: Page, name: RegExp | string) => study(page).getByRole("button", { name });

/** The text of the file that a press on a button saves. */
async function saved(page: Page, press: Locator): Promise<string> {
  const save = page.waitForEvent("download");
  await press.click();
  return readFile(await (await save).path(), "utf8");
}

/** From the opened page: five clicks. */
async function startTriangle(page: Page): Promise<void> {
  await openView(page, "Study");
  await button(page, "Your own study").click();
  await study(page).getByLabel("What differs").selectOption("the triangle of mixes, 7 cells");
  await study(page).getByRole("spinbutton", { name: "Seeds in every cell" }).fill("2");
  await button(page, "Start the study").click();
}

test("a triangle study is started, goes on after a reload, and ends with its card", async ({ page }) => {
  const errors = await openLab(page, withKeys(LINK, "steps=200"));
  await startTriangle(page);
  await expect.poll(() => doneOf(page), { timeout: 120_000 }).toBeGreaterThan(1);
  await expect(training(page).getByRole("status")).toHaveText("The triangle of mixes");
  const before = await doneOf(page);
  await page.reload();
  await expect(progress(page)).toHaveText(/^\d+ of 14 runs, /, { timeout: 60_000 });
  expect(await doneOf(page)).toBeGreaterThanOrEqual(before);
  await expect(progress(page)).toHaveText("14 runs, done", { timeout: 240_000 });
  await expect(training(page).getByRole("status")).toHaveText("Ready to train");

  await expect(study(page).getByRole("article", { name: "What was found" })).toContainText(
    "Too few seeds to test",
  );
  const triangle = page.getByRole("figure", { name: "Mul mAP over the triangle" });
  const tex = await saved(page, button(page, "LaTeX"));
  expect(tex).toMatch(/\\begin\{tabular\}[^]*Monolingual[^]*\\end\{tabular\}/);
  const svg = await saved(page, triangle.getByRole("button", { name: "Save this chart as SVG" }));
  const texts = await page.evaluate((source) => {
    const picture = new DOMParser().parseFromString(source, "image/svg+xml");
    return [...picture.querySelectorAll("text")].map(({ textContent }) => textContent);
  }, svg);
  expect(texts).toEqual(expect.arrayContaining(["Monolingual", "Cross-lingual", "Multilingual"]));
  await expectAccessibleEverywhere(page, "study");

  // No run of it is in the list, and each can be opened there, or trained again to the same digest.
  await expect(page.locator(".runItem")).toHaveCount(0);
  await study(page).getByText("14 runs, each with its link").click();
  await button(page, "Open Monolingual, seed 1").click();
  await expect(page.locator(".runItem")).toHaveCount(1);
  await openView(page, "Study");
  await study(page).getByText("14 runs, each with its link").click();
  await study(page).getByRole("link", { name: "Train this again Monolingual, seed 2" }).click();
  await page.getByRole("button", { name: "Train and check" }).click();
  await expect(page.getByText(/the last bit/).first()).toBeVisible({ timeout: 60_000 });

  await page.locator(".studySection summary").click();
  await expect(page.locator(".studySection").getByRole("listitem")).toHaveCount(14);
  await openView(page, "Study");
  await button(page, "Add 4 seeds").click();
  await expect(progress(page)).toHaveText(/^14 of 42 runs, /);
  await button(page, "Delete…").click();
  await button(page, /^Delete it with 1\d runs$/).click();
  await expect(page.locator(".studySection")).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("the queue is paused, reordered and thinned, and a run that is asked for goes first", async ({
  page,
}) => {
  const errors = await openLab(page, withKeys(LINK, "steps=400"));
  await startTriangle(page);
  await expect(progress(page)).toHaveText(/^0 of 14 runs, running/, { timeout: 60_000 });
  await button(page, "Pause").click();
  await expect(progress(page)).toHaveText(/^\d+ of 14 runs, paused/);
  await expect(training(page).getByRole("status")).toHaveText("Ready to train");
  await study(page)
    .getByText(/^Queue: /)
    .click();
  const rows = study(page).getByRole("list", { name: "Runs to come" }).getByRole("listitem");
  const [first, second, third] = await rows.locator("span:first-child").allInnerTexts();
  await rows
    .nth(2)
    .getByRole("button", { name: /: next$/ })
    .press("Enter");
  await expect(rows.first()).toContainText(third!);
  await rows
    .nth(1)
    .getByRole("button", { name: /: take out$/ })
    .press("Enter");
  await expect(rows).toHaveCount(13);
  await expect(rows.nth(1)).toContainText(second!);
  await expectAccessible(page);
  await shot(page, "study-queue");

  await page.reload();
  await expect(progress(page)).toHaveText(/^\d+ of 13 runs, paused/); // it waits to be asked
  await study(page)
    .getByText(/^Queue: /)
    .click();
  await expect(rows.first()).toContainText(third!);
  const out = study(page).getByRole("list", { name: "Runs out of the queue" });
  await out.getByRole("button", { name: `${first}: put back` }).click();
  await expect(rows).toHaveCount(14);
  await button(page, "Go on").click();
  await expect(progress(page)).toHaveText(/running/, { timeout: 60_000 });
  await training(page).getByRole("button", { name: "Train next" }).click();
  await expect(training(page).getByRole("button", { name: /^Then Hybrid/ })).toBeVisible();
  await expect(training(page).getByRole("status")).toHaveText("Finished 400 steps", { timeout: 240_000 });
  await expect(progress(page)).toHaveText("14 runs, done", { timeout: 240_000 }); // it goes on by itself
  expect(errors).toEqual([]);
});
