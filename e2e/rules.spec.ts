// A mix that moves as a person moves it: a curve drawn by keyboard, trained on.
import { expect, test } from "@playwright/test";
import { openLab, train } from "./lab.ts";

const SMALL =
  "v=7&preset=hybrid&langs=en,de&heldOut=none&batch=32&steps=60&evalEvery=20&live=200&backend=wasm";

test("a curve is drawn by keyboard, and stands in the link", async ({ page }) => {
  const errors = await openLab(page, SMALL);
  await page.getByLabel("Mix over time", { exact: true }).selectOption("drawn curve");
  const curve = page.getByRole("slider", { name: /Share of Monolingual batches over the run/ });
  await curve.focus();
  await curve.press("End");
  await curve.press("PageUp");
  await expect(curve).toHaveAttribute("aria-valuetext", "Step 59: Mono 10 %, Cross 90 %");
  await expect.poll(() => page.url()).toContain("schedule=drawn&mixCurve=0,0.975,1:0.5,");
  await train(page, 60);
  expect(errors).toEqual([]);
});
