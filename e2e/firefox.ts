// What tests in Firefox do more than once: start it over WebDriver BiDi, find what a person sees, press buttons.
import { test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findFirefox, HOW_TO_GET_FIREFOX } from "../scripts/firefox.mjs";

// Limits for what hangs, on a busy machine: which of them is reached says where.
const LAUNCH_MS = 90_000;
const ANSWER_MS = 120_000; // of the browser, to any one command
const SEEN_MS = 150_000;
const STEP_MS = 240_000;
const CLOSE_MS = 20_000;

/** A Firefox of its own; the test is skipped where there is none. @param preferences beside Firefox's own */
export async function startFirefox(preferences: Record<string, unknown> = {}): Promise<Browser> {
  const executablePath = findFirefox();
  if (executablePath === undefined && process.env["REQUIRE_FIREFOX"] === "1")
    throw new Error(`${HOW_TO_GET_FIREFOX} REQUIRE_FIREFOX=1 asks for it.`);
  test.skip(executablePath === undefined, HOW_TO_GET_FIREFOX);
  return puppeteer.launch({
    browser: "firefox",
    executablePath: executablePath!,
    extraPrefsFirefox: preferences,
    timeout: LAUNCH_MS,
    protocolTimeout: ANSWER_MS,
  });
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
export const saying = (text: string) => `::-p-xpath(//*[contains(text(), ${JSON.stringify(text)})])`;

export const sees = (page: Page, selector: string) =>
  page.waitForSelector(selector, { visible: true, timeout: SEEN_MS });
export const press = async (page: Page, name: string) => (await sees(page, buttonNamed(name)))!.click();
