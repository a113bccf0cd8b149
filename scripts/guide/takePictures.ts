// `npm run guide`: takes the guide's pictures from the built page, in both themes, and puts them beside the guide. Builds the
// page first where it is not there or old.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { preview } from "vite";
import { knowTheLab } from "../../e2e/lab.ts";
import { QUIET_FLAGS } from "../chromium.mjs";
import { buildIfStale } from "../buildIfStale.mjs";
import { provideBrowser, ROOT, setUpOrExit } from "../setup.mjs";
import { GUIDE, PICTURES } from "./guideText.ts";
import { LONG, VISITS, WINDOW, type Visit } from "./pictures.ts";

const SCALE = 1.5; // device pixels to one of the page: sharp on most screens, and not twice the bytes
const folder = join(ROOT, "dist", GUIDE, PICTURES);

async function take(browser: Browser, address: string, visit: Visit): Promise<void> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: WINDOW[0], height: WINDOW[1] },
    deviceScaleFactor: SCALE,
    reducedMotion: "reduce",
    colorScheme: "light",
    serviceWorkers: "block",
  });
  context.setDefaultTimeout(LONG);
  const page = await context.newPage();
  if (!visit.isFirst) await knowTheLab(page);
  await page.goto(visit.link === "" ? "./" : `./#${visit.link}`);
  for (const picture of visit.pictures) {
    const [width, height] = picture.window ?? WINDOW;
    await page.setViewportSize({ width, height });
    await picture.do(page);
    const target = picture.of?.(page) ?? page;
    for (const [colorScheme, name] of [
      ["light", picture.name],
      ["dark", `${picture.name}-dark`],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await target.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
    }
    await page.emulateMedia({ colorScheme: "light" });
    console.log(`guide: ${picture.name}`);
  }
  await context.close();
}

setUpOrExit();
const executablePath = provideBrowser();
if (executablePath === undefined) {
  console.error("guide: no Chromium, so its pictures are not taken; its text is there after npm run build");
  process.exit(1);
}
await buildIfStale();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const server = await preview({ root: ROOT, logLevel: "warn", preview: { strictPort: false } });
const browser = await chromium.launch({ executablePath, args: [...QUIET_FLAGS] });
try {
  // One after the other: each trains.
  for (const visit of VISITS) await take(browser, server.resolvedUrls!.local[0]!, visit);
  console.log(`guide: pictures are in dist/${GUIDE}/${PICTURES}`);
} finally {
  await browser.close();
  await server.close();
}
