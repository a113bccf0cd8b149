// The page as a user gets it: built once a process, served on this machine, opened in the Chromium found here (no WebGPU).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser } from "@playwright/test";
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
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(HOW_TO_GET_ONE);
  const options = { executablePath, args: QUIET_FLAGS };
  await (built ??= build({ logLevel: "error" }));
  const server = await preview({ logLevel: "error", preview: { port: 4390 } });
  const folder = await mkdtemp(path.join(tmpdir(), "lab-profile-"));
  try {
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
      return await work(browser, server.resolvedUrls!.local[0]!);
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true });
    await new Promise((resolve) => server.httpServer.close(resolve));
  }
}
