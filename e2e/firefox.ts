// What tests in Firefox do more than once: start it over WebDriver BiDi, find what a person sees, press buttons.
import { test } from "@playwright/test";
import puppeteer, { type Browser, type BrowserContext, type Page } from "puppeteer-core";
import { findFirefox, HOW_TO_GET_FIREFOX } from "../scripts/firefox.mjs";

// Limits for what hangs, on a busy machine: which of them is reached says where.
const LAUNCH_MS = 180_000;
const SEEN_MS = 150_000;
const ANSWER_MS = 2 * SEEN_MS; // of the browser, to any one command: waiting for what is seen is one
const STEP_MS = 240_000;
const CLOSE_MS = 20_000;

/** As in Playwright's tests (playwright.config.ts). */
export const NO_WORKER = { "dom.serviceWorkers.enabled": false };

/** So that its WebGPU computes, on Mesa's software Vulkan where there is no GPU. */
export const FIREFOX_WEBGPU = {
  "dom.webgpu.enabled": true,
  "dom.webgpu.workers.enabled": true,
  "gfx.webgpu.ignore-blocklist": true,
  "gfx.webgpu.force-enabled": true,
};

/** A Firefox of its own; the test is skipped where there is none. @param preferences beside Firefox's own */
export async function startFirefox(preferences: Record<string, unknown> = {}): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined) lack(HOW_TO_GET_FIREFOX);
  return puppeteer.launch({
    browser: "firefox",
    executablePath: executablePath!,
    extraPrefsFirefox: preferences,
    timeout: LAUNCH_MS,
    protocolTimeout: ANSWER_MS,
  });
}

/** Skips the test, or fails it where Firefox is required. @param how what would be right */
export function lack(how: string): void {
  if (process.env["REQUIRE_FIREFOX"] === "1") throw new Error(`${how} REQUIRE_FIREFOX=1 asks for it.`);
  test.skip(true, how);
}

/** A page that is told of every error of its own. @param isKnown as somebody who has been here before */
export async function openPage(
  browser: Browser | BrowserContext,
  { isKnown }: { readonly isKnown: boolean },
): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SEEN_MS);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.setViewport({ width: 1280, height: 720 });
  if (isKnown) await page.evaluateOnNewDocument(rememberTheLab);
  return { page, errors };
}

/** Runs in the page, and in the empty documents before it, which have no storage. */
function rememberTheLab(): void {
  const key = "hybrid-batch-lab/preferences";
  const known = JSON.stringify({ version: 1, introductionHidden: true });
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, known);
  } catch {
    // no page of the lab
  }
}

/** Firefox waits at its end for what its pages still do; nothing of it is waited for here. */
export async function closeFirefox(browser: Browser): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => (timer = setTimeout(() => resolve("late"), CLOSE_MS)));
  if ((await Promise.race([browser.close(), late])) === "late") browser.process()?.kill("SIGKILL");
  clearTimeout(timer);
}

/** A part of a path, named in the error where it takes too long. */
export const step = <T>(name: string, work: () => Promise<T>) => test.step(name, work, { timeout: STEP_MS });

export const buttonNamed = (name: string) =>
  `::-p-xpath(//button[normalize-space()=${JSON.stringify(name)} or @aria-label=${JSON.stringify(name)}])`;
export const headed = (start: string) =>
  `::-p-xpath(//h2[contains(normalize-space(), ${JSON.stringify(start)})])`;
/** The innermost element that says it, in however many pieces. */
export const saying = (text: string) => {
  const says = `contains(normalize-space(), ${JSON.stringify(text)})`;
  return `::-p-xpath(//*[${says}][not(*[${says}])])`;
};

export const sees = (page: Page, selector: string) =>
  page.waitForSelector(selector, { visible: true, timeout: SEEN_MS });
/** Once it stands still: what comes above a button moves it away from under a click. */
export const press = (page: Page, name: string) =>
  page.locator(buttonNamed(name)).setTimeout(SEEN_MS).click();

/** Asks in Try it, by keyboard. */
export async function ask(page: Page, question: string): Promise<void> {
  await (await sees(page, "#try-it-query"))!.click({ count: 3 });
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await sees(page, saying(`“${question}” in`));
}
