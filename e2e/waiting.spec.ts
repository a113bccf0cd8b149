// While a run trains: the form and its Train never end it; a start that fails leaves a sentence and no run; without a network
// the page says so, and what was read before is enough.
import { expect, test } from "@playwright/test";
import { openLab, TINY, training, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(900_000);

const LINK = withKeys(TINY, "backend=wasm");

test("the next run waits for the one that is going on, or is forgotten", async ({ page }) => {
  const errors = await openLab(page, withKeys(LINK, "steps=40000&evalEvery=0"));
  const bar = training(page);
  const status = bar.getByRole("status");
  await bar.getByRole("button", { name: "Train", exact: true }).click();
  await expect(status).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  const steps = page.getByLabel("Steps", { exact: true });
  await steps.fill("41");
  await expect(status).toHaveText(/^Training, step [\d,]+ of 40,000/);
  await bar.getByRole("button", { name: "Train the form next" }).click();
  await expect(status).toHaveText(/^Training, step [\d,]+ of 40,000/);
  await expect(bar.getByRole("button", { name: "Train the form next" })).toHaveCount(0); // it waits already
  await steps.fill("42");
  await bar.getByRole("button", { name: "Train the form next" }).click();
  await expect(bar.getByRole("button", { name: "Then Hybrid, 41 steps and 1 more" })).toBeVisible();
  await bar.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.locator(".runItem")).toHaveCount(3, { timeout: 60_000 });
  await expect(status).toHaveText("Finished 42 steps", { timeout: 60_000 });
  expect(errors).toEqual([]);
});

test("what was read once is enough without a network; what was not is told, and leaves no run", async ({
  page,
  context,
}) => {
  await openLab(page, withKeys(LINK, "steps=4&evalEvery=0"));
  const bar = training(page);
  const status = bar.getByRole("status");
  const start = () => bar.getByRole("button", { name: "Train", exact: true }).click();
  await start();
  await expect(status).toHaveText("Finished 4 steps", { timeout: 60_000 });
  await context.setOffline(true);
  await page.getByLabel("Steps", { exact: true }).fill("5");
  await start();
  await expect(status).toHaveText("Finished 5 steps", { timeout: 60_000 });
  await page.goto(`./#${withKeys(LINK, "steps=4&evalEvery=0&encoder=distilled-weak")}`); // the hash alone: no page is fetched
  await start();
  await expect(page.getByText(/^You seem to be offline: .* could not be fetched\. Connect/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(status).toHaveText("Did not start");
  await expect(page.locator(".runItem")).toHaveCount(2);
  await page.getByRole("link", { name: "Data", exact: true }).click(); // a part of the page that was never shown
  await expect(page.getByRole("alert")).toContainText("You seem to be offline");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: /data/i }).first()).toBeVisible();
});
