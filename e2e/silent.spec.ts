// Workers that fall silent: ended, or in an endless loop. Each is noticed within 10 s and replaced; Stop never waits for one.
import { expect, test, type Page, type Worker } from "@playwright/test";
import { openLab, TINY, train, training, withKeys } from "./lab.ts";

const LONG = withKeys(TINY, "backend=wasm&steps=40000&evalEvery=0");
const NOTICED = { timeout: 14_000 }; // 8 s of the page's own, and the time to draw

async function workerOf(page: Page, kind: "trainer" | "data"): Promise<Worker> {
  const find = () => page.workers().findLast((worker) => worker.url().includes(kind));
  await expect.poll(find).toBeDefined();
  return find()!;
}

const loop = (worker: Worker) =>
  void worker
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined); // it ends with its worker

const button = (page: Page, name: string) => training(page).getByRole("button", { name, exact: true });
const status = (page: Page) => training(page).getByRole("status");
const trains = (page: Page) => expect(status(page)).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
const said = (page: Page) =>
  page.getByText(/The training worker gave no sign of life for \d+ s and was replaced/);

test("a trainer that loops for ever is replaced: the run goes on from its snapshot, or says that it cannot", async ({
  page,
}) => {
  await openLab(page, LONG);
  await button(page, "Train").click();
  await trains(page);
  loop(await workerOf(page, "trainer"));
  await expect(said(page).first()).toBeVisible(NOTICED);
  await expect(status(page)).toHaveText(/^Failed at step/);

  await button(page, "Train").click();
  await trains(page);
  await button(page, "Pause").click();
  await expect(training(page)).toContainText(/snapshot of step \d+ kept/);
  await button(page, "Resume").click();
  await trains(page);
  loop(await workerOf(page, "trainer"));
  await expect(page.getByText(/goes on from its snapshot of step \d+\./)).toBeVisible(NOTICED);
  await trains(page);
});

test("a trainer that was ended while nothing went on is replaced before it is needed", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm"));
  const trainer = await workerOf(page, "trainer");
  await page.waitForTimeout(1500); // it has answered once
  await trainer.evaluate(() => self.close());
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes("trainer")).length).toBe(0);
  await expect
    .poll(() => page.workers().some((worker) => worker.url().includes("trainer")), NOTICED)
    .toBe(true);
  await train(page, 40);
});

test("a data worker that loops for ever is noticed, and the next run works", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm"));
  const data = await workerOf(page, "data");
  await page.waitForTimeout(1500);
  loop(data);
  await expect(page.getByText(/The data worker gave no sign of life for \d+ s/)).toBeVisible(NOTICED);
  await train(page, 40);
});

test("Stop ends a run at once while it prepares, its files not arriving", async ({ page }) => {
  let stalled = true;
  await page.context().route(/shards|\.gz|tokenizer\.json/, async (route) => {
    if (!stalled) await route.continue(); // else: neither answered nor refused
  });
  await openLab(page, withKeys(TINY, "backend=wasm"));
  await button(page, "Train").click();
  await expect(status(page)).toHaveText("Preparing");
  await page.waitForTimeout(1000);
  expect(await status(page).innerText()).toBe("Preparing");
  await button(page, "Stop").click();
  await expect(status(page)).toHaveText("Stopped at step 0 of 40", { timeout: 2000 });
  stalled = false;
  await train(page, 40);
});
