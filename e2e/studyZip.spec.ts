// A study leaves the page as one file and comes back: card, pictures, runs; a file that was altered is refused.
import { readFile, writeFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { dropOn, expectAccessibleEverywhere, openLab, openView, shot, TINY, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(300_000);

const study = (page: Page) => page.getByRole("region", { name: "Studies" });
const button = (page: Page, name: RegExp | string) => study(page).getByRole("button", { name });
const headline = (page: Page) => page.locator(".study-headline").innerText();

async function save(page: Page, path: string): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await button(page, "One file (zip)").click();
  await (await download).saveAs(path);
  await expect(study(page).getByText(/^Saved as .*\.zip$/)).toBeVisible();
  return readFile(path);
}

test("a study is saved as one file and opened again", async ({ page }, info) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&evalEvery=0&steps=20"));
  await openView(page, "Study");
  await button(page, "Your own study").click();
  await study(page).getByLabel("What differs").selectOption("the triangle of mixes, 7 cells");
  await study(page).getByRole("spinbutton", { name: "Seeds in every cell" }).fill("1");
  await button(page, "Start the study").click();
  await expect(page.locator(".study-progress").getByRole("status")).toHaveText("7 runs, done", {
    timeout: 240_000,
  });
  const file = info.outputPath("study.zip");
  const bytes = await save(page, file);
  expect(await save(page, info.outputPath("again.zip"))).toEqual(bytes);
  const said = await headline(page);

  await page.reload();
  await openView(page, "Study");
  const chooser = page.waitForEvent("filechooser");
  await button(page, "Open a study…").click();
  await (await chooser).setFiles(file);
  await expect(study(page).getByText("From the file study.zip.")).toBeVisible();
  await expect(page.locator(".study-headline")).toHaveText(said);
  await expect(page.getByRole("figure", { name: "Mul mAP over the triangle" })).toBeVisible();
  await expectAccessibleEverywhere(page, "studyZip");
  await study(page)
    .getByText(/^7 runs, /)
    .click();
  await button(page, "Open Monolingual, seed 1").click();
  await expect(page.locator(".runItem")).toHaveCount(1);

  // One letter of a record altered: the packed bytes are then no whole file, or have another hash.
  const altered = Buffer.from(bytes);
  altered[altered.indexOf("runs/") + 200]! ^= 1;
  await writeFile(info.outputPath("altered.zip"), altered);
  await openView(page, "Study");
  await dropOn(page, study(page), info.outputPath("altered.zip"));
  await expect(study(page).getByRole("alert")).toContainText(
    /^altered\.zip\/runs\/.*: is not a whole file|^altered\.zip: .*runs\//,
  );
  await shot(page, "studyZip-altered");
  expect(errors).toEqual([]);
});
