// The built page in a real browser: how long until it can be used, and until the first chart point after the click.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";
import { findChromium, WEBGPU_FLAGS } from "../../scripts/chromium.mjs";
import { ceiling, median, type Case } from "../case.ts";

const ROUNDS = 3;

export const page: Case = {
  name: "page",
  about: "the built page in Chromium: first load, first chart point after Train, size of the first load",
  async run() {
    await build({ logLevel: "error" });
    const server = await preview({ logLevel: "error", preview: { port: 4390 } });
    const address = server.resolvedUrls!.local[0]!;
    const browser = await chromium.launch({ executablePath: findChromium()!, args: WEBGPU_FLAGS });
    const loads: number[] = [];
    const firstPoints: number[] = [];
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const context = await browser.newContext();
        const tab = await context.newPage();
        const start = performance.now();
        await tab.goto(`${address}#v=1&preset=quickstart&backend=wasm`);
        const train = tab.getByRole("button", { name: /^Train/ });
        await train.waitFor();
        loads.push((performance.now() - start) / 1000);
        await tab.waitForTimeout(500);
        const click = performance.now();
        await train.click();
        await tab.locator("figure table tbody tr").first().waitFor({ state: "attached", timeout: 60_000 });
        firstPoints.push((performance.now() - click) / 1000);
        await context.close();
      }
    } finally {
      await browser.close();
      await new Promise((resolve) => server.httpServer.close(resolve));
    }
    const note = `median of ${ROUNDS}`;
    return [
      ceiling({
        name: "page-first-load",
        unit: "s",
        value: median(loads),
        limit: 1.5,
        limitName: "1.5 s",
        note,
      }),
      ceiling({
        name: "page-first-point",
        unit: "s",
        value: median(firstPoints),
        limit: 5,
        limitName: "5 s",
        note,
      }),
      ceiling({
        name: "page-chunk",
        unit: "kB gzipped",
        value: firstLoadKb("dist"),
        limit: 250,
        limitName: "250 kB",
      }),
    ];
  },
};

/** Scripts and styles that index.html names, gzipped. */
function firstLoadKb(dist: string): number {
  const html = readFileSync(path.join(dist, "index.html"), "utf8");
  const named = readdirSync(path.join(dist, "assets")).filter(
    (file) => html.includes(file) && /\.(js|css)$/.test(file),
  );
  const files = ["index.html", ...named.map((file) => `assets/${file}`)].filter((file) =>
    existsSync(path.join(dist, file)),
  );
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0) / 1000;
}
