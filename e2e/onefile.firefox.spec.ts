// The same in Firefox as in onefile.spec.ts: a file that trains, opened from the disk.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { offerTraining } from "../src/core/offline/trainingOffer.ts";
import { recipePage } from "../src/core/pages/recipePage.ts";
import { decodeLink } from "../src/core/spec/link.ts";
import { closeFirefox, headed, openPage, press, saying, sees, startFirefox, step } from "./firefox.ts";
import { TINY, withKeys } from "./lab.ts";
import { aboutStudy, exportPage, STUDY } from "./studyFile.ts";

const DIST = join(import.meta.dirname, "../dist");
const HASH = withKeys(TINY, "encoder=distilled-bag-37k&backend=wasm&steps=20&evalEvery=10");

// A limit for what hangs.
test.setTimeout(600_000);

test("a recipe's file trains in Firefox from the disk, without a network", async ({}, info) => {
  const course = { spec: decodeLink(HASH).spec };
  const offer = await offerTraining([course], async (path) => readFileSync(join(DIST, path)));
  const file = info.outputPath("recipe.html");
  writeFileSync(file, recipePage({ ...course, hash: HASH, training: await offer.readParts() }));
  const browser = await startFirefox();
  try {
    const { page, errors } = await openPage(browser, { isKnown: false });
    const asked: string[] = [];
    page.on("request", (request) => {
      if (/^(https?|wss?):/.test(request.url())) asked.push(request.url());
    });
    await step("opened", async () => {
      await page.goto(pathToFileURL(file).href);
      await sees(page, headed("Train it here"));
    });
    await step("trained", async () => {
      await press(page, "Train");
      await sees(page, saying("Finished 20 steps"));
      await sees(page, saying("Trained here on wasm"));
    });
    expect(asked).toEqual([]);
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
  }
});

test("a recorded study's file shows its card and pictures in Firefox from the disk", async ({}, info) => {
  const file = await exportPage(STUDY, info.outputPath("study.html"));
  const browser = await startFirefox();
  try {
    const { page, errors } = await openPage(browser, { isKnown: false });
    await page.goto(pathToFileURL(file).href);
    await sees(page, headed("What was found"));
    expect(await page.title()).toBe(aboutStudy().title);
    const widths = await page.$$eval("img", (all) => all.map(({ naturalWidth }) => naturalWidth));
    expect(widths.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...widths)).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
  }
});
