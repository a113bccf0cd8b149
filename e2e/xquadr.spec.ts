// XQuAD-R from its files: dropped, counted, trained on; a broken file is named and nothing is lost.
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { openLab, train } from "./lab.ts";

const LANGS = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];
const folder =
  process.env["LAB_DATA_DIR"] === undefined ? undefined : path.join(process.env["LAB_DATA_DIR"], "xquad-r");

test("files given to the page become a dataset that trains", async ({ page }) => {
  test.skip(
    folder === undefined || !existsSync(folder),
    "SKIPPED: LAB_DATA_DIR does not name a folder with xquad-r",
  );
  await openLab(
    page,
    "v=1&preset=hybrid&train=xquad-r&langs=en,de&heldOut=none&batch=32&width=32&steps=4&evalEvery=0&backend=wasm",
  );
  const input = page.getByLabel("Dataset files");
  await input.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("none") });
  await expect(page.getByText(/no complete dataset/)).toBeVisible();
  await input.setInputFiles(LANGS.map((lang) => path.join(folder!, `${lang}.json`)));
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("CC-BY-SA-4.0");
  await dialog.getByLabel(/with their paragraph/).uncheck();
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText(/13,090/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/13,014/).first()).toBeVisible();
  await train(page, 4);
  await page.reload();
  await expect(page.getByText(/13,014/).first()).toBeVisible({ timeout: 30_000 }); // it stayed in this browser
});
