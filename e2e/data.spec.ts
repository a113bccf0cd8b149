// The data page: a dropped folder becomes a dataset that is shown, trained on in the page, and removed.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { openLab, train } from "./lab.ts";

const WORDS = ["lamp", "river", "bread", "stone", "cloud", "horse", "glass", "candle"];
const line = (value: object) => `${JSON.stringify(value)}\n`;

/** Invented: 64 documents, a query each; three quarters train. */
function beirFolder(): string {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), "lab-e2e-")), "tiny-beir");
  mkdirSync(path.join(dir, "qrels"), { recursive: true });
  const text = (i: number) => `${WORDS[i % 8]} number ${i} of the ${WORDS[(i >> 3) % 8]} house`;
  const all = Array.from({ length: 64 }, (_, i) => i);
  writeFileSync(
    path.join(dir, "corpus.jsonl"),
    all.map((i) => line({ _id: `d${i}`, title: "", text: text(i) })).join(""),
  );
  writeFileSync(
    path.join(dir, "queries.jsonl"),
    all.map((i) => line({ _id: `q${i}`, text: `which ${WORDS[i % 8]} ${i}` })).join(""),
  );
  for (const split of ["train", "test"]) {
    const own = all.filter((i) => (i % 4 === 3) === (split === "test"));
    const rows = own.map((i) => `q${i}\td${i}\t1\n`).join("");
    writeFileSync(path.join(dir, "qrels", `${split}.tsv`), `query-id\tcorpus-id\tscore\n${rows}`);
  }
  return dir;
}

const card = (page: Page, name: string) => page.getByRole("article", { name });

test("a BEIR folder is added, looked into, trained on, and removed after a question", async ({ page }) => {
  const errors = await openLab(page, "v=1&preset=mono&batch=8&width=32&steps=4&evalEvery=0&backend=wasm");
  await page.getByRole("banner").getByRole("link", { name: "Data" }).click();
  await expect(page.getByRole("heading", { name: "Data", level: 2 })).toBeFocused();
  await page.getByLabel("Dataset folder").setInputFiles(beirFolder());
  const own = card(page, "tiny-beir");
  await expect(own).toContainText("64 queries", { timeout: 60_000 });
  await own.getByText("Look inside").click();
  await expect(own.getByText(/^which lamp/).first()).toBeVisible();
  await own.getByRole("button", { name: "Train on it" }).click();
  await expect(page).toHaveURL(/train=tiny-beir/);
  await page.goBack(); // to the data page
  await expect(own).toBeVisible();
  await page.goForward();
  await page.goto(
    `./#v=1&preset=mono&train=tiny-beir&langs=en&heldOut=none&eval.langs=en&batch=8&width=32&steps=4&evalEvery=0&backend=wasm`,
  );
  await train(page, 4);
  await page.goto("./#/data");
  await own.getByRole("button", { name: "Remove …" }).click();
  await own.getByRole("button", { name: "Keep" }).click();
  await expect(own).toBeVisible();
  await own.getByRole("button", { name: "Remove …" }).click();
  await own.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(own).toHaveCount(0);
  expect(errors).toEqual([]);
});
