// A phone's screen goes dark, its browser freezes the tab and throws it away: the run goes on from what it kept then.
import { expect, test } from "@playwright/test";
import { openLab, TINY, training, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const STEPS = 240;
const LINK = withKeys(TINY, `backend=wasm&steps=${STEPS}&evalEvery=0&layers=1&batch=256&width=64`);

test("a tab that was hidden, frozen and thrown away in the middle of a run loses no step from before", async ({
  page,
  context,
}) => {
  await openLab(page, LINK);
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  await expect(training(page).getByRole("status")).toHaveText(/^Training, step [1-9]/, { timeout: 120_000 });
  const hiddenAt = await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    return Number(/step (\d+)/.exec(document.body.innerText)?.[1]);
  });
  await expect.poll(() => page.evaluate(newestKept), { timeout: 120_000 }).toBeGreaterThanOrEqual(hiddenAt);
  const browser = await context.newCDPSession(page);
  await browser.send("Page.setWebLifecycleState", { state: "frozen" });
  const gone = page.waitForEvent("crash");
  void browser.send("Page.crash").catch(() => undefined); // its process ends: no event tells the page
  await gone;

  const again = await context.newPage();
  const errors = await openLab(again, LINK);
  const heading = again.locator(".runHeading");
  await expect(heading).toContainText(/A snapshot of step \d+ is kept/, { timeout: 60_000 });
  const kept = Number(/A snapshot of step (\d+) is kept/.exec(await heading.innerText())![1]);
  expect(kept).toBeGreaterThanOrEqual(hiddenAt);
  await heading.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(training(again).getByRole("status")).toHaveText(`Finished ${STEPS} steps`, {
    timeout: 300_000,
  });
  expect(errors).toEqual([]);
});

/** Runs in the page. @returns the last step of which a whole snapshot is kept: a folder with a pointer beside what it points to */
async function newestKept(): Promise<number> {
  let newest = -1;
  const root = await navigator.storage.getDirectory();
  const shelf = await root.getDirectoryHandle("snapshots").catch(() => undefined);
  if (!shelf) return newest;
  for await (const run of shelf.values())
    for await (const step of (run as FileSystemDirectoryHandle).values())
      for await (const entry of (step as FileSystemDirectoryHandle).values())
        if (entry.kind === "file") newest = Math.max(newest, Number(step.name));
  return newest;
}
