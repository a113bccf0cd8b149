// The page in the colours of the reader's system. Pictures: E2E_SHOTS, to be looked at.
import { expect, test } from "@playwright/test";
import { openLab, openView, shot, TINY, train, VIEWS } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const LINK = `${TINY}&backend=wasm&steps=4&evalEvery=2`;

for (const colorScheme of ["light", "dark"] as const) {
  test(`in the system's colours, ${colorScheme}: kinds, cells and what is chosen are told apart`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await openLab(page, LINK);
    await train(page, 4);
    const colours = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((found) => found.map((element) => getComputedStyle(element).backgroundColor));
    const kinds = await colours(".presets .mixBar span, .mixBar span");
    expect(new Set(kinds).size).toBeGreaterThanOrEqual(3);
    const borders = await page
      .getByRole("tab")
      .evaluateAll((tabs) =>
        tabs.map((tab) => [
          tab.getAttribute("aria-selected"),
          getComputedStyle(tab).borderBottomColor,
          getComputedStyle(tab.parentElement!).backgroundColor,
        ]),
      );
    expect(borders.length).toBeGreaterThan(3);
    const of = (selected: string) =>
      new Set(borders.filter(([is]) => is === selected).map(([, colour]) => colour));
    for (const colour of of("true")) expect(of("false").has(colour)).toBe(false);
    for (const view of VIEWS) {
      await openView(page, view);
      await page.waitForLoadState("networkidle");
      if (view === "Languages") {
        const cells = await colours(".grid tbody td");
        expect(new Set(cells).size).toBeGreaterThan(1);
      }
      await shot(page, `forced-${colorScheme}-${view.replace(" ", "-")}`);
    }
  });
}
