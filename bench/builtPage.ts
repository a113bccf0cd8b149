// The page as a user gets it: built once a process, served on this machine, opened in the Chromium found here (no WebGPU).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser } from "@playwright/test";
import puppeteer, { type Browser as UnwatchedBrowser } from "puppeteer-core";
import { build, preview } from "vite";
import { findChromium, HOW_TO_GET_ONE, QUIET_FLAGS } from "../scripts/chromium.mjs";

let built: Promise<unknown> | undefined;

/**
 * Runs `work` with a browser and the page's address; closes both, whatever happens.
 *
 * @param profile "disk": the browser opens with one context whose storage is on disk, as a person's is, and removed
 *   afterwards, whose pages may fetch from anywhere and call gc(); "memory": contexts are `work`'s to make, and hold what they store in memory
 */
export async function withPage<T>(
  work: (browser: Browser, address: string) => Promise<T>,
  profile: "memory" | "disk" = "memory",
): Promise<T> {
  const options = chromiumOptions();
  const folder = await mkdtemp(path.join(tmpdir(), "lab-profile-"));
  try {
    return await withServer(async (address) => {
      const browser =
        profile === "memory"
          ? await chromium.launch(options)
          : (
              await chromium.launchPersistentContext(folder, {
                ...options,
                args: [...QUIET_FLAGS, "--js-flags=--expose-gc"],
                bypassCSP: true,
              })
            ).browser()!;
      try {
        return await work(browser, address);
      } finally {
        await browser.close();
      }
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As `withPage`, in a Chromium that nobody asked to tell of its network: told, it holds a copy of all that the page fetched in the page's process. */
export async function withUnwatchedPage<T>(
  work: (browser: UnwatchedBrowser, address: string) => Promise<T>,
): Promise<T> {
  const options = { ...chromiumOptions(), networkEnabled: false, protocolTimeout: 600_000 };
  return withServer(async (address) => {
    const browser = await puppeteer.launch(options);
    try {
      return await work(browser, address);
    } finally {
      await browser.close();
    }
  });
}

function chromiumOptions(): { readonly executablePath: string; readonly args: string[] } {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(HOW_TO_GET_ONE);
  return { executablePath, args: QUIET_FLAGS };
}

async function withServer<T>(work: (address: string) => Promise<T>): Promise<T> {
  await (built ??= build({ logLevel: "error" }));
  const server = await preview({ logLevel: "error", preview: { port: 4390 } });
  try {
    return await work(server.resolvedUrls!.local[0]!);
  } finally {
    await new Promise((resolve) => server.httpServer.close(resolve));
  }
}
