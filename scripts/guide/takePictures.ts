// `npm run guide`: takes the guide's pictures from the built page, in both themes, and puts them beside the guide. Builds the
// page first where it is not there or old. A picture that cannot be taken is told by name and why, and the rest is taken.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { preview } from "vite";
import { knowTheLab } from "../../e2e/lab.ts";
import { QUIET_FLAGS } from "../chromium.mjs";
import { buildIfStale } from "../buildIfStale.mjs";
import { messageLines } from "../messageLines.mjs";
import { provideBrowser, ROOT, setUpOrExit } from "../setup.mjs";
import { GUIDE, PICTURES } from "./guideText.ts";
import { LIMIT, SOON, VISITS, WINDOW, type Picture, type Visit } from "./pictures.ts";

const SCALE = 1.5; // device pixels to one of the page: sharp on most screens, and not twice the bytes
const folder = join(ROOT, "dist", GUIDE, PICTURES);

/** Takes its pictures until one fails: those after it begin where it would have left the page. @returns names of those not taken */
async function take(
  browser: Browser,
  address: string,
  { link, isFirst, pictures }: Visit,
): Promise<string[]> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: WINDOW[0], height: WINDOW[1] },
    deviceScaleFactor: SCALE,
    reducedMotion: "reduce",
    colorScheme: "light",
    serviceWorkers: "block",
  });
  context.setDefaultTimeout(SOON);
  const page = await context.newPage();
  if (!isFirst) await knowTheLab(page);
  let taken = 0;
  try {
    await page.goto(link === "" ? "./" : `./#${link}`);
    for (const picture of pictures) {
      const beganMs = performance.now();
      await within(LIMIT, takeOne(page, picture));
      taken++;
      console.log(`guide: ${picture.name}, ${((performance.now() - beganMs) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    console.error(
      `guide: "${pictures[taken]!.name}" cannot be taken: ${messageLines(error instanceof Error ? error.message : String(error)).join("\n  ")}`,
    );
  }
  await context.close();
  return pictures.slice(taken).map(({ name }) => name);
}

/** In both themes. */
async function takeOne(page: Page, picture: Picture): Promise<void> {
  const [width, height] = picture.window ?? WINDOW;
  await page.setViewportSize({ width, height });
  await picture.do(page);
  await page.mouse.move(0, 0); // no chart is read
  const target = picture.of?.(page) ?? page;
  for (const [colorScheme, name] of [
    ["light", picture.name],
    ["dark", `${picture.name}-dark`],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await target.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** @throws Error where it takes longer */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`it was not there after ${ms / 1000} s`)), ms).unref();
  });
  return Promise.race([work, late]);
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
const missing: string[] = [];
try {
  // One after the other: each trains.
  for (const visit of VISITS) missing.push(...(await take(browser, server.resolvedUrls!.local[0]!, visit)));
} finally {
  await browser.close();
  await server.close();
}
const all = VISITS.flatMap(({ pictures }) => pictures).length;
console.log(`guide: ${all - missing.length} of ${all} pictures are in dist/${GUIDE}/${PICTURES}`);
if (missing.length > 0) {
  console.error(`guide: missing: ${missing.join(", ")}`);
  process.exitCode = 1;
}
