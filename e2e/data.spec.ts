// The data page: folders and tables become datasets that are shown, trained on, evaluated and removed.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test, type Page } from "@playwright/test";
import { beirFolder, miraclFolder, mtebFolder, type FolderFiles } from "../src/testing/ownFolders.ts";
import { dropOn, expectAccessible, openLab, train } from "./lab.ts";

function written(name: string, files: FolderFiles): string {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), "lab-e2e-")), name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), content);
  }
  return dir;
}

const card = (page: Page, name: string | RegExp) => page.getByRole("article", { name });
const dialog = (page: Page) => page.getByRole("dialog");
const runOn = (id: string) =>
  `v=1&preset=mono&train=${id}&langs=sw,yo&heldOut=none&batch=8&width=32&steps=2&evalEvery=0&backend=wasm`;

async function openData(page: Page): Promise<string[]> {
  const errors = await openLab(page, "/data");
  await expect(page.getByRole("heading", { name: "Data", level: 2 })).toBeFocused();
  return errors;
}

for (const { id, title, files, said } of [
  { id: "my-beir", title: "my-beir", files: beirFolder, said: "BEIR or MTEB folder" },
  { id: "my-mteb", title: "my-mteb", files: mtebFolder, said: "BEIR or MTEB folder" },
  { id: "miracl", title: /^MIRACL/, files: miraclFolder, said: "Licence: Apache-2.0" },
]) {
  test(`a folder in the layout of ${id} is added, shown, trained on and evaluated`, async ({ page }) => {
    const errors = await openData(page);
    await page.getByLabel("Dataset folder").setInputFiles(written(id, files()));
    await expect(dialog(page)).toContainText(said, { timeout: 60_000 });
    await dialog(page).getByRole("button", { name: "Add" }).click();
    const own = card(page, title);
    await expect(own).toContainText("2 languages · 78 queries · 80 passages", { timeout: 60_000 });
    await own.getByText("What the conversion left out or noted").click();
    await expect(own.getByText(/^Left out: 2 queries without a relevant document/)).toBeVisible();
    await own.getByText("Texts per language").click();
    await expect(own.getByRole("row", { name: /^Yoruba yo 39 40$/ })).toBeVisible();
    await own.getByText("Look inside").click();
    await own.getByLabel("First texts in").selectOption("yo");
    await expect(own.locator("li[lang=yo] p").first()).toHaveText("maji maji?");
    await page.goto(`./#${runOn(id)}`);
    await train(page, 2);
    await expect(page.getByText(/n = 22 queries, pool 80, seed \d+ only/).first()).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test("a folder and a file are dropped, and taken for what they are", async ({ page }) => {
  const errors = await openData(page);
  const zone = page.locator(".dropZone");
  const folder = written("my-beir", beirFolder());
  await dropOn(page, zone, folder);
  await expect(dialog(page)).toContainText("BEIR or MTEB folder", { timeout: 60_000 });
  await dialog(page).getByRole("button", { name: "Add" }).click();
  await expect(card(page, "my-beir")).toContainText("2 languages · 78 queries · 80 passages", {
    timeout: 60_000,
  });
  const pairs = written("more", { "pairs.tsv": "query\tpassage\nmaji?\tmaji moto\n" });
  await dropOn(page, zone, path.join(pairs, "pairs.tsv"));
  await expect(dialog(page).getByRole("listitem").first()).toContainText("maji moto", { timeout: 60_000 });
  await page.keyboard.press("Escape");
  const other = written("notes", { "notes.md": "# nothing to read\n" });
  await dropOn(page, zone, other);
  await expect(page.getByRole("alert")).toContainText("notes/notes.md is no complete dataset");
  expect(errors).toEqual([]);
});

test("a folder's name, packed members, what cannot be read and a taken name are all told", async ({
  page,
}) => {
  const errors = await openData(page);
  const line = (i: number) => `${JSON.stringify({ _id: `d${i}`, text: `maji ${i}` })}\n`;
  const folder = written("ms", {
    "corpus.jsonl.gz": Buffer.concat([gzipSync(line(1)), gzipSync(line(2))]), // two members
    "queries.jsonl": `${JSON.stringify({ _id: "q", text: "maji?" })}\n`,
    "qrels/test.tsv": "q\td2\t1\n",
    "images.7z": "any bytes",
  });
  const add = dialog(page).getByRole("button", { name: "Add" });
  await page.getByLabel("Dataset folder").setInputFiles(folder);
  await expect(dialog(page)).toContainText("ms/images.7z: is packed with 7-Zip", { timeout: 60_000 });
  await expect(dialog(page)).toContainText(
    "The name “ms” is taken for Malay (ms); type another code if it is not.",
  );
  await expectAccessible(page);
  await dialog(page).getByLabel("Language of texts that name none").fill("sw");
  await dialog(page).getByLabel("Language of passages, where it is another").fill("yo");
  await add.click();
  const own = card(page, /^ms$/);
  await expect(own).toContainText("2 languages · 1 queries · 2 passages", { timeout: 60_000 });
  await own.getByText("What the conversion left out or noted").click();
  await expect(own.getByText(/^Noted: not used: ms\/images\.7z/)).toBeVisible();

  await page.getByLabel("Dataset folder").setInputFiles(folder);
  await expect(dialog(page)).toContainText("ms is here already: give another name, or replace it.", {
    timeout: 60_000,
  });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByLabel("Replace ms, once this one is read").check();
  await add.click();
  await expect(own).toContainText(/1 languages? · 1 queries · 2 passages/, { timeout: 60_000 });
  expect(errors).toEqual([]);
});

test("a table with columns and languages of its own is asked about, by keyboard, and removed", async ({
  page,
}) => {
  const errors = await openData(page);
  const rows = Array.from(
    { length: 24 },
    (_, i) => `سؤال ${i},${i % 4 ? "جواب" : "jibu"} ${i},${i % 4 ? "ar" : ""}`,
  );
  await page.getByLabel("Dataset files").setInputFiles({
    name: "pets.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`frage,antwort,sprache\n${rows.join("\n")}\n`),
  });
  const add = dialog(page).getByRole("button", { name: "Add" });
  await expect(dialog(page)).toContainText("Choose the column that holds the query.", { timeout: 60_000 });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByLabel("Query", { exact: true }).focus();
  await page.keyboard.press("f"); // the first option that begins with it
  await dialog(page).getByLabel("Passage that answers it").selectOption("antwort");
  await expect(dialog(page).getByRole("listitem").first()).toContainText("jibu 0");
  await dialog(page).getByText("More columns").click();
  await dialog(page).getByLabel("Language of the query").selectOption("sprache");
  await dialog(page).getByLabel("Language of the passage").selectOption("sprache");
  const second = dialog(page).getByRole("listitem").nth(1).locator("p").first();
  await expect(second).toHaveAttribute("dir", "rtl");
  await expect(second).toHaveAttribute("lang", "ar");
  const language = dialog(page).getByLabel("Language of texts that name none");
  await language.fill("Swahili");
  await expect(dialog(page)).toContainText("“Swahili” is no language code such as “sw” or “zh-Hant”.");
  await language.fill("sw");
  await expect(
    dialog(page)
      .getByRole("status")
      .filter({ hasText: /^Swahili$/ }),
  ).toBeVisible();
  await dialog(page).getByLabel("Name", { exact: true }).fill("Haustiere");
  await dialog(page).getByLabel("Licence", { exact: true }).fill("CC0-1.0");
  await add.focus();
  await page.keyboard.press("Enter");
  const own = card(page, "Haustiere");
  await expect(own).toContainText("2 languages · 24 queries · 24 passages", { timeout: 60_000 });
  await own.getByText("Texts per language").click();
  await expect(own.getByRole("row", { name: /^Swahili sw 6 6$/ })).toBeVisible(); // every fourth row names none
  await own.getByText("Licence, source and fingerprint").click();
  await expect(own.getByText("CC0-1.0")).toBeVisible();

  await own.getByRole("button", { name: "Train on it" }).click();
  await expect(page).toHaveURL(/train=haustiere/);
  await page.goBack();
  await own.getByRole("button", { name: "Remove …" }).click();
  await own.getByRole("button", { name: "Keep" }).click();
  await expect(own).toBeVisible();
  await own.getByRole("button", { name: "Remove …" }).click();
  await own.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(own).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("a file of many rows shows how far it is, and is stopped at one's wish", async ({ page }) => {
  const errors = await openData(page);
  const row = '{"query":"maji?","positive":"maji moto"}\n';
  await page.getByLabel("Dataset files").setInputFiles({
    name: "pairs.jsonl.gz",
    mimeType: "application/gzip",
    buffer: gzipSync(row.repeat(1_500_000)), // as many as 64 MiB hold
  });
  await dialog(page).getByRole("button", { name: "Add" }).click({ timeout: 60_000 });
  const progress = page.locator(".importProgress");
  await expect(progress).toContainText(/Converting pairs [\d.]+ kB of [\d.]+ kB/);
  await progress.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert")).toContainText("ended at your wish; nothing was added");
  await expect(card(page, "pairs")).toHaveCount(0);
  expect(errors).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the data page and its dialogs have no accessibility violation, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openData(page);
    await card(page, /^Emoji/)
      .getByText("Look inside")
      .click();
    await card(page, /^NTREX/)
      .getByText("What it is and how to get it")
      .click();
    await expectAccessible(page);
    await card(page, /^Tatoeba/)
      .getByRole("button", { name: "Download" })
      .click();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByLabel("Dataset files").setInputFiles({
      name: "pets.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("query,passage,label\nwhich?,this,1\n"),
    });
    await expect(dialog(page).getByRole("listitem").first()).toContainText("which?", { timeout: 60_000 });
    await expectAccessible(page);
  });
}
