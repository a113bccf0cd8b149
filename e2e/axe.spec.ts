// Every screen, view and dialog in both themes and with large text: nothing that axe objects to (contrast and the order of
// headings among it), nothing that scrolls sideways. And how it is printed.
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, openLab, openView, TINY, train, VIEWS } from "./lab.ts";

// A limit for what hangs: axe takes long on a busy machine.
test.setTimeout(900_000);

const LINK = `${TINY}&backend=wasm&steps=4&evalEvery=0`;

/** Opens a dialog by its button, looks at it, closes it. */
async function lookAt(page: Page, button: RegExp): Promise<void> {
  await page.getByRole("button", { name: button }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function lookAtAll(page: Page): Promise<void> {
  for (const view of VIEWS) {
    await openView(page, view);
    await expectAccessible(page);
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every view and dialog of the lab, before and after a run, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openLab(page, LINK);
    await lookAtAll(page);
    await train(page, 4);
    for (const [width, height] of [
      [390, 800],
      [1280, 800],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await lookAtAll(page);
    }
    await openView(page, "Watch"); // of one run, which can be exported
    for (const button of [/^Help/, /^Share$/, /^Export$/]) await lookAt(page, button);
    await page.locator(".badge").click(); // the device and its benchmark
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Data", exact: true }).click();
    await expect(page.getByRole("heading", { name: /data/i }).first()).toBeVisible();
    await expectAccessible(page);
    // Its dialogs: data.spec.ts.
  });
}

test("large text: 16 px is what one reads, 20 px on a big screen, kept for the next visit", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await openLab(page, LINK);
  const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
  expect(await size()).toBe("16px");
  await page.getByRole("button", { name: "Big screen" }).click();
  expect(await size()).toBe("20px");
  await lookAtAll(page);
  await page.reload();
  await expect(page.getByRole("button", { name: "Big screen" })).toHaveAttribute("aria-pressed", "true");
  expect(await size()).toBe("20px");
});

test("three tabs of the narrow page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLab(page, LINK);
  for (const tab of ["Recipe", "Stage", "Runs"]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await expectAccessible(page);
  }
});

test("the first Tab stop leads past the head to the results", async ({ page }) => {
  await openLab(page, LINK);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the results" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main#results")).toBeFocused();
});

test("a page to print has numbers, figures, settings and the link, and nothing to press", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLab(page, LINK);
  await train(page, 4);
  await expect(page.locator(".printed")).toBeHidden();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = page.locator(".printed");
  await expect(printed).toBeVisible();
  await expect(printed).toContainText("Training data");
  await expect(printed).toContainText(/Train it again: http.*#v=\d+/);
  await expect(page.getByRole("figure").first()).toBeVisible();
  await expect(page.locator(".button:visible")).toHaveCount(0);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(paper).toBe("light");
});

test("a number in a cell reads on every strength of every colour, in both themes", async ({ page }) => {
  await openLab(page, LINK);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const worst = await page.evaluate(() => {
      const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
      const luminance = (css: string) => {
        pen.fillStyle = css;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) => {
          const c = byte / 255;
          return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      const grid = document.body.appendChild(document.createElement("div"));
      grid.className = "grid";
      grid.innerHTML = "<table><tbody><tr><td></td></tr></tbody></table>";
      const cell = grid.querySelector("td")!;
      const kinds = ["mono", "cross", "multi", "mixedMono", "mixed"].map((kind) => `var(--kind-${kind})`);
      let least = { contrast: 21, colour: "", t: 0 };
      for (const colour of [...kinds, "var(--strength)", "var(--series-1)", "var(--series-6)"]) {
        grid.style.setProperty("--heat", colour);
        for (let t = 0; t <= 100; t++) {
          cell.style.setProperty("--t", String(t / 100));
          const { color, backgroundColor } = getComputedStyle(cell);
          const [low, high] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
          const contrast = (high! + 0.05) / (low! + 0.05);
          if (contrast < least.contrast) least = { contrast, colour, t };
        }
      }
      return least;
    });
    expect(worst.contrast, JSON.stringify(worst)).toBeGreaterThan(4.5);
  }
});
