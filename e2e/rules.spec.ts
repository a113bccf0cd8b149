// A mix that moves as a person moves it: a curve drawn by keyboard, trained on; the triangle driven while it trains.
import { expect, test } from "@playwright/test";
import { openLab, train, training } from "./lab.ts";

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

test("a mix is driven by hand while it trains, and its link repeats that to the last bit", async ({
  page,
  context,
}) => {
  const STEPS = 300;
  const errors = await openLab(page, SMALL.replace("steps=60", `steps=${STEPS}`));
  const status = training(page).getByRole("status");
  const driven = page.getByRole("slider", { name: /^Mix from now on\./ });
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await expect(status).toHaveText(/^Paused at step 1 /, { timeout: 60_000 });
  await page.locator("summary").filter({ hasText: "Mix of batches: asked and drawn" }).click();
  await driven.scrollIntoViewIfNeeded();
  const box = (await driven.locator(".triangle-dot").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 4 }); // towards cross
  await page.getByRole("button", { name: "Resume", exact: true }).press("Enter"); // and on, as it trains
  await page.mouse.move(x + 40, y - 30, { steps: 4 });
  await page.mouse.up();
  await expect(status).toHaveText(`Finished ${STEPS} steps`, { timeout: 120_000 });
  await expect(page.getByText("While a run trains, its mix can be moved here.")).toBeVisible();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toMatch(/&drive=\d+,.*&expect=/);
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText(/The mix of this link’s run was moved by hand/)).toBeVisible();
  await train(other, STEPS);
  await expect(other.getByText("Repeated, to the last bit")).toBeVisible();
  expect(errors).toEqual([]);
});
