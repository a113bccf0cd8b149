// The shipped encoders in the page: a start, a teacher, the map of concepts, and the model given back.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openLab, train } from "./lab.ts";

test("a run starts at distilled-mini, learns from distilled-weak, is mapped and given back", async ({
  page,
}) => {
  const errors = await openLab(
    page,
    "v=2&preset=hybrid&langs=en,de&heldOut=none&batch=32&steps=6&evalEvery=3&live=200&backend=wasm&distil=cosine&teacher=distilled-weak",
  );
  await train(page, 6);
  await expect(page.getByRole("heading", { name: /teacher/i }).first()).toBeVisible();

  await page.locator("summary").filter({ hasText: "Embedding map" }).click();
  await expect(page.getByText(/of the variance/).first()).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download model" }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004"); // a zip
  expect(bytes.includes("model.safetensors")).toBe(true);
  expect(errors).toEqual([]);
});
