// The page in the colours of the reader's system. Pictures: E2E_SHOTS, to be looked at.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { openLab, openView, shot, TINY, train, training, VIEWS, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const LINK = withKeys(TINY, "backend=wasm&steps=4&evalEvery=2");

const colours = (page: Page, selector: string, part?: string) =>
  page
    .locator(selector)
    .evaluateAll((found, of) => found.map((element) => getComputedStyle(element, of).backgroundColor), part);

test("the system's colours come on while the page is open and the network is gone", async ({
  page,
  context,
}) => {
  await openLab(page, LINK);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  const paper = (await colours(page, "body"))[0];
  await page.emulateMedia({ forcedColors: "active", colorScheme: "light" });
  expect(new Set(await colours(page, ".mixBar span")).size).toBeGreaterThanOrEqual(3);
  const dots = await colours(page, ".field-reset", "::before");
  expect(dots.length).toBeGreaterThan(3);
  expect(new Set(dots).size).toBe(1);
  const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect([paper, canvas]).not.toContain(dots[0]);
  await shot(page, "forced-later");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`in the system's colours, ${colorScheme}: kinds, cells and what is chosen are told apart`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await openLab(page, LINK);
    await train(page, 4);
    await page.goto(`./#${withKeys(LINK, "seed=2&ratio=mono:1")}`);
    await train(page, 4); // two to compare
    const kinds = await colours(page, ".mixBar span");
    expect(new Set(kinds).size).toBeGreaterThanOrEqual(3);
    const canvas = (await colours(page, "body"))[0];
    const stop = training(page).getByRole("button", { name: "Stop" });
    const start = training(page).getByRole("button", { name: "Train", exact: true });
    const ink = (button: Locator) => button.evaluate((element) => getComputedStyle(element).color);
    expect(await ink(stop), "what cannot be pressed").not.toBe(await ink(start));
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
      if (view === "Compare") {
        const row = page.locator(".compareTable tr[aria-current]");
        await expect(row).toBeVisible();
        // The row's name stands above the row's own frame.
        for (const framed of [row, row.locator("th")])
          await expect(framed).toHaveCSS("outline-style", "solid");
      }
      if (view === "Languages") {
        const cells = await colours(page, ".grid tbody td");
        expect(new Set(cells).size).toBeGreaterThan(1);
      }
      if (view === "Try it") {
        await page.locator("#try-it-query").fill("dog");
        await page.keyboard.press("Enter");
        await expect(page.locator(".answer").first()).toBeVisible();
        expect(new Set(await colours(page, ".answer", "::before")).size, "meanings").toBeGreaterThan(2);
      }
      if (view === "All runs") {
        await page.getByRole("checkbox", { name: "Choose all listed runs" }).check();
        const chosen = page.locator('[role="row"][aria-selected="true"]').first();
        const frame = await chosen.evaluate((row) => getComputedStyle(row, "::after").borderLeftWidth);
        expect(frame).toBe("2px");
        expect((await colours(page, ".runsTable-star", "::before"))[0]).not.toBe(canvas);
      }
      await shot(page, `forced-${colorScheme}-${view.replace(" ", "-")}`);
    }
  });
}
