// A published encoder in the page: as a teacher, its folder dropped and its reading shown; as what a run starts from, downloaded
// from a server of this machine in the hub's layout. Says the peak of the page's process.
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, type Page } from "@playwright/test";
import { preview } from "vite";
import { published } from "../scripts/teacher/publishedFolder.ts";
import { startFolderServer } from "../src/testing/checkpoints/folderServer.ts";
import { rounds } from "../src/testing/longLane.ts";
import { openEncoderPanel, openLab, train, training } from "./lab.ts";

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

const REPOSITORY = "intfloat/multilingual-e5-small";
const AT = `${REPOSITORY}@${"0123456789".repeat(4)}`; // a commit, of which nothing is asked again

/** The built page, and at its own origin, under /hub, a hub that has the one repository. */
async function servePageAndHub(folder: string) {
  const hub = await startFolderServer(REPOSITORY, folder);
  const proxy = { "/hub": { target: hub.url, rewrite: (url: string) => url.slice("/hub".length) } };
  const page = await preview({ logLevel: "error", preview: { port: 0, proxy } });
  const address = page.resolvedUrls!.local[0]!;
  const close = async () => {
    await new Promise((resolve) => page.httpServer.close(resolve));
    await hub.close();
  };
  return { hub, address, close };
}

test("multilingual-e5-small, downloaded from a hub, trains and is kept; the command line repeats it", async ({
  page,
}) => {
  const { hub, address, close } = await servePageAndHub(here!.folder);
  const home = await mkdtemp(path.join(tmpdir(), "lab-e2e-hub-"));
  const file = path.join(home, "run.json");
  const settings = "v=6&preset=mono&langs=en&heldOut=none&batch=8&steps=1&evalEvery=0&lr=0.0001&backend=wasm";
  try {
    await openLab(page);
    await page.goto(`${address}#${settings}`);
    await openEncoderPanel(page);
    const hubAddress = page.getByLabel("Address of the hub");
    await hubAddress.fill(`${address}hub`);
    await hubAddress.press("Enter");
    const repository = page.getByLabel(/^Repository of the Hugging Face hub/);
    await repository.fill(AT);
    await repository.press("Enter");
    const encoder = page.getByRole("combobox", { name: "Encoder", exact: true });
    await expect(encoder).toHaveValue(`hf:${AT}`, { timeout: 300_000 });
    await expect(page.getByText(/Training takes about \d+ MiB/)).toBeVisible({ timeout: 300_000 });
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, rendererMebibytes())), 500);
    await train(page, 1, 1_500_000).finally(() => clearInterval(timer));
    console.log(`from a hub: peak ${Math.round(peak)} MiB`);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await (await download).saveAs(file);

    await test.step("after a reload it is read from what is kept", async () => {
      hub.asked.length = 0;
      await page.reload();
      await train(page, 1, 1_500_000);
      expect(hub.asked).toEqual([]);
    });

    await test.step("and the command line, from the same hub, has the same numbers", async () => {
      const env = { ...process.env, LAB_HOME: path.join(home, "lab"), LAB_HUB: hub.url };
      const args = ["scripts/lab.mjs", "replay", file, "--quiet"];
      expect((await promisify(execFile)(process.execPath, args, { env })).stdout).toContain("repeated");
    });
  } finally {
    await close();
    await rm(home, { recursive: true, force: true });
  }
});
