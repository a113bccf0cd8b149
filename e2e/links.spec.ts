// What comes from outside and is wrong: one clear sentence, and the page goes on.
import { expect, test } from "@playwright/test";
import { openLab, TINY, train, training, withKeys } from "./lab.ts";

test("a bad link is explained and the rest of it applies", async ({ page }) => {
  await openLab(page, "v=1&preset=cross&steps=70&batch=1&seed=banana&wings=2");
  const notice = page.getByRole("status").filter({ hasText: "link" }).first();
  await expect(notice).toContainText("must be from 2 to 1024, got 1; 2 is used");
  await expect(notice).toContainText("must be a whole number from 0 to 2147483647");
  await expect(notice).toContainText("wings");
  await expect(training(page)).toContainText("70 steps");
  await expect(page.getByRole("button", { name: "Train", exact: true })).toBeVisible();
});

test("a run that cannot start says why and leaves the lab usable", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm&train=nowhere"));
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByText(/"nowhere" is not in this browser/).first()).toBeVisible();
  await expect(training(page).getByRole("status")).toHaveText("Did not start");
  await page.goto(`./#${withKeys(TINY, "backend=wasm&steps=4&evalEvery=0")}`);
  await train(page, 4);
});

test("hostile links do no harm", async ({ page }) => {
  const errors = await openLab(
    page,
    "v=1&preset=__proto__&ratio=%00&langs=<script>alert(1)</script>&expect=a,b,c&=&&%",
  );
  await expect(page.getByRole("button", { name: "Train", exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});

test("a link is read in the shapes that mail programs give it", async ({ page }) => {
  const shapes = [
    "#v=2&amp;preset=cross&amp;steps=71",
    "?v=2&preset=cross&steps=71",
    "%23v=2&preset=cross&steps=71",
  ];
  for (const shape of shapes) {
    await page.goto("about:blank");
    await page.goto(`./${shape}`);
    await expect(training(page)).toContainText("71 steps");
    await expect(page).toHaveURL(/\/#v=2&(amp;)?preset=cross&(amp;)?steps=71$/);
  }
});
