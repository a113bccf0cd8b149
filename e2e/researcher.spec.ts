// The researcher's path: three mixes with two seeds each by few clicks, and on one screen whether hybrid is better than cross
// here, rightly, with what would settle it.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { openLab, openView, shot, TINY, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const MOST_CLICKS = 8;

/** Counts what a hand does: every press of the mouse from here on. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`window.clicks = 0; addEventListener("pointerdown", () => window.clicks++, true)`);
  return () => page.evaluate<number>("window.clicks");
}

test("three mixes × two seeds in at most 8 clicks, and the answer on one screen", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&evalEvery=0"));
  const clicks = await countClicks(page);
  const study = page.getByRole("region", { name: "Studies" });
  await openView(page, "Study");
  await study.getByRole("button", { name: "Your own study" }).click();
  await study.getByRole("spinbutton", { name: "Seeds in every cell" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await expect(study.getByText("Cross-lingual · Monolingual · Hybrid")).toBeVisible();
  await study.getByRole("button", { name: "Start the study" }).click();
  expect(await clicks()).toBeLessThanOrEqual(MOST_CLICKS);
  const progress = page.locator(".study-progress").getByRole("status");
  await expect(progress).toHaveText("6 runs, done", { timeout: 300_000 });

  const card = study.getByRole("article", { name: "What was found" });
  const said = card.getByText(
    /^Of 2 cells against “Cross-lingual” in Mul mAP, 2 have too few seeds to test: /,
  );
  const settles = card.getByText("A test needs 6 seeds in every cell: 4 more.");
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const part of [said, settles, study.getByRole("button", { name: "Add 4 seeds" })])
      await expect(part, `at ${width} × ${height}`).toBeInViewport({ ratio: 1 });
    await shot(page, `researcher-${width}`);
  }
  expect(await clicks()).toBeLessThanOrEqual(MOST_CLICKS); // the screen is there without one more

  // Rightly: the difference that is said is that of the runs, seed by seed.
  const save = page.waitForEvent("download");
  await study.getByRole("button", { name: "CSV", exact: true }).click();
  const rows = readFileSync(await (await save).path(), "utf8")
    .trim()
    .split("\r\n");
  const values = (cell: string) =>
    rows
      .map((row) => row.split(","))
      .filter(([metric, name, , seed]) => metric === "map/multi" && name === cell && seed !== "mean")
      .map(([, , , , value]) => Number(value));
  const [hybrid, cross] = [values("hybrid"), values("cross")];
  expect([hybrid.length, cross.length]).toEqual([2, 2]);
  const difference = hybrid.reduce((sum, value, i) => sum + value - cross[i]!, 0) / 2;
  const shown = /“Hybrid”:? ([+−])(\.\d+)/.exec((await card.innerText()).replaceAll("\u00a0", " "))!;
  const digits = shown[2]!.length - 1;
  expect(Math.abs(difference)).toBeCloseTo(Number(shown[2]), digits - 1);
  if (Number(shown[2]) > 0) expect(shown[1]).toBe(difference > 0 ? "+" : "−");
  expect(errors).toEqual([]);
});
