// Looking into a trained run: the batch as its loss saw it, meaning against language, and an example that asks itself.
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, openLab, openView, TINY, train, withKeys } from "./lab.ts";

test("a trained run is looked into", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const errors = await openLab(page, withKeys(TINY, "langs=en,de,hi&backend=wasm"));
  await train(page, 40);
  await test.step("the last batch from row to gradient, by keyboard", () => lookAtBatch(page));
  await test.step("its first example is asked by itself, answers have a gloss", () => lookAtAnswers(page));
  await test.step("meaning against language, of all languages or a pair", () => lookAtCosines(page));
  expect(errors).toEqual([]);
});

async function lookAtBatch(page: Page): Promise<void> {
  const figure = page.getByRole("figure", { name: /^This batch/ });
  await expect(figure.getByText(/^Step 40 · 64 rows/)).toBeVisible(); // the last one, not the first
  await figure.getByRole("radio", { name: "Scores", exact: true }).check();
  await figure.getByRole("button", { name: "Enlarge" }).click();
  await expect(
    figure.getByText(/^The first 32 of 64 rows of step 40, by the weights it began with/),
  ).toBeVisible();
  const matrix = figure.getByRole("group", { name: /^Scores of 32 questions/ });
  expect((await matrix.boundingBox())!.height).toBeGreaterThan(250); // of the stage that it has for itself
  await matrix.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const row = figure.getByRole("region", { name: "Question 2 and its answers" });
  const cells = await row
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((one) => [...one.querySelectorAll("td")].slice(2).map((cell) => cell.textContent)),
    );
  const shares = cells.map(([share]) => parseFloat(share!));
  expect(shares.filter(Number.isFinite).reduce((a, b) => a + b)).toBeGreaterThan(97); // rounded to 0.1 %
  const [own] = cells;
  const pull = Number(own![1]!.replace("−", "-"));
  expect(Math.abs(pull - (parseFloat(own![0]!) / 100 - 1))).toBeLessThan(0.006); // p - 1, both rounded
  await expectAccessible(page);
  const saved = page.waitForEvent("download");
  await figure.getByRole("button", { name: "Save this chart as SVG" }).click();
  expect((await saved).suggestedFilename()).toMatch(/This-batch-scores.*\.svg$/);
  await page.keyboard.press("Escape");
}

async function lookAtAnswers(page: Page): Promise<void> {
  await openView(page, "Try it");
  for (const name of [/^Before/, /^Now/]) {
    const answers = page.getByRole("region", { name }).getByRole("listitem");
    await expect(answers).toHaveCount(10);
    for (const i of [0, 9]) await expect(answers.nth(i)).toBeInViewport({ ratio: 1 });
  }
  await expect(page.getByText(/“rainy weather” in/)).toBeVisible();
  await page.getByLabel("Your question, in any language").fill("बारिश");
  await page.keyboard.press("Enter");
  const hindi = page.locator(".answer", { has: page.locator("bdi[lang=hi]") }).first();
  await expect(hindi.locator(".answer-gloss")).toHaveAttribute("lang", "en");
  await expectAccessible(page);

  // Whose answers they are, and what was read of a question, is said in full.
  const question = page.getByLabel("Your question, in any language");
  const told = page.getByRole("tabpanel").getByRole("status").filter({ hasText: /“/ });
  await question.fill("日本語");
  await question.press("Enter");
  await expect(told).toHaveText(/^The search failed: .*; below are still the answers to “बारिश”$/);
  await question.fill("regen".repeat(80));
  await question.press("Enter");
  await expect(told).toContainText(
    /” in [\d,]+ passages\. Its end was not read: the encoder reads 16 tokens\./,
  );
  expect(await told.evaluate((one) => one.scrollWidth - one.parentElement!.clientWidth)).toBeLessThanOrEqual(
    0,
  );
}

async function lookAtCosines(page: Page): Promise<void> {
  await openView(page, "Languages");
  const figure = page.getByRole("figure", { name: /^Meaning against language/ });
  const finding = figure.getByText(/A right answer in another language is nearer .* now \(AUC/);
  await expect(finding).toBeVisible();
  const [before, now] = (await finding.innerText()).match(/\d+\.\d(?=\s%)/g)!.map(Number);
  expect(now).toBeGreaterThan(before!);
  await figure.getByLabel("Questions in").selectOption("de");
  await expect(figure.getByText(/in German in/)).toBeVisible();
  await figure.locator("summary").click();
  await expect(figure.getByRole("row", { name: /^Meaning beats language/ })).toBeVisible();
  await figure.getByRole("radio", { name: "Map", exact: true }).check();
  await expect(page.getByText(/of the variance/).first()).toBeVisible();
  const search = page.getByRole("combobox", { name: "Find a language and highlight it" }).first();
  await search.fill("Hindi");
  await search.press("Enter");
  await expect(page.locator("[data-marked] > .map-point[data-marked]").first()).toBeVisible(); // its points come forward
  await expectAccessible(page);
}
