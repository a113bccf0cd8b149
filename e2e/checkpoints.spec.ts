// Checkpoints a person has: folders given to the encoder panel, and a repository of a hub. The page trains from them, and
// the command line repeats its record to the last digit.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import {
  latinWordPiece,
  sentenceFolder,
  TINY_BERT,
  TINY_XLM_R,
  type FolderFiles,
} from "../src/testing/checkpoints/checkpointFolder.ts";
import { startHubServer } from "../src/testing/checkpoints/hubServer.ts";
import { dropOn, openEncoderPanel, openLab, train } from "./lab.ts";

const LINK = "v=2&preset=hybrid&langs=en,de&heldOut=none&batch=32&steps=4&evalEvery=2&live=200&backend=wasm";
const HUB = "https://hub.school.example/models";
const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

let home: string;
let xlmr: FolderFiles;
const bert = sentenceFolder(TINY_BERT, latinWordPiece(), 84);
test.beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lab-e2e-"));
  const json = await readFile("public/models/tokenizer/tokenizer.json", "utf8"); // Unigram, 24,000 pieces
  xlmr = sentenceFolder(TINY_XLM_R, JSON.parse(json) as object, 24_000);
});
test.afterEach(() => rm(home, { recursive: true, force: true }));
test.setTimeout(400_000);

const bytesOf = (content: FolderFiles[string]): Buffer =>
  content instanceof Uint8Array
    ? Buffer.from(content)
    : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));

async function write(files: FolderFiles, name: string): Promise<string> {
  const folder = path.join(home, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), bytesOf(content));
  }
  return folder;
}

async function lab(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const run = promisify(execFile);
  const options = { env: { ...process.env, LAB_HOME: path.join(home, "lab"), ...env } };
  return (await run(process.execPath, ["scripts/lab.mjs", ...args], options)).stdout;
}

/** Answers as the hub does, at HUB; weights break off half-way for as long as `cut` says. */
async function serveHub(context: BrowserContext, files: FolderFiles) {
  const hub = { asked: [] as string[], down: false };
  await context.route(`${HUB}/**`, async (route) => {
    const url = decodeURIComponent(route.request().url());
    const name = /\/owner\/name\/resolve\/v1\/(.*)$/.exec(url)?.[1] ?? "";
    hub.asked.push(name);
    if (hub.down) return route.abort("connectionfailed");
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "etag, content-length",
      etag: '"1"',
    };
    const content = files[name];
    return content === undefined
      ? route.fulfill({ status: 404, headers })
      : route.fulfill({ body: bytesOf(content), headers });
  });
  return hub;
}

const encoderSelect = (page: Page) => page.getByRole("combobox", { name: "Encoder", exact: true });
/** The record of the run that is shown, saved to a file. */
async function recordOf(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const file = path.join(home, name);
  await (await download).saveAs(file);
  return file;
}

for (const name of ["XLM-R", "BERT"] as const) {
  test(`a folder of ${name}'s kind is added, trained, and repeated by the command line`, async ({ page }) => {
    const folder = await write(name === "BERT" ? bert : xlmr, "my-model");
    const errors = await openLab(page, LINK);
    await openEncoderPanel(page);
    await page.getByLabel("Folder of a checkpoint").setInputFiles(folder);
    await expect(encoderSelect(page)).toHaveValue("local:my-model");
    await expect(page.getByText("Texts are prefixed “query: ” and “passage: ”.")).toBeVisible();
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/added-${name}.png`, fullPage: true });
    await train(page, 4);
    const record = await recordOf(page, "run.json");
    await lab(["model", "add", "my-model", "--from", folder, "--quiet"]);
    expect(await lab(["replay", record, "--quiet"])).toContain("repeated");
    expect(errors).toEqual([]);
  });
}

test("a dropped folder is added as an encoder", async ({ page }) => {
  const folder = await write(bert, "dropped-model");
  const errors = await openLab(page, LINK);
  await openEncoderPanel(page);
  const zone = page.locator(".dropZone").filter({ has: page.getByLabel("Folder of a checkpoint") });
  await dropOn(page, zone, folder);
  await expect(encoderSelect(page)).toHaveValue("local:dropped-model");
  expect(errors).toEqual([]);
});

test("a repository of a mirror is downloaded once, and repeated by the command line", async ({
  context,
  page,
}) => {
  const hub = await serveHub(context, xlmr);
  await openLab(page, LINK);
  await openEncoderPanel(page);
  const address = page.getByLabel("Address of the hub");
  await address.fill("http://hub.school.example");
  await expect(page.getByText("cannot be asked from this page")).toBeVisible();
  await address.fill(`${HUB}/`);
  await address.press("Enter");
  const repository = page.getByLabel(/^Repository of the Hugging Face hub/);
  await repository.fill("owner/name@v1");
  await repository.press("Enter");
  await expect(encoderSelect(page)).toHaveValue("hf:owner/name@v1");
  await expect(page.getByText(/Training takes about \d+ MiB/)).toBeVisible();
  await train(page, 4);
  const record = await recordOf(page, "run.json");
  await expect(page.getByText(/^Downloads in this browser: /)).toBeVisible();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/downloaded.png`, fullPage: true });

  await test.step("the next run, after a reload and without a network, reads what is kept", async () => {
    await page.reload();
    hub.down = true;
    hub.asked.length = 0;
    await train(page, 4);
    const again = await recordOf(page, "again.json");
    const digest = async (file: string) =>
      (JSON.parse(await readFile(file, "utf8")) as { digest: string }).digest;
    expect(await digest(again)).toBe(await digest(record));
  });

  await test.step("the command line has the same numbers from a server of its own", async () => {
    const server = await startHubServer(xlmr);
    const env = { LAB_HUB: server.url };
    expect(await lab(["replay", record, "--quiet"], env)).toContain("repeated");
    await server.close();
    expect(await lab(["replay", record, "--quiet"], env)).toContain("repeated");
    expect(await lab(["model", "list"], env)).toMatch(/hf:owner\/name@v1\tdownloaded, \d+\.\d MB here/);
  });

  await test.step("a download is removed", async () => {
    await openEncoderPanel(page);
    await page.getByRole("button", { name: "Remove the download of hf:owner/name@v1" }).click();
    await expect(page.getByText(/^Downloads in this browser: /)).toBeHidden();
  });
});
