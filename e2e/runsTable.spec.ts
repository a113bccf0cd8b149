// All runs as a table: found, ordered, grouped, chosen by mouse and by keyboard, labelled, exported, deleted and brought back.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { recordJson } from "../src/core/export/recordJson.ts";
import { manyRecords } from "../src/testing/manyRecords.ts";
import { expectAccessible, openLab, openView } from "./lab.ts";

const COUNT = 36; // eleven mixes with three seeds each, and one with a longer warm-up

const files = () =>
  manyRecords(COUNT).map((record, i) => ({
    name: `run ${i + 1}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(recordJson(record)),
  }));

async function openTable(page: Page): Promise<string[]> {
  const errors = await openLab(page);
  await page.getByLabel("Run records to open").setInputFiles(files());
  await openView(page, "All runs");
  await expect(count(page)).toHaveText(`${COUNT} runs`, { timeout: 60_000 });
  return errors;
}

const table = (page: Page) => page.getByRole("region", { name: "All runs" });
const count = (page: Page) => table(page).locator(".runsTable-count");
const chosen = (page: Page) => page.getByRole("toolbar", { name: "The chosen runs" });
const row = (page: Page, name: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name, exact: true }) });
const names = (page: Page) => table(page).locator(".runsTable-show").allTextContents();
const heading = (page: Page, name: string) => table(page).getByRole("columnheader", { name });

test("a run is found by words in any setting, by range and by choice; columns order and are remembered", async ({
  page,
}) => {
  const errors = await openTable(page);
  await heading(page, "All languages (Mul)").getByRole("button").click();
  await expect(heading(page, "All languages (Mul)")).toHaveAttribute("aria-sort", "descending");
  expect((await names(page))[0]).toBe(`run ${COUNT}`); // its map/multi is the highest
  await heading(page, "All languages (Mul)").getByRole("button").click();
  expect((await names(page))[0]).toBe("run 1");
  await page.getByLabel("Find runs by words").fill("warm-up 1");
  await expect(count(page)).toHaveText(`3 of ${COUNT} runs`); // the last three
  await page.getByLabel("Find runs by words").fill("");
  await table(page).getByRole("button", { name: "Filter" }).click();
  await page.getByLabel("Seed from").fill("2");
  await expect(count(page)).toHaveText(`24 of ${COUNT} runs`);
  await page.getByLabel("Batch mix is").selectOption("mono 50 %, cross 50 %");
  await expect(count(page)).toHaveText(`2 of ${COUNT} runs`);
  await expectAccessible(page);
  await table(page).getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Warm-up", exact: true }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(heading(page, "Warm-up")).toBeVisible();
  await expect(heading(page, "All languages (Mul)")).toHaveAttribute("aria-sort", "ascending");
  await expect(count(page)).toHaveText(`${COUNT} runs`); // filters are not
  expect(errors).toEqual([]);
});

test("seeds of one experiment stand under their mean, with plus-minus from three on", async ({ page }) => {
  await openTable(page);
  await page.getByLabel("Group by").selectOption("all but the seed");
  const groups = table(page).getByRole("row", { expanded: false });
  await expect(groups).toHaveCount(COUNT / 3);
  // Named by what their seeds share, not as one of them.
  await expect(
    table(page).getByRole("checkbox", { name: "Choose all of mono 20 %", exact: true }),
  ).toHaveCount(1);
  // means of runs 34 to 36: .5 * .34375 + i / 2000 for i = 33, 34, 35
  await expect(groups.first()).toContainText(/3 runs.*\.189 ± \.001(?! n)/);
  await groups.first().getByRole("checkbox").check();
  await expect(chosen(page)).toContainText("3 chosen");
  await groups.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(table(page).getByRole("row", { selected: true })).toHaveCount(4);
  await page.getByLabel("Group by").selectOption("Seed");
  await expect(groups.first()).not.toContainText("±"); // more than the seed stands between them
  await expectAccessible(page);
});

test("several are chosen by mouse and keyboard, compared, labelled, deleted and brought back", async ({
  page,
}) => {
  const errors = await openTable(page);
  await heading(page, "Name").getByRole("button").click();
  await row(page, "run 2").getByRole("gridcell").nth(1).click();
  await row(page, "run 4")
    .getByRole("gridcell")
    .nth(1)
    .click({ modifiers: ["Shift"] });
  await row(page, "run 3")
    .getByRole("gridcell")
    .nth(1)
    .click({ modifiers: ["ControlOrMeta"] });
  await expect(chosen(page)).toContainText("2 chosen");
  await row(page, "run 1").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(row(page, "run 5")).toBeFocused(); // from run 3, which was taken away last
  await expect(chosen(page)).toContainText("3 chosen");
  await page.keyboard.press("End");
  await expect(row(page, `run ${COUNT}`)).toBeFocused();
  await expect(chosen(page)).toContainText("1 chosen");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowDown");
  await chosen(page).getByRole("button", { name: "Star" }).click();
  await expect(chosen(page).getByRole("button", { name: "Unstar" })).toBeVisible();
  await chosen(page).getByRole("button", { name: "Tags and note" }).click();
  await page.getByLabel("New tag").fill("poster");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByLabel("Find runs by words").fill("poster");
  await expect(count(page)).toHaveText(`2 of ${COUNT} runs`);
  await chosen(page).getByRole("button", { name: "Delete" }).click();
  await expect(count(page)).toHaveText(`0 of ${COUNT - 2} runs`);
  await page.locator(".toast").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(count(page)).toHaveText(`2 of ${COUNT} runs`);
  await chosen(page).getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("tab", { name: "Compare" })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".runItem-overlay input:checked")).toHaveCount(2);
  expect(errors).toEqual([]);
});

test("chosen runs leave as one file, with their labels, and come back from it elsewhere", async ({
  page,
  browser,
}) => {
  await openTable(page);
  await row(page, `run ${COUNT}`).getByRole("gridcell").nth(1).click();
  await chosen(page).getByRole("button", { name: "Tags and note" }).click();
  await page.getByRole("textbox", { name: "Note", exact: true }).fill("the last one");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(chosen(page).getByRole("button", { name: "Tags and note" })).toBeFocused(); // where it was before
  await row(page, `run ${COUNT}`).press("ControlOrMeta+a");
  await expect(chosen(page)).toContainText(`${COUNT} chosen`);
  await chosen(page).getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Records as JSON" }).click();
  await expect(page.getByRole("dialog")).toContainText(`Saved ${COUNT} runs.`);
  const buffer = readFileSync(await (await download).path());
  const other = await (await browser.newContext()).newPage();
  await openLab(other);
  const file = { name: "runs.json", mimeType: "application/json", buffer };
  await other.getByLabel("Run records to open").setInputFiles([file, file]); // each run once
  await openView(other, "All runs");
  await expect(count(other)).toHaveText(`${COUNT} runs`, { timeout: 60_000 });
  await other.getByLabel("Find runs by words").fill("the last one");
  await expect(row(other, `run ${COUNT}`)).toBeVisible();
  await other.close();
});

test("on a phone the table scrolls within itself, and names stay in sight", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openTable(page);
  await expect(heading(page, "Batch mix")).toBeInViewport({ ratio: 0.5 });
  const grid = table(page).getByRole("grid");
  await grid.evaluate((element) => element.scrollBy(2000, 800));
  await expect(table(page).locator(".runsTable-show").first()).toBeVisible();
  const name = (await table(page).locator(".runsTable-show").nth(12).boundingBox())!;
  expect(name.x).toBeGreaterThanOrEqual(0);
  expect(name.x + name.width).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
