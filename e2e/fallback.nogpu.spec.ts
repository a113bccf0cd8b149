// A browser without WebGPU: the lab says so, and trains on WebAssembly.
import { expect, test } from "@playwright/test";
import { openLab, tableOf, TINY, train, withKeys } from "./lab.ts";

test("without WebGPU it says so and trains on WebAssembly", async ({ page }) => {
  const errors = await openLab(page, TINY);
  await expect(page.getByRole("banner")).toContainText(/WebAssembly/);
  await train(page, 40);
  const cross = (await tableOf(page, /^mAP: Mo, Cr and Mul/)).map((row) => Number(row[2]));
  expect(cross.at(-1)).toBeGreaterThan(cross[0]!);
  expect(errors).toEqual([]);
});

test("asked for WebGPU by a link, it explains that there is none", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=webgpu"));
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByText(/Backend "webgpu" is not available here/).first()).toBeVisible({
    timeout: 60_000,
  });
});
