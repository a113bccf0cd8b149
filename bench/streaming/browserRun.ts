// Trains on an invented set in the built page, in its workers, on WebAssembly. What it costs, the system says: memory and
// processor time of the page's process.
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import { busiestRenderer, cpuMs, residentMiB } from "../rendererProcess.ts";
import { inventedHome, LANGUAGES } from "./inventedPairs.ts";

export interface BrowserRun {
  readonly pairs: number;
  readonly loadSeconds: number; // from Train to the first step: tokens found and checked, evaluated
  readonly pairsPerSecond: number; // over the last half of the steps
  readonly pairsPerCpuSecond: number; // the same over the processor's time, which other programs do not stretch
  readonly trainingMiB: readonly number[]; // the page's process after collections, every tenth of the steps
  readonly peakMiB: number; // of the same, collected or not, loading included
}

interface Reading {
  readonly step: number;
  readonly ms: number;
  readonly cpuMs: number;
}

const BATCH = 64;

/**
 * @param browser as withPage opens it on disk
 * @param address of the built page
 */
export async function trainInBrowser(
  browser: Browser,
  address: string,
  pairs: number,
  steps: number,
): Promise<BrowserRun> {
  const page = await browser.contexts()[0]!.newPage();
  await page.goto(address);
  await store(page, await inventedHome(pairs));
  const settings = {
    train: "invented",
    eval: "same",
    langs: LANGUAGES.join(","),
    heldOut: "none",
    encoder: "random",
    layers: 0,
    width: 64,
    batch: BATCH,
    maxTokens: 64,
    steps,
    evalEvery: 0,
    backend: "wasm",
  };
  await page.goto("about:blank");
  const hash = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  await page.goto(`${address}#v=2&preset=hybrid&${hash.join("&")}`);
  const session = await browser.newBrowserCDPSession();
  const region = page.getByRole("region", { name: "Training" });
  const startMs = performance.now();
  await region.getByRole("button", { name: "Train", exact: true }).click();
  const status = region.getByRole("status");
  const trainingMiB: number[] = [];
  let peakMiB = 0;
  let loadedMs = 0;
  let half: Reading | undefined;
  let last: Reading | undefined;
  for (let text = ""; !text.startsWith("Finished"); text = (await status.textContent()) ?? "") {
    if (/^(Failed|Stopped)/.test(text)) throw new Error(`the page says: ${text}`);
    await page.waitForTimeout(250);
    const processId = await busiestRenderer(session);
    peakMiB = Math.max(peakMiB, residentMiB(processId));
    const step = Number(/step (\d+) of/i.exec(text)?.[1] ?? 0);
    if (step === 0 || step === steps) continue;
    loadedMs ||= performance.now();
    last = { step, ms: performance.now(), cpuMs: cpuMs(processId) };
    if (step >= steps / 2) half ??= last;
    if (step < (trainingMiB.length * steps) / 10) continue;
    await page.evaluate("gc()");
    for (const worker of page.workers()) await worker.evaluate("gc()");
    trainingMiB.push(residentMiB(processId));
  }
  if (!half || !last || half === last) throw new Error("the steps went by unseen: ask for more of them");
  const trained = BATCH * (last.step - half.step);
  return {
    pairs,
    loadSeconds: (loadedMs - startMs) / 1000,
    pairsPerSecond: trained / ((last.ms - half.ms) / 1000),
    pairsPerCpuSecond: trained / ((last.cpuMs - half.cpuMs) / 1000),
    trainingMiB,
    peakMiB,
  };
}

/** As the page's store lays a dataset out: a folder of one generation, and a pointer to it. */
const [DATASET, GENERATION] = ["datasets/invented", "g"];

/** Copies a lab's home, dataset and token lists, into the page's private storage, where both have the same names. */
async function store(page: Page, home: string): Promise<void> {
  const server = createServer(({ url }, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (url === "/pointer") response.end(GENERATION);
    else createReadStream(path.join(home, url!)).pipe(response);
  }).listen();
  try {
    const { port } = server.address() as AddressInfo;
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.relative(home, path.join(parentPath, name)));
    const copies = [
      ...files.map((file) => [file.replace(DATASET, `${DATASET}/${GENERATION}`), file]),
      [`${DATASET}/current`, "pointer"],
    ];
    // No function inside has a name: the loader that runs the bench would add calls of its own to it.
    await page.evaluate(
      async ([from, names]) => {
        for (const [to, name] of names) {
          let folder = await navigator.storage.getDirectory();
          const parts = to!.split("/");
          const file = parts.pop()!;
          for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
          const writable = await (await folder.getFileHandle(file, { create: true })).createWritable();
          await (await fetch(`${from}/${name}`, { cache: "no-store" })).body!.pipeTo(writable);
        }
      },
      [`http://localhost:${port}`, copies] as const,
    );
  } finally {
    server.close();
  }
}
