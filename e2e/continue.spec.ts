// A run that was cut off goes on to its very numbers: after a reload, a closed tab, a killed worker; never in two tabs.
import { expect, test, type Page } from "@playwright/test";
import { openLab, openView, stepIn, TINY, train, training, withKeys } from "./lab.ts";

const STEPS = 240; // so many that a fast machine, too, can be caught in the middle four times
const LINK = withKeys(TINY, `backend=wasm&steps=${STEPS}&evalEvery=120&layers=1&batch=256&width=64`);
const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

const status = (page: Page) => training(page).getByRole("status");
const continueButton = (page: Page) =>
  page.locator(".runHeading").getByRole("button", { name: "Continue", exact: true });

/** The digest of the run that is shown, and what a question finds by the weights before training and by the last ones. */
async function outcome(page: Page): Promise<{ digest: string; found: string[][] }> {
  await expect(status(page)).toHaveText(`Finished ${STEPS} steps`, { timeout: 120_000 });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  let text = "";
  for await (const chunk of await (await download).createReadStream()) text += String(chunk);
  const { digest } = JSON.parse(text) as { digest: string };
  await openView(page, "Try it");
  await page.getByLabel("Your question, in any language").fill("dog");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText(/^“dog” in/)).toBeVisible(); // an example stands there first
  const found: string[][] = [];
  for (const name of [/^Before/, /^Now/]) {
    const answers = page.getByRole("region", { name }).getByRole("listitem");
    await expect(answers.first()).toBeVisible();
    found.push(await answers.allInnerTexts());
  }
  return { digest, found };
}

const stepOf = async (page: Page) => stepIn(await status(page).innerText());

/** Waits until the run is some steps further, and pauses it, which keeps a snapshot. @returns its step */
async function pauseLater(page: Page, from: number): Promise<number> {
  await page.bringToFront(); // a tab in the background is slow to draw
  await expect.poll(() => stepOf(page), { timeout: 60_000, intervals: [50] }).toBeGreaterThan(from);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(status(page)).toHaveText(/^Paused at step/);
  const step = await stepOf(page);
  await expect(training(page)).toContainText(`snapshot of step ${step} kept`);
  expect(step).toBeLessThan(STEPS);
  return step;
}

test("a run goes on to the same digest after reload, closed tab and killed worker", async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const errors = await openLab(page, LINK);
  await train(page, STEPS);
  const undisturbed = await outcome(page);

  await page.getByRole("button", { name: "Train", exact: true }).click();
  let step = await pauseLater(page, 2);

  await page.reload();
  await expect(page.locator(".runHeading")).toContainText(`A snapshot of step ${step} is kept`);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/continue.png`, fullPage: true });
  await continueButton(page).click();
  step = await pauseLater(page, step + 2);

  // While a tab has the run, another one shows it and does not take it.
  const second = await context.newPage();
  await openLab(second, LINK);
  const runs = second.locator(".runList");
  await expect(runs).toContainText("In another tab");
  await expect(second.getByRole("button", { name: /^Continue/ })).toHaveCount(0);
  await page.close();
  await expect(continueButton(second)).toBeVisible(); // once the tab is gone
  const third = await context.newPage();
  const moreErrors = await openLab(third, LINK);
  await continueButton(second).click();
  await expect(status(second)).toHaveText(/^(Preparing|Training)/);
  await expect(third.locator(".runList")).toContainText("In another tab");
  await expect(continueButton(third)).toHaveCount(0);
  step = await pauseLater(second, step + 2);
  await second.close();

  await continueButton(third).click();
  await pauseLater(third, step + 2);
  await training(third).getByRole("button", { name: "Resume" }).click();
  await expect(status(third)).toHaveText(/^Training/);
  const trainer = third.workers().find((worker) => worker.url().includes("trainer"))!;
  const kill = () =>
    void setTimeout(() => {
      throw new Error("killed by the test");
    }, 0);
  await trainer.evaluate(kill);
  await expect(third.getByText("A worker of the lab died")).toBeVisible();
  await continueButton(third).click();
  expect(await outcome(third)).toEqual(undisturbed);
  expect([...errors, ...moreErrors].filter((error) => !error.includes("killed"))).toEqual([]);
  await expect(third.locator(".runList").getByRole("button", { name: /^Continue/ })).toHaveCount(0);
  const left = await third.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("snapshots");
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
  expect(left).toEqual([]);
});
