// The keyboard alone, and what assistive technology finds, in both themes and at three widths.
import { expect, test } from "@playwright/test";
import { expectAccessible, openLab, TINY, train, training } from "./lab.ts";

test("Space starts and pauses, . steps, ? helps, / asks", async ({ page }) => {
  await openLab(page, `${TINY}&backend=wasm&steps=2000&evalEvery=0`);
  const status = training(page).getByRole("status");
  await page.keyboard.press("Space");
  await expect(status).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  await page.keyboard.press("Space");
  await expect(status).toHaveText(/^Paused/);
  await page.waitForTimeout(500);
  const at = Number(/step (\d+)/.exec(await status.innerText())?.[1]);
  await page.keyboard.press(".");
  await expect(status).toHaveText(`Paused at step ${at + 1} of 2000`);
  await page.getByRole("checkbox").first().focus(); // it takes Space, no characters
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Space");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Your question, in any language")).toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 900, 1440]) {
    test(`has no accessibility violation and no sideways scroll, ${colorScheme}, ${width} px`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await openLab(page, `${TINY}&backend=wasm&steps=4&evalEvery=0`);
      await train(page, 4);
      await expectAccessible(page);
    });
  }
}
