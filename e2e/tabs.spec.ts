// What is written while a page closes has landed before; and two tabs of one browser show the same runs and preferences.
import { expect, test, type Page } from "@playwright/test";
import { openLab, TINY, train, training, withKeys } from "./lab.ts";

const LINK = withKeys(TINY, "backend=wasm&steps=20&evalEvery=10");
const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

const runs = (page: Page) => page.locator(".runList");
const item = (page: Page, name: string) => runs(page).getByRole("button", { name, exact: true });

/** Presses the button of that name and reloads in one task, so that nothing has time to be written afterwards. */
async function pressAndReload(page: Page, name: string): Promise<void> {
  await Promise.all([
    page.waitForEvent("load"),
    page.evaluate((wanted) => {
      const found = [...document.querySelectorAll<HTMLButtonElement>("button")];
      found.find(({ textContent }) => textContent?.trim() === wanted)!.click();
      location.reload();
    }, name),
  ]);
}

test("a run that was deleted stays deleted after a reload at once", async ({ page }) => {
  await openLab(page, LINK);
  for (let round = 0; round < 2; round++) {
    await train(page, 20);
    await item(page, "Hybrid").click();
    await pressAndReload(page, "Delete");
    await expect(runs(page)).toContainText("Every run you train is kept here");
  }
});

test("points that were shown are kept by a reload at once", async ({ page }) => {
  await openLab(page, withKeys(LINK, "steps=4000&evalEvery=0"));
  await training(page).getByRole("button", { name: "Step", exact: true }).click();
  const status = training(page).getByRole("status");
  await expect(status).toHaveText("Paused at step 1 of 4,000", { timeout: 60_000 });
  await page.waitForTimeout(4000); // all that was due has been written
  for (let step = 2; step <= 4; step++) {
    await training(page).getByRole("button", { name: "Step", exact: true }).click();
    await expect(status).toHaveText(`Paused at step ${step} of 4,000`);
  }
  await page.reload();
  await expect(page.locator(".runItem-facts")).toContainText(/Interrupted 4 of 4,000 steps/);
});

test("runs, names, deletions and preferences of one tab are those of the other", async ({
  page,
  context,
}) => {
  const errors = await openLab(page, LINK);
  const other = await context.newPage();
  const moreErrors = await openLab(other, LINK);
  await page.bringToFront();
  await training(page).getByRole("button", { name: "Step", exact: true }).click();
  await expect(training(page).getByRole("status")).toHaveText("Paused at step 1 of 20", { timeout: 60_000 });
  await expect(runs(other)).toContainText("In another tab");
  await expect(runs(other).getByRole("button", { name: "Delete", exact: true })).toBeDisabled();
  if (SHOTS !== undefined) {
    await other.bringToFront();
    for (const theme of ["light", "dark"] as const) {
      await other.emulateMedia({ colorScheme: theme });
      for (const width of [1440, 390]) {
        await other.setViewportSize({ width, height: 900 });
        if (width < 1100) await other.getByRole("tab", { name: "Runs", exact: true }).click();
        await runs(other).scrollIntoViewIfNeeded();
        await other.screenshot({ path: `${SHOTS}/tabs-${theme}-${width}.png` });
      }
    }
    await other.setViewportSize({ width: 1280, height: 720 });
    await page.bringToFront();
  }
  await training(page).getByRole("button", { name: "Resume" }).click();
  await expect(training(page).getByRole("status")).toHaveText("Finished 20 steps", { timeout: 60_000 });
  await expect(runs(other)).toContainText(/Finished 20 steps/);

  await other.bringToFront();
  await item(other, "Hybrid").dblclick();
  await runs(other)
    .getByRole("textbox", { name: /^New name/ })
    .fill("From the other tab");
  await other.keyboard.press("Enter");
  await expect(item(page, "From the other tab")).toBeVisible();
  await runs(other).getByRole("button", { name: "Delete", exact: true }).click();
  await expect(item(page, "From the other tab")).toHaveCount(0);
  await other.locator(".toast").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(item(page, "From the other tab")).toBeVisible();
  await runs(other).getByRole("button", { name: "Delete", exact: true }).click();
  await other.close();
  await page.reload();
  await expect(runs(page)).toContainText("Every run you train is kept here");
  expect([...errors, ...moreErrors]).toEqual([]);
});

test("storage that never answers is said to be silent, and the page trains without", async ({ page }) => {
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...asked) {
      return Object.assign(open.apply(this, asked), { addEventListener: () => undefined }); // nobody hears its answer
    };
  });
  await openLab(page, LINK);
  await expect(runs(page)).toContainText(
    "Runs are not saved: this browser’s storage (IndexedDB) does not answer",
  );
  await train(page, 20);
});
