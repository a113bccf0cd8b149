// What tests in Firefox do more than once: start it over WebDriver BiDi, find what a person sees, press buttons.
import { test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findFirefox, HOW_TO_GET_FIREFOX } from "../scripts/firefox.mjs";

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
  });
}

export const buttonNamed = (name: string) =>
  `::-p-xpath(//button[normalize-space()=${JSON.stringify(name)} or @aria-label=${JSON.stringify(name)}])`;
export const headed = (start: string) =>
  `::-p-xpath(//h2[contains(normalize-space(), ${JSON.stringify(start)})])`;
export const saying = (text: string) => `::-p-xpath(//*[contains(text(), ${JSON.stringify(text)})])`;

export const sees = (page: Page, selector: string) =>
  page.waitForSelector(selector, { visible: true, timeout: 240_000 });
export const press = async (page: Page, name: string) => (await sees(page, buttonNamed(name)))!.click();
