// Thirty result files given to the built page at once: how long until their overlay is drawn.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "@playwright/test";
import { recordJson } from "../../src/core/export/recordJson.ts";
import { withPage } from "../builtPage.ts";
import { ceiling, median, type Case } from "../case.ts";
import { inventedRecords } from "../input/storedRuns.ts";

const FILES = 30;
const ROUNDS = 3;
const EVAL_EVERY = 2; // of 20 steps: as many evaluations as the quick start has

async function overlay(browser: Browser, address: string, files: readonly string[]): Promise<number> {
  const tab = await browser.newPage();
  await tab.goto(address);
  await tab.getByRole("button", { name: "A class’s results" }).click();
  const input = tab.getByLabel("Results to open");
  await input.waitFor({ state: "attached" });
  const start = performance.now();
  await input.setInputFiles([...files]);
  await tab.locator(".classroom .curve").first().waitFor();
  const seconds = (performance.now() - start) / 1000;
  await tab.close();
  return seconds;
}

export const classroom: Case = {
  name: "classroom",
  about: `${FILES} result files of the quick start's size given to the built page at once: until one picture is drawn`,
  async run() {
    const dir = mkdtempSync(path.join(tmpdir(), "lab-class-"));
    try {
      const records = await inventedRecords(FILES, EVAL_EVERY);
      const files = records.map((record, i) => {
        const file = path.join(dir, `pupil-${i + 1}.json`);
        writeFileSync(file, recordJson(record));
        return file;
      });
      const seconds = await withPage(async (browser, address) => {
        const taken: number[] = [];
        for (let round = 0; round < ROUNDS; round++) taken.push(await overlay(browser, address, files));
        return taken;
      });
      return [
        ceiling({
          name: "classroom/overlay",
          unit: "s",
          value: median(seconds),
          limit: 2,
          limitName: "2 s",
          note: `median of ${ROUNDS}: ${seconds.map((s) => s.toFixed(2)).join(", ")}`,
        }),
      ];
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
};
