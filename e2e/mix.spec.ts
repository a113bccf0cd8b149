// The batch mix as a person sets it, and what the form says of a plan before it is trained.
import { expect, test } from "@playwright/test";
import { openLab } from "./lab.ts";

test("typed parts of the mix stay as typed", async ({ page }) => {
  const errors = await openLab(page, "v=7&preset=hybrid");
  const part = (kind: string) => page.getByLabel(`Batch mix: ${kind}, per cent`).first();
  for (const [kind, percent] of [
    ["Monolingual", 70],
    ["Cross-lingual", 20],
    ["Multilingual", 10],
  ] as const) {
    await part(kind).fill(String(percent));
    await part(kind).press("Tab");
  }
  await expect(part("Monolingual")).toHaveValue("70");
  await expect(part("Cross-lingual")).toHaveValue("20");
  await expect(part("Multilingual")).toHaveValue("10");
  expect(errors).toEqual([]);
});

test("the form says which languages fall short, as long as they do", async ({ page }) => {
  await openLab(page, "v=7&preset=cross&langs=en:4,de:2,ar:1&heldOut=none&batch=64");
  const batches = page.locator("form details.panel", { hasText: "Batch mix" }).first();
  // 4 of 7 questions are English, so English can answer the 3 of 7 others
  await expect(batches).toContainText(
    "Cross-lingual batches cannot give each language its share of passages: en about 42.9 % instead of 57.1 %",
  );
  await page.goto("./#v=7&preset=cross&langs=en:4,de:3,ar:2&heldOut=none&batch=64");
  await expect(batches).not.toContainText("its share of passages");
});
