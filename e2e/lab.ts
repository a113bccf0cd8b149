// What the browser tests do more than once: open the lab with a link, train, read the tiles.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/** A run small enough for a GPU that is simulated on the CPU. */
export const TINY =
  "v=1&preset=hybrid&langs=en,de&heldOut=none&batch=64&width=32&maxTokens=16&steps=40&evalEvery=20&lr=0.1&live=200";

/** A link with other settings in place of its own: a key that is there twice is told on the page. */
export function withKeys(link: string, changes: string): string {
  const entries = new Map(`${link}&${changes}`.split("&").map((entry) => [entry.split("=", 1)[0]!, entry]));
  return [...entries.values()].join("&");
}

/** As somebody who has been here before: the guide of the first visit is over. */
export const knowTheLab = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const key = "hybrid-batch-lab/preferences";
    const known = JSON.stringify({ version: 1, introductionHidden: true });
    if (localStorage.getItem(key) === null) localStorage.setItem(key, known);
  });

/** Opens the page; fails the test on any uncaught error or refused resource. */
export async function openLab(page: Page, hash = ""): Promise<string[]> {
  await knowTheLab(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(hash === "" ? "./" : `./#${hash}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hybrid Batch Lab");
  return errors;
}

export const training = (page: Page) => page.getByRole("region", { name: "Training" });

/** As the page writes a number: 2,000. */
export const grouped = (n: number) => n.toLocaleString("en");
/** The first step that a text names. */
export const stepIn = (text: string) => Number(/step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));

export async function train(page: Page, steps: number, timeout = 150_000): Promise<void> {
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  const status = training(page).getByRole("status");
  const finished = `Finished ${steps} ${steps === 1 ? "step" : "steps"}`;
  await expect(status).toHaveText(new RegExp(`^(${finished}|Did not start)$`), { timeout });
  await expect(status).toHaveText(finished);
}

export const VIEWS = ["Watch", "Compare", "All runs", "Try it", "Languages", "Study"] as const;

/** Brings a view to the stage. */
export const openView = (page: Page, name: (typeof VIEWS)[number]): Promise<void> =>
  page.getByRole("tab", { name, exact: true }).click();

/** Goes on with Tab until it has the focus. @returns how many times it took */
export async function tabTo(page: Page, target: Locator, most = 150): Promise<number> {
  for (let presses = 0; presses <= most; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return presses;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${most} times Tab did not come to ${String(target)}`);
}

/** Unfolds the form's Encoder group, once, and what is below its list. */
export async function openEncoderPanel(page: Page): Promise<void> {
  const group = page.locator("details.panel").filter({ has: page.locator(".otherEncoder") });
  if ((await group.getAttribute("open")) === null) await group.locator("summary").first().click();
  await page.locator(".otherEncoder > summary").click();
}

/** Of what of an element is in the window. */
const middle = (from: number, size: number, window: number) =>
  (Math.max(from, 0) + Math.min(from + size, window)) / 2;

/** Drags files or folders of this machine over an element, as a person would, and lets go. */
export async function dropOn(page: Page, target: Locator, ...files: string[]): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const drag = async (...types: readonly ("dragEnter" | "dragOver" | "drop")[]) => {
    await target.hover({ trial: true }); // in view, and no longer moving
    const box = (await target.boundingBox())!;
    const seen = page.viewportSize()!;
    const x = middle(box.x, box.width, seen.width);
    const y = middle(box.y, box.height, seen.height);
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of types) await browser.send("Input.dispatchDragEvent", { type, x, y, data });
  };
  // A page that has just opened may still move what is aimed at.
  await expect(async () => {
    await drag("dragEnter", "dragOver");
    await expect(target).toHaveAttribute("data-over", "true", { timeout: 500 });
  }).toPass();
  await drag("drop");
  await expect(target).not.toHaveAttribute("data-over");
}

const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

/** @param page of Playwright, or of Firefox (firefox.ts) */
export async function shot(
  page: { screenshot: (to: { path: `${string}.png`; fullPage: boolean }) => Promise<unknown> },
  name: string,
  { fullPage = false } = {},
): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage });
}

/** No accessibility violation on a phone and on a wide screen, in both themes, of which the light one stays; a screenshot of each. */
export async function expectAccessibleEverywhere(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expectAccessible(page);
      await shot(page, `${name}-${colorScheme}-${width}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** The rows of a chart's data table, opened: [["0", "0.044", …], …]. */
export async function tableOf(page: Page, title: RegExp): Promise<string[][]> {
  const figure = page.getByRole("figure", { name: title });
  await figure.scrollIntoViewIfNeeded();
  const summary = figure.locator("summary").first();
  await summary.click();
  const rows = figure.locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  const cells = await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? "")),
  );
  await summary.click();
  return cells;
}

/**
 * Nothing that axe objects to, in the page and its own frames, and nothing that scrolls sideways. What it does not object to is
 * neither described nor taken to a page of its own, which would cost as much again. @param rule the only one to ask
 */
export async function expectAccessible(page: Page, rule?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  if (rule !== undefined) axe.withRules(rule);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(" | ")}`),
  ).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
}
