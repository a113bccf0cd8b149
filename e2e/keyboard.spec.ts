// The keyboard alone, and parts found as assistive technology finds them. The newcomer's path by keyboard: newcomer.spec.ts.
import { expect, test } from "@playwright/test";
import { grouped, openLab, stepIn, tabTo, TINY, training, withKeys } from "./lab.ts";

test("Space starts and pauses, . steps, ? helps, / asks", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm&steps=2000&evalEvery=0"));
  const status = training(page).getByRole("status");
  await page.keyboard.press("Space");
  await expect(status).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  await page.keyboard.press("Space");
  await expect(status).toHaveText(/^Paused/);
  await page.waitForTimeout(500);
  const at = stepIn(await status.innerText());
  await page.keyboard.press(".");
  await expect(status).toHaveText(`Paused at step ${grouped(at + 1)} of 2,000`);
  await page.getByRole("checkbox").first().focus(); // it takes Space, no characters
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Space");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Your question, in any language")).toBeFocused();
});

test("a study by the keyboard alone, each part found by its role and name", async ({ page }) => {
  test.setTimeout(600_000); // a limit for what hangs: three runs on a busy machine
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&steps=4&evalEvery=0"));
  await tabTo(page, page.getByRole("tab", { name: "Watch", exact: true }));
  const studyTab = page.getByRole("tab", { name: "Study", exact: true });
  for (let i = 0; i < 6 && (await studyTab.getAttribute("aria-selected")) !== "true"; i++)
    await page.keyboard.press("ArrowRight");
  const study = page.getByRole("region", { name: "Studies" });
  const own = study.getByRole("button", { name: "Your own study" });
  await expect(own).toBeVisible();
  await tabTo(page, own);
  await page.keyboard.press("Enter");
  const seeds = study.getByRole("spinbutton", { name: "Seeds in every cell" });
  await expect(seeds).toBeVisible();
  await tabTo(page, seeds);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("1");
  await tabTo(page, study.getByRole("button", { name: "Start the study" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "3 runs, done" })).toBeVisible({
    timeout: 300_000,
  });
  const card = study.getByRole("article", { name: "What was found" });
  await expect.poll(() => card.ariaSnapshot()).toContain("2 have too few seeds to test");
  await tabTo(page, study.getByRole("button", { name: "Add 4 seeds" }));
  expect(errors).toEqual([]);
});
