// A device that is lost, and memory that runs out, under a run: it says what happened, and the next run works in the same page.
import { expect, test, type Page, type Worker } from "@playwright/test";
import { openLab, TINY, training, withKeys } from "./lab.ts";

/** The worker that trains, once it is there. */
async function trainerOf(page: Page): Promise<Worker> {
  const find = () => page.workers().find((worker) => worker.url().includes("trainer"));
  await expect.poll(find).toBeDefined();
  return find()!;
}

async function startTraining(page: Page): Promise<void> {
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
}

const trains = (page: Page) =>
  expect(training(page).getByRole("status")).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });

test("a graphics device that is lost ends the run in one sentence; the next run works", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=webgpu&steps=2000&evalEvery=0"));
  const trainer = await trainerOf(page);
  await trainer.evaluate(() => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...options) {
      const device = await requestDevice.apply(this, options);
      (self as unknown as { device: GPUDevice }).device = device;
      return device;
    };
  });
  await startTraining(page);
  await trains(page);
  await trainer.evaluate(() => (self as unknown as { device: GPUDevice }).device.destroy());
  const said = page.getByText(/The graphics device was lost \(.*\); start the run again/);
  await expect(said.first()).toBeVisible();
  await startTraining(page);
  await trains(page);
});

test("memory that runs out says so, and a fresh worker takes the next run", async ({ page }) => {
  await openLab(page, withKeys(TINY, "backend=wasm&steps=2000&evalEvery=0&width=1024")); // its weights need the heap to grow
  const trainer = await trainerOf(page);
  await trainer.evaluate(() => {
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
    };
  });
  await startTraining(page);
  const said = page.getByText(
    /The WebAssembly device has no room for another \d+ MiB; choose fewer languages/,
  );
  await expect(said.first()).toBeVisible({ timeout: 60_000 });
  await startTraining(page);
  await trains(page);
});
