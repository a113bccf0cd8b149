// The built page in a real browser: how long until it can be used, and until the first chart point after the click.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { withPage } from "../builtPage.ts";
import { ceiling, figure, median, type Case } from "../case.ts";

const ROUNDS = 3;

export const page: Case = {
  name: "page",
  about: "the built page in Chromium: first load, first chart point after Train, size of the first load",
  async run() {
    const loads: number[] = [];
    const firstPoints: number[] = [];
    await withPage(async (browser, address) => {
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
        await tab.locator(".chart-plot circle").first().waitFor({ state: "attached", timeout: 60_000 });
        firstPoints.push((performance.now() - click) / 1000);
        await context.close();
      }
    });
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
      ...workerSizes("dist").map(({ name, kB }) =>
        figure({
          name,
          unit: "kB gzipped",
          value: kB,
          baseline: "the first load",
          baselineValue: firstLoadKb("dist"),
        }),
      ),
    ];
  },
};

const gzippedKb = (file: string) => gzipSync(readFileSync(file)).length / 1000;

/** The scripts that workers start from, and the largest of those they load later. */
function workerSizes(dist: string): { readonly name: string; readonly kB: number }[] {
  const assets = path.join(dist, "assets");
  return readdirSync(assets)
    .filter((file) => /worker.*\.js$/.test(file))
    .map((file) => ({
      name: `page-${file.replace(/-[^-]*\.js$/, "")}`,
      kB: gzippedKb(path.join(assets, file)),
    }));
}

/** Scripts and styles that index.html names, gzipped. */
function firstLoadKb(dist: string): number {
  const html = readFileSync(path.join(dist, "index.html"), "utf8");
  const named = readdirSync(path.join(dist, "assets")).filter(
    (file) => html.includes(file) && /\.(js|css)$/.test(file),
  );
  const files = ["index.html", ...named.map((file) => `assets/${file}`)].filter((file) =>
    existsSync(path.join(dist, file)),
  );
  return files.reduce((sum, file) => sum + gzippedKb(path.join(dist, file)), 0);
}
