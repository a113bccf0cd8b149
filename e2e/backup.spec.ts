// Everything of one browser as a file, and in another browser again.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { beirFolder } from "../src/testing/ownFolders.ts";
import { expectAccessible, openLab, openView, shot, TINY, train, withKeys } from "./lab.ts";

test.setTimeout(600_000);

const backup = (page: Page) => page.getByRole("region", { name: "Backup" });

test("runs, studies and data are saved as one file and restored in another browser", async ({
  page,
  browser,
}) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&steps=2&evalEvery=0"));
  await train(page, 2);
  await openView(page, "Study");
  await page.getByRole("button", { name: "Your own study" }).click();
  await page.getByRole("spinbutton", { name: "Seeds in every cell" }).fill("1");
  await page.getByRole("button", { name: "Start the study" }).click();
  const progress = (one: Page) => one.locator(".study-progress").getByRole("status");
  await expect(progress(page)).toHaveText("3 runs, done", { timeout: 240_000 });

  const dir = path.join(mkdtempSync(path.join(tmpdir(), "lab-e2e-")), "my-beir");
  for (const [file, content] of Object.entries(beirFolder())) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), content);
  }
  await page.goto("./#/data");
  await page.getByLabel("Dataset folder").setInputFiles(dir);
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click({ timeout: 60_000 });
  await expect(page.getByRole("article", { name: "my-beir" })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(backup(page)).toContainText("Here now: 1 run, 1 study, 3 runs of studies, 1 data set.");
  await expectAccessible(page);
  const save = page.waitForEvent("download");
  await backup(page)
    .getByRole("button", { name: /^Back up everything \(about \d+.* [kM]B\)$/ })
    .click();
  const saved = await save;
  expect(saved.suggestedFilename()).toMatch(/^hybrid-batch-lab-backup-\d{4}-\d\d-\d\d\.tar$/);
  const file = path.join(dir, "backup.tar");
  await saved.saveAs(file);

  const context = await browser.newContext();
  const fresh = await context.newPage();
  errors.push(...(await openLab(fresh, "/data")));
  await expect(backup(fresh)).toContainText("Here now: nothing.");
  const restore = () => fresh.getByLabel("Backup to restore").setInputFiles(file);
  await restore();
  await expect(backup(fresh)).toContainText("Added: 1 run, 1 study, 3 runs of studies, 1 data set.", {
    timeout: 120_000,
  });
  await expect(fresh.getByRole("article", { name: "my-beir" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await fresh.emulateMedia({ colorScheme });
    for (const width of [390, 1440]) {
      await fresh.setViewportSize({ width, height: 900 });
      await backup(fresh).scrollIntoViewIfNeeded();
      await expectAccessible(fresh);
      await shot(fresh, `backup-${colorScheme}-${width}`);
    }
  }
  await restore();
  await expect(backup(fresh)).toContainText("Here already: 1 run, 1 study, 3 runs of studies, 1 data set.", {
    timeout: 120_000,
  });
  await fresh.getByRole("button", { name: "Back to the lab" }).click();
  await expect(fresh.locator(".runItem")).toHaveCount(1);
  await fresh.locator(".studySection summary").click();
  await expect(fresh.locator(".studySection").getByRole("listitem")).toHaveCount(3);
  await fresh.reload();
  await expect(fresh.locator(".runItem")).toHaveCount(1);
  expect(errors).toEqual([]);
  await context.close();
});
