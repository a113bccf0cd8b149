// On WebGPU: a run learns, survives a reload, and its link gives the same numbers to somebody else.
import { expect, test } from "@playwright/test";
import { grouped, openLab, openView, stepIn, tableOf, TINY, train, training, withKeys } from "./lab.ts";

test("trains on WebGPU to a better mAP, and the link reproduces it exactly", async ({ page, browser }) => {
  const errors = await openLab(page, withKeys(TINY, "backend=webgpu"));
  // The adapter of these tests is the processor (WEBGPU_FLAGS), whose pace as one is known to nobody before.
  const form = page.getByRole("form", { name: "Experiment" }); // the link's card says it, too
  await expect(form.getByText(/^How long is known after a first run/)).toBeVisible();
  await train(page, 40);
  await expect(page.getByRole("banner")).toContainText("WebGPU");

  const map = await tableOf(page, /^mAP: Mo, Cr and Mul/);
  expect(map.map((row) => row[0])).toEqual(["0", "20", "40"]);
  const cross = map.map((row) => Number(row[2]));
  expect(cross.at(-1)).toBeGreaterThan(cross[0]!);

  // The weights before and after answer a typed query.
  await openView(page, "Try it");
  await page.getByLabel("Your question, in any language").fill("dog");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText(/^“dog” in/)).toBeVisible(); // an example stands there first
  await expect(
    page
      .getByRole("region", { name: /before/i })
      .getByRole("listitem")
      .first(),
  ).toBeVisible();

  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toContain("expect=");
  await page.keyboard.press("Escape");

  const other = await (await browser.newContext()).newPage();
  const otherErrors = await openLab(other, link.slice(link.indexOf("#") + 1));
  await expect(other.getByText("This link carries a result to check")).toBeVisible();
  await train(other, 40);
  await expect(other.getByText("Repeated, to the last bit")).toBeVisible();
  expect(await tableOf(other, /^mAP: Mo, Cr and Mul/)).toEqual(map);
  await other.context().close();

  await page.reload();
  const runs = page
    .getByRole("region", { name: /^Runs/ })
    .or(page.getByRole("complementary", { name: "Runs" }));
  await expect(runs.first()).toContainText("Finished");
  expect(errors).toEqual([]);
  expect(otherErrors).toEqual([]);
});

test("pauses, steps, resumes and stops", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm&steps=2000&evalEvery=0"));
  const status = training(page).getByRole("status");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(status).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(status).toHaveText(/^Paused at step/);
  await page.waitForTimeout(500);
  const at = stepIn(await status.innerText());
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await expect(status).toHaveText(`Paused at step ${grouped(at + 1)} of 2,000`);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(status).toHaveText(`Stopped at step ${grouped(at + 1)} of 2,000`, { timeout: 60_000 });
});
