// A branch of a run in the page, from mono to cross with one more language; its link trains it to the digit elsewhere.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, openLab, tableOf, train, training } from "./lab.ts";

const AT = 100;
const STEPS = 120;
const LINK = `v=3&preset=mono&langs=en,de&heldOut=none&backend=wasm&encoder=random&width=16&batch=8&maxTokens=16&steps=${STEPS}&evalEvery=60&live=100`;

const figureOf = (page: Page) => page.getByRole("figure", { name: /^mAP: Mo, Cr and Mul/ });
const trainBranch = async (page: Page, steps: number) => {
  await training(page).getByRole("button", { name: "Train the branch" }).click();
  await expect(training(page).getByRole("status")).toHaveText(`Finished ${steps} steps`, { timeout: 60_000 });
};

test("a branch at step 100 gives its numbers again from its link in a fresh profile", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const errors = await openLab(page, LINK);
  await train(page, STEPS);
  const heading = page.locator(".runHeading");
  await heading.getByRole("button", { name: `Branch from step ${STEPS}` }).click();

  const card = page.getByRole("region", { name: "Branch of “Monolingual”" });
  const step = card.getByRole("spinbutton", { name: "From step" });
  await expect(step).toBeFocused();
  await step.fill(String(STEPS + 1));
  await expect(card).toContainText(`A step from 0 to ${STEPS}, which the parent has trained`);
  await step.fill(String(AT));
  await expect(card).toContainText(`The first ${AT} steps are trained again first`);
  await expect(page.getByRole("group", { name: "Start from" })).toHaveCount(0); // no preset, no encoder, no data
  await expect(page.getByLabel("Width")).toHaveCount(0);
  await page.getByLabel("Batch mix: Cross-lingual, per cent").fill("100");
  await page.getByRole("button", { name: /^Choose among/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Thai/ }).click();
  await page.keyboard.press("Escape");
  await expect(card.getByRole("listitem")).toHaveCount(3); // mix, languages, length
  await expectAccessible(page);

  await trainBranch(page, 2 * STEPS);
  const comesFrom = `branch of “Monolingual” at step ${AT}`;
  await expect(heading).toContainText(comesFrom);
  await expect(page.locator(".runList")).toContainText(comesFrom);
  await expect(figureOf(page).getByText(`branch at ${AT}`, { exact: true })).toBeVisible();
  const rows = await tableOf(page, /^mAP: Mo, Cr and Mul/); // step, then each measure of the parent and of the branch
  expect(rows.map(([step, ofParent, own]) => [step, ofParent !== "", own !== ""])).toEqual([
    ["0", true, false],
    ["60", true, false],
    ["100", true, true],
    ["120", false, true],
    ["180", false, true],
    ["240", false, true],
  ]);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await page.keyboard.press("Escape");
  expect(link).toContain("&from=100%7C");

  // The command line reads the page's link: the same to the digit where Node has the same kind of WebAssembly.
  const replayed = await promisify(execFile)(process.execPath, [
    "scripts/lab.mjs",
    "replay",
    link,
    "--quiet",
  ]);
  expect(replayed.stdout).toMatch(/^(repeated|reproduced)$/m);

  const elsewhere = await browser.newContext(); // nothing is kept there: neither run nor snapshot
  const fresh = await elsewhere.newPage();
  const moreErrors = await openLab(fresh, link.slice(link.indexOf("#") + 1));
  await expect(fresh.getByRole("region", { name: "Branch of a run that is not here" })).toBeVisible();
  await expect(fresh.getByText("This link carries a result to check")).toBeVisible();
  await trainBranch(fresh, 2 * STEPS);
  await expect(fresh.getByText("Repeated, to the last bit")).toBeVisible();
  await expect(figureOf(fresh).getByText(`branch at ${AT}`, { exact: true })).toBeVisible();
  await elsewhere.close();
  expect([...errors, ...moreErrors]).toEqual([]);
});

test("a paused run branches at its snapshot, a stopped one is trained again up to its stop", async ({
  page,
}) => {
  const errors = await openLab(
    page,
    `${LINK.replace(`steps=${STEPS}`, "steps=240").replace("batch=8", "batch=256")}&layers=1`,
  );
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  await expect(training(page).getByRole("status")).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  const heading = page.locator(".runHeading");
  await heading.getByRole("button", { name: /^Branch from step/ }).click(); // pauses
  await expect(training(page)).toContainText(/snapshot of step \d+ kept/);
  const step = Number(/snapshot of step (\d+)/.exec(await training(page).innerText())![1]);
  const card = page.getByRole("region", { name: "Branch of “Monolingual”" });
  const take = card.getByRole("button", { name: /^Take step/ });
  if (await take.isVisible()) await take.click();
  await expect(card).toContainText("The weights of this step are kept, so nothing is trained again.");
  await expect(card).toContainText("Training the branch ends “Monolingual” where it is.");
  await page.getByLabel("Steps", { exact: true }).fill(String(step + 5));
  await page.getByRole("button", { name: "Train the branch" }).click();
  await expect(training(page).getByRole("status")).toHaveText(`Finished ${step + 5} steps`);

  const stopped = page.locator(".runItem", { hasText: "Stopped" });
  await stopped.getByRole("button", { name: "Monolingual", exact: true }).click();
  await expect(heading).toContainText(`Stopped at step ${step} of 240`);
  await stopped.getByRole("button", { name: "Train again" }).click();
  await expect(training(page).getByRole("status")).toHaveText(`Stopped at step ${step} of 240`, {
    timeout: 60_000,
  });
  expect(errors).toEqual([]);
});
