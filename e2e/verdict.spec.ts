// What a run says in words, its next step by one press, and names that open their definition by keyboard.
import { expect, test } from "@playwright/test";
import { openLab, TINY, train, training, withKeys } from "./lab.ts";

test("a run says what it found, and the next steps are one press each", async ({ page }) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm"));
  await train(page, 40);
  const verdict = page.locator(".verdict");
  await expect(verdict).toContainText(/^One seed, 2 languages\. Answers in the other language /);
  const next = verdict.getByRole("button", { name: /^Next:/ });
  await next.filter({ hasText: "the same with Monolingual" }).click();
  await expect(page).toHaveURL(/preset=mono/); // the form shows what trains
  await expect(training(page).getByRole("status")).toHaveText("Finished 40 steps", { timeout: 150_000 });
  await expect(verdict).toContainText(/^One seed each, 2 languages\./);
  await expect(verdict).toContainText(/(?:better|worse|no difference|undecided).* Hybrid \(\.\d{3}\)/);
  await next.filter({ hasText: "compare with Hybrid" }).click();
  await expect(page).toHaveURL(/view=compare/);
  await expect(page.getByRole("heading", { level: 2 }).filter({ hasText: "and 1 more" })).toBeVisible();
  expect(errors).toEqual([]);
});

test("a name opens its definition by keyboard, and Escape closes it and nothing else", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const errors = await openLab(page, withKeys(TINY, "backend=wasm"));
  await train(page, 40);
  const name = page.locator(".keyNumber").getByRole("button", { name: "Rank distance" });
  await name.focus();
  await page.keyboard.press("Enter");
  const words = page.getByRole("note").filter({ hasText: "Rank distance (RD)" });
  await expect(words).toBeVisible();
  await expect(words).toContainText(/in a pool of N = [\d,]+\. .* in each of R = 2 languages/);
  const { x, y, width, height } = (await words.boundingBox())!;
  expect(Math.min(x, y, 390 - x - width, 844 - y - height)).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("Escape");
  await expect(words).toBeHidden();
  await expect(name).toBeFocused();
  expect(errors).toEqual([]);
});
