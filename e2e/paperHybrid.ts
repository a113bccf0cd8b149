// The paper's experiment as a newcomer meets it: a profile that has seen nothing, XQuAD-R given to the page, its preset trained.
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { AGE } from "../src/core/age.ts";
import { openLab, openView, tableOf, training } from "./lab.ts";

const LANGUAGES = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];
const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at
const folder = path.join(process.env["LAB_DATA_DIR"] ?? "", "xquad-r");

export const hasXquadR = process.env["LAB_DATA_DIR"] !== undefined && existsSync(folder);
export const NO_XQUADR = "SKIPPED: LAB_DATA_DIR does not name a folder with xquad-r";

/** XQuAD-R's files given to the page, without the sets' own paragraphs. */
export async function giveXquadR(page: Page): Promise<void> {
  await page
    .getByLabel("Dataset files")
    .setInputFiles(LANGUAGES.map((lang) => path.join(folder, `${lang}.json`)));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/with their paragraph/).uncheck();
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog).toHaveCount(0, { timeout: 600_000 });
}

export interface PaperRun {
  readonly said: string | undefined; // the time that stands beside Train before the click, where one is known: "40 s"
  readonly seconds: number; // taken
}

/**
 * Trains `paper-hybrid` with further settings of a link, and holds its curves: where they begin and end, and that they moved.
 * @param shot name of its screenshots
 */
export async function trainPaperHybrid(
  page: Page,
  settings: string,
  { steps, shot, patienceMs }: { readonly steps: number; readonly shot: string; readonly patienceMs: number },
): Promise<PaperRun> {
  const errors = await openLab(page, `v=${AGE}&preset=paper-hybrid&steps=${steps}&evalEvery=0&${settings}`);
  const bar = training(page);
  await expect(bar).toContainText(/xquad-r/);
  await giveXquadR(page);
  const time = bar.locator(".transport-pace");
  const isTimed = !settings.includes("backend=webgpu"); // played by the processor here, whose pace is not known before
  await expect(bar.locator(".transport-plan")).toHaveText(
    /^Paper: hybrid · \d+ steps · \d+ languages · xquad-r$/,
  );
  await expect(time).toHaveText(isTimed ? /^About \d/ : "");
  const said = /^About (.+)/.exec((await time.textContent())!)?.[1];
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${shot}-before.png` });
  const startMs = performance.now();
  await bar.getByRole("button", { name: "Train", exact: true }).click();
  await expect(bar.getByRole("status")).toHaveText(`Finished ${steps} steps`, { timeout: patienceMs });
  const seconds = (performance.now() - startMs) / 1000;
  await openView(page, "Watch");
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${shot}-after.png` });
  const map = await tableOf(page, /^mAP: Mo, Cr and Mul/);
  expect(map.map(([step]) => step)).toEqual(["0", String(steps)]);
  const [start, end] = map.map(([, ...values]) => values.map(Number)) as [number[], number[]];
  for (const value of [...start, ...end]) expect(value).toBeGreaterThan(0.1); // this start, in any two languages, is far from chance
  expect(end).not.toEqual(start);
  const losses = await tableOf(page, /^Loss by kind/);
  expect(losses).toHaveLength(steps);
  expect(errors).toEqual([]);
  return { said, seconds };
}
