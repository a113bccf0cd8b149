// A committed study's runs, trained again from their links, a rule's and its controls' too: what agreed is said part by part, there
// and in the study's list.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, type Page } from "@playwright/test";
import { SOURCED } from "../src/testing/sourcedStudy.ts";
import { expectAccessible, openLab, openView } from "./lab.ts";

test.setTimeout(600_000); // for what hangs: a busy machine takes minutes

const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

/** A rule, its mean held fixed, its way backwards, and what those are held against. */
const RULE = ["cross", "mono", "exp3", "back"];
const STUDY = {
  ...SOURCED,
  title: "Small",
  cells: SOURCED.cells.filter(
    (cell) =>
      ("name" in cell && RULE.includes(cell.name)) || ("controlOf" in cell && cell.controlOf === "exp3"),
  ),
};

let dir = "";
let results = "";
test.beforeAll(async () => {
  test.setTimeout(600_000);
  dir = await mkdtemp(path.join(tmpdir(), "lab-points-"));
  await writeFile(path.join(dir, "s.json"), JSON.stringify(STUDY));
  const out = path.join(dir, "out");
  const lab = (...args: string[]) => promisify(execFile)(process.execPath, ["scripts/lab.mjs", ...args]);
  await lab("sweep", path.join(dir, "s.json"), "--out", out, "--jobs", "1", "--quiet");
  results = (await lab("report", out, "--to", "results")).stdout;
});
test.afterAll(() => rm(dir, { recursive: true }));

/** The page with the study among those that come with it. */
async function openWithStudy(page: Page, file: string): Promise<string[]> {
  const entry = { name: "small", title: "Small", headline: "It runs.", runs: 10 };
  await page.route("**/studies/index.json", (route) => route.fulfill({ json: [entry] }));
  await page.route("**/studies/small.json", (route) =>
    route.fulfill({ contentType: "application/json", body: file }),
  );
  return openLab(page);
}

const RUNS = "10 runs, each with its link";

async function openRuns(page: Page): Promise<void> {
  await openView(page, "Study");
  const summary = page.getByText(RUNS);
  if (!(await summary.isVisible())) await page.getByRole("button", { name: /Small/ }).click();
  await summary.click();
}

const again = (page: Page, name: string) => page.getByRole("link", { name: `Train this again ${name}` });
const shot = async (page: Page, name: string) => {
  if (SHOTS === undefined) return;
  for (const [width, height] of [
    [390, 844],
    [1280, 720],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
};

test("a rule's run and its controls are trained again, and each part of them is verified", async ({
  page,
}) => {
  const errors = await openWithStudy(page, results);
  const said = page.locator(".notice", { hasText: "The sender’s result against your run" });
  const points = ["bandit, seed 2", "bandit: its mean, held fixed, seed 1", "bandit, backwards, seed 2"];
  await openRuns(page);
  for (const [i, point] of points.entries()) {
    await again(page, point).click();
    await expect(page.getByText("This link carries a result to check")).toBeVisible();
    await expect(page.getByText(/^Other numbers than the result’s/)).toHaveCount(0); // the same data
    await page.getByRole("button", { name: "Train and check" }).click();
    // The same to the bit where this browser has the same kind of WebAssembly as Node.
    await expect(said).toContainText(/Plan\s*repeated: the same batches/, { timeout: 300_000 });
    await expect(said).toContainText(/Losses\s*(repeated|reproduced): /);
    await expect(said).toContainText(/Metrics\s*(repeated|reproduced): /);
    await openRuns(page);
    await expect(page.getByText(/^Here: re(peated|produced), /)).toHaveCount(i + 1);
  }
  await expectAccessible(page);
  await shot(page, "points");
  await openView(page, "Watch");
  await expect(said).toContainText("Run again here: training, evaluation, and every number made from them.");
  await expect(said).toContainText("It proves that numbers are equal, not who made them.");
  await expectAccessible(page);
  await shot(page, "verified");
  expect(errors).toEqual([]);
});

test("other data is said before training, and a result that was altered is told by its part", async ({
  page,
}) => {
  const file = JSON.parse(results) as {
    made: { data: Record<string, string> }[];
    runs: { digest: string; parts: string[] }[];
  };
  const forged = {
    ...file,
    made: file.made.map((made) => ({ ...made, data: { "cldr-emoji": "0".repeat(64) } })),
    runs: file.runs.map((run) => ({
      ...run,
      digest: "0".repeat(64),
      parts: ["0".repeat(10), ...run.parts.slice(1)],
    })),
  };
  const errors = await openWithStudy(page, JSON.stringify(forged));
  await openRuns(page);
  await again(page, "mono, seed 1").click();
  const other = page.getByText(/^Other numbers than the result’s are to be expected: cldr-emoji is not/);
  await expect(other).toBeVisible();
  await shot(page, "other-data");
  await page.getByRole("button", { name: "Train and check" }).click();
  const said = page.locator(".notice", { hasText: "The sender’s result against your run" });
  await expect(said).toContainText(/Plan\s*different: other batches were drawn/, { timeout: 300_000 });
  await expect(said).toContainText("The first thing that differs: the data.");
  await expect(said).toContainText(/Data: cldr-emoji is not the dataset it was made of \(hash 0{10} there/);
  await shot(page, "different");
  await openRuns(page);
  await expect(page.getByText("Here: different")).toHaveCount(1);
  expect(errors).toEqual([]);
});
