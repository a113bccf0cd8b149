// The page as a bench drives it: its training bar, its first chart point, how long until a sign of it. Opens nothing.
import type { Locator, Page } from "@playwright/test";

export const BAR = 'section[aria-label="Training"]';
/**
 * By its label, as all that is waited for is looked for in every frame: looking for a role goes through all elements of the page,
 * which takes time and memory from it.
 */
export const bar = (tab: Page) => tab.locator(BAR);
/** The mark of a line's first point; a line without points has an empty path. By its place, for the same reason. */
export const firstPoint = (tab: Page) =>
  tab.locator('figure[aria-label^="mAP"] .curve-marks[d^="M"]').first();
export const secondsSince = (since: number) => (performance.now() - since) / 1000;

/** Presses Train and waits for a sign of it. @returns seconds */
export async function secondsTo(tab: Page, sign: Locator, timeout = 60_000): Promise<number> {
  const click = performance.now();
  await bar(tab)
    .getByRole("button", { name: /^Train/ })
    .click();
  await sign.waitFor({ state: "attached", timeout });
  return secondsSince(click);
}
