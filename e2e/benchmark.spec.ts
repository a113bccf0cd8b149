// Measuring the device from the page, on WebGPU: figures with their shares by kernel, and two copies of them.
import { expect, test } from "@playwright/test";
import type { BenchmarkReport } from "../src/core/record/benchmarkReport.ts";
import { openLab } from "./lab.ts";

const SHOTS = process.env["SHOTS"]; // folder for pictures to look at

test("the device is measured on WebGPU and its figures can be copied", async ({ page, context }) => {
  test.setTimeout(300_000); // SwiftShader takes seconds for a step with layers
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const errors = await openLab(page);
  await page.locator("button.badge").click();
  await page.getByRole("button", { name: "How fast is it?" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "WebGPU" }).check();
  await dialog.getByRole("button", { name: "Measure" }).click();
  await expect(dialog.getByRole("progressbar")).toBeVisible();
  const rows = dialog.getByRole("region", { name: "Figures, table" }).locator("tbody tr");
  await expect(rows.first()).toBeVisible({ timeout: 240_000 });

  const copied = async (name: string) => {
    await dialog.getByRole("button", { name }).click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const report = JSON.parse(await copied("Copy as JSON")) as BenchmarkReport;
  expect(report.backend).toBe("webgpu");
  expect(report.adapter).toMatch(/swiftshader/i);
  const found = new Map(report.rows.map((row) => [row.id, row]));
  expect([...found.keys()]).toEqual(
    expect.arrayContaining(["product", "step/0x128", "step/2x128", "step/2x128/kernels"]),
  );
  expect(report.rows.every(({ value }) => value > 0)).toBe(true);
  expect(found.get("step/2x128")!.note).toMatch(/launches$/);
  // By the GPU's own clock (timestamp queries).
  expect(found.get("step/2x128/kernels")!.note).toMatch(/products \d+ %/);
  expect(await rows.count()).toBe(report.rows.length);
  const table = await copied("Copy as a table");
  expect(table.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(report.rows.length + 2);

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(sideways).toBeLessThanOrEqual(0);
      if (SHOTS !== undefined)
        await page.screenshot({ path: `${SHOTS}/benchmark-${colorScheme}-${width}.png` });
    }
  }
  expect(errors).toEqual([]);
});
