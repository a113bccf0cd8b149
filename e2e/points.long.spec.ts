// Runs of the studies that come with the page, one of each kind of cell: trained again from their links, with the whole start encoder.
import { expect, test } from "@playwright/test";
import { rounds } from "../src/testing/longLane.ts";
import { openLab, openView } from "./lab.ts";

test.skip(
  rounds({ short: 0, long: 1 }) === 0,
  "SKIPPED: the short form, e2e/points.spec.ts asks it of a small study",
);
test.setTimeout(1_200_000);

/** A name of the list of studies, and runs of it. */
const POINTS = {
  "moving-ratio-classroom": [
    "Hybrid, seed 1",
    "mono → cross, linear, seed 2",
    "bandit (Exp3), seed 1",
    "bandit (Exp3), its mean, seed 1",
    "bandit (Exp3), backwards, seed 1",
    "excess loss (DoReMi), seed 3",
  ],
  "dynamic-weights-classroom": ["falling slowly (DWA), seed 2", "falling slowly (DWA), backwards, seed 2"],
  "triangle-classroom": ["mono 33.3 %, cross 33.3 %, multi 33.3 %, seed 4"],
} as const;

for (const [name, points] of Object.entries(POINTS)) {
  test(`points of ${name} are trained again`, async ({ page }) => {
    const errors = await openLab(page);
    const said = page.locator(".notice", { hasText: "The sender’s result against your run" });
    for (const [i, point] of points.entries()) {
      const runs = async () => {
        await openView(page, "Study");
        const fold = page.getByText(/^\d+ runs, each with its link$/);
        if (!(await fold.isVisible()))
          await page.getByRole("button", { name: new RegExp(`${name}, `) }).click();
        await fold.click();
      };
      if (i === 0) await runs();
      await page.getByRole("link", { name: `Train this again ${point}`, exact: true }).click();
      await page.getByRole("button", { name: "Train and check" }).click();
      await expect(said).toContainText(/Metrics\s*(repeated|reproduced): /, { timeout: 300_000 });
      await runs();
      await expect(page.getByText(/^Here: re(peated|produced), /)).toHaveCount(i + 1);
    }
    expect(errors).toEqual([]);
  });
}
