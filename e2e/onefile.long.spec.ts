// What a file that trains is for: the quick start with all its steps, and a run of a recorded study, trained again from the
// disk in Chromium and in Firefox.
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { closeFirefox, openPage, press, saying, sees, startFirefox } from "./firefox.ts";
import { expectAccessible, shot } from "./lab.ts";
import { aboutStudy, exportPage, lab, STUDY } from "./studyFile.ts";
import { rounds } from "../src/testing/longLane.ts";

test.skip(
  rounds({ short: 0, long: 1 }) === 0,
  "SKIPPED: the short form, onefile.spec.ts and onefile.firefox.spec.ts train 20 steps (docs/testing.md)",
);

const PATIENCE_MS = 1_200_000;
const SAME = "Repeated, to the last bit";
/** Without fused arithmetic the last bits differ (docs/browsers.md). */
const REPRODUCED = '::-p-xpath(//h3[starts-with(., "Repeated") or starts-with(., "Reproduced")])';

/** By its name, what writes it. @returns its path */
const FILES = {
  "the quick start's run": async (place: (name: string) => string) => {
    const run = place("run.json");
    await lab("run", "preset:quickstart", "--backend", "wasm", "--out", run, "--quiet");
    return exportPage(run, place("run.html"), "--train");
  },
  "a recorded study": (place: (name: string) => string) => exportPage(STUDY, place("study.html"), "--train"),
};

for (const [name, write] of Object.entries(FILES)) {
  test(`${name} is trained again in its file`, async ({ browser }, info) => {
    const file = await write((path) => info.outputPath(path));
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    const choices = page.getByRole("combobox").getByRole("option");
    await expect(choices).toHaveCount(name === "a recorded study" ? aboutStudy().runs : 0);
    await page.getByRole("button", { name: "Train" }).click();
    await expect(page.getByRole("status")).toHaveText(/^Training, step [1-9]/, { timeout: PATIENCE_MS });
    await shot(page, `onefile-${name.replace(/\W+/g, "-")}-trains`, { fullPage: true });
    await expect(page.getByRole("status")).toHaveText(/^Finished \d+ steps$/, { timeout: PATIENCE_MS });
    await expect(page.getByRole("heading", { name: SAME })).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await expectAccessible(page);
        await shot(page, `onefile-${name.replace(/\W+/g, "-")}-${colorScheme}-${width}`, { fullPage: true });
      }
    }
    expect(asked).toEqual([]);
    await context.close();
  });

  test(`${name} is trained again in its file in Firefox`, async ({}, info) => {
    const file = await write((path) => info.outputPath(path));
    const firefox = await startFirefox();
    try {
      const { page, errors } = await openPage(firefox, { isKnown: false });
      await page.goto(pathToFileURL(file).href);
      await press(page, "Train");
      // Asked again and again: no one answer of the browser may take as long as a run (firefox.ts).
      const status = () => page.$eval('[role="status"]', ({ textContent }) => textContent);
      await expect.poll(status, { timeout: PATIENCE_MS }).toMatch(/^Finished \d+ steps$/);
      await sees(page, saying("Trained here on wasm"));
      await sees(page, REPRODUCED);
      await shot(page, `onefile-${name.replace(/\W+/g, "-")}-firefox`, { fullPage: true });
      expect(errors).toEqual([]);
    } finally {
      await closeFirefox(firefox);
    }
  });
}
