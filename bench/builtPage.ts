// The page as a user gets it: built once a process, served on this machine, opened in the Chromium found here (no WebGPU).
import { chromium, type Browser } from "@playwright/test";
import { build, preview } from "vite";
import { findChromium, HOW_TO_GET_ONE, QUIET_FLAGS } from "../scripts/chromium.mjs";

let built: Promise<unknown> | undefined;

/** Runs `work` with a browser and the page's address; closes both, whatever happens. */
export async function withPage<T>(work: (browser: Browser, address: string) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(HOW_TO_GET_ONE);
  await (built ??= build({ logLevel: "error" }));
  const server = await preview({ logLevel: "error", preview: { port: 4390 } });
  try {
    const browser = await chromium.launch({ executablePath, args: QUIET_FLAGS });
    try {
      return await work(browser, server.resolvedUrls!.local[0]!);
    } finally {
      await browser.close();
    }
  } finally {
    await new Promise((resolve) => server.httpServer.close(resolve));
  }
}
