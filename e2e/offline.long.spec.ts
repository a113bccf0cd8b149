// The whole quick start, as it is when the page opens, after one visit and with the host gone: in Chromium and in Firefox.
import { expect, test } from "@playwright/test";
import { closeFirefox, openPage, press, saying, sees, startFirefox } from "./firefox.ts";
import { knowTheLab, train } from "./lab.ts";
import { servePlainly } from "./plainServer.ts";
import { DEFAULT_PRESET } from "../src/core/spec/presets.ts";
import { rounds } from "../src/testing/longLane.ts";

test.skip(
  rounds({ short: 0, long: 1 }) === 0,
  "SKIPPED: the short form, offline.spec.ts and offline.firefox.spec.ts train 20 steps (docs/testing.md)",
);
test.use({ serviceWorkers: "allow" });

const { steps } = DEFAULT_PRESET.spec;
const KEPT = "quick start and the recorded studies work without a network";
const PATIENCE_MS = 1_800_000;

test("one visit, then no server: the quick start with all its steps", async ({ page }) => {
  const server = await servePlainly();
  await knowTheLab(page);
  await page.goto(`${server.address}#/data`);
  await expect(page.getByRole("region", { name: "Without a network" }).getByRole("status")).toContainText(
    KEPT,
    { timeout: 300_000 },
  );
  await server.close();
  await page.goto(server.address);
  await page.reload();
  await train(page, steps, PATIENCE_MS);
});

test("one visit in Firefox, then no server: the quick start with all its steps", async () => {
  const browser = await startFirefox();
  const server = await servePlainly();
  try {
    const { page } = await openPage(browser, { isKnown: true });
    await page.goto(`${server.address}#/data`);
    await sees(page, saying(KEPT));
    await server.close();
    await page.goto("about:blank");
    await page.goto(server.address);
    await page.reload();
    await press(page, "Train");
    await page.waitForSelector(saying(`Finished ${steps} steps`), { timeout: PATIENCE_MS });
  } finally {
    await closeFirefox(browser);
    await server.close().catch(() => undefined);
  }
});
