// A published encoder as a teacher in the page: its folder dropped, its reading shown. Says the peak of the page's process.
import { execFileSync } from "node:child_process";
import { expect, test, type Page } from "@playwright/test";
import { published } from "../scripts/teacher/publishedFolder.ts";
import { rounds } from "../src/testing/longLane.ts";
import { openEncoderPanel, openLab, training } from "./lab.ts";

const RUN = "v=7&preset=hybrid&langs=en,de&heldOut=none&batch=32&steps=2&evalEvery=0&backend=wasm";

const here = rounds({ short: 0, long: 1 }) > 0 ? await published() : undefined;
test.skip(!here, "SKIPPED: no published weights, or the short form (LAB_DATA_DIR, docs/testing.md)");
test.setTimeout(1_800_000);

/** MiB that the largest renderer holds; of all browsers of this machine, so nothing else should run one. */
function rendererMebibytes(): number {
  const lines = execFileSync("ps", ["-eo", "rss=,args="], { encoding: "utf8" }).split("\n");
  const held = lines.filter((line) => line.includes("--type=renderer")).map((line) => parseInt(line, 10));
  return Math.max(0, ...held) / 1024;
}

/** Trains what the link says with a teacher, and sees it read. @returns the peak of the page's process in MiB */
async function taught(page: Page, hash: string): Promise<number> {
  await page.goto(`./#${hash}`);
  await page.reload(); // or the status would still be that of the run before
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, rendererMebibytes())), 500);
  try {
    const bar = page.getByRole("progressbar", { name: "Teacher" });
    await expect(bar).toHaveAttribute("aria-valuetext", /^\d+ of \d+ texts/, { timeout: 300_000 });
    await expect(training(page).getByRole("status")).toHaveText("Finished 2 steps", { timeout: 600_000 });
  } finally {
    clearInterval(timer);
  }
  return peak;
}

test("multilingual-e5-small, dropped as a folder, teaches a bag", async ({ page }) => {
  const { folder } = here!;
  const errors = await openLab(page, RUN);
  await openEncoderPanel(page);
  await page.getByLabel("Folder of a checkpoint").setInputFiles(folder);
  await expect(page.getByRole("combobox", { name: "Encoder", exact: true })).toHaveValue("local:e5-small", {
    timeout: 120_000,
  });

  const asTeacher = await taught(page, `${RUN}&distil=scores&teacher=local:e5-small`);
  console.log(`as a teacher: peak ${Math.round(asTeacher)} MiB`);
  expect(errors).toEqual([]);
});
