// Every screen, view and dialog in both themes, on a phone, zoomed, and with large text: nothing that axe objects to (contrast and
// the order of headings among it), nothing cut off, room for a finger. And how it is printed.
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, openLab, openView, shot, TINY, train, training, VIEWS, withKeys } from "./lab.ts";
import { expectFingers, expectStill, expectWhole } from "./screens.ts";

// A limit for what hangs: axe takes long on a busy machine.
test.setTimeout(900_000);

const LINK = withKeys(TINY, "backend=wasm&steps=4&evalEvery=2");

/** All that axe asks in the light theme; of the dark one its colours, which are all that differs. */
async function expectBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page, "color-contrast");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page);
}

async function lookAtAll(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  for (const view of VIEWS) {
    await openView(page, view);
    await page.waitForLoadState("networkidle");
    await look(view);
  }
}

/** Opens a dialog by its button, looks at it, closes it. */
async function lookAt(page: Page, button: string | RegExp, look: (screen: string) => Promise<void>) {
  await page.getByRole("button", { name: button }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look(String(button));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("every view and dialog of the lab, before and after a run", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLab(page, LINK);
  const look = async (screen: string) => {
    await expectBothThemes(page);
    await expectStill(page, screen);
  };
  await lookAtAll(page, look);
  await train(page, 4);
  await lookAtAll(page, look);
  await openView(page, "Watch"); // of one run, which can be exported
  for (const button of [/^Help/, /^Share$/, /^Export$/]) await lookAt(page, button, look);
  await page.locator(".badge").click(); // the device and its benchmark
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("device");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 800 });
  await lookAtAll(page, () => expectAccessible(page));
  for (const [width, height] of [
    [900, 800],
    [360, 740],
    [640, 360], // 1280 × 720 at 200 %
  ] as const) {
    await page.setViewportSize({ width, height });
    await lookAtAll(page, async (view) => {
      await expectWhole(page, `${view} at ${width}`);
      await shot(page, `whole-${width}-${view.replace(" ", "-")}`);
    });
  }
  for (const pane of ["Recipe", "Runs", "Stage"]) {
    await page.getByRole("tab", { name: pane, exact: true }).click();
    await expectWhole(page, `${pane} at 640`);
    await shot(page, `whole-640-${pane}`);
  }
  await openView(page, "Watch");
  await page.evaluate(() => window.scrollTo({ top: 400 }));
  expect(await coveredAtTop(page), "px of 360 that stay at the top").toBeLessThan(180);
  for (const button of [/^Help/, /^Share$/, /^Export$/])
    await lookAt(page, button, async () => {
      await expectWhole(page, `${button} at 640`);
      await shot(page, `whole-640-${String(button).replace(/\W/g, "")}`);
    });
  await lookAt(page, /^Share$/, async () => {
    await page.getByRole("radio", { name: "QR code" }).check();
    await expect(page.locator(".share-code > svg")).toBeInViewport({ ratio: 1 });
  });
});

/** How far down the window reaches what stays at its top while the page scrolls. */
const coveredAtTop = (page: Page) =>
  page.evaluate(() => {
    const stuck = [...document.querySelectorAll("body *")].filter((element) =>
      ["sticky", "fixed"].includes(getComputedStyle(element).position),
    );
    const wide = stuck.map((element) => element.getBoundingClientRect());
    const atTop = wide.filter(({ top, height, width }) => top < 5 && height > 0 && width > 320);
    return Math.max(0, ...atTop.map(({ bottom }) => bottom));
  });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("every view and dialog: nothing that axe objects to, 44 px for a finger, Train at hand", async ({
    page,
  }) => {
    test.setTimeout(360_000); // forty screens in two themes
    const errors = await openLab(page, LINK);
    const look = async (screen: string) => {
      await expectBothThemes(page);
      await expectFingers(page, screen);
      await shot(page, `phone-${screen.replace(/\W+/g, "-")}`);
    };
    const pane = (name: string) => page.getByRole("tab", { name, exact: true }).click();
    const unfold = () =>
      page.evaluate(() => {
        for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
      });
    await pane("Recipe");
    await unfold();
    await look("Recipe");
    await lookAt(page, /^Choose among/, look);
    await pane("Stage");
    await train(page, 4);
    await lookAtAll(page, async (view) => {
      await unfold();
      await look(view);
      await expect(training(page).getByRole("button", { name: "Train", exact: true })).toBeInViewport({
        ratio: 1,
      });
    });
    await page.getByRole("button", { name: "Your own study" }).click();
    await look("own study");
    await openView(page, "All runs");
    await page.getByRole("checkbox", { name: "Choose all listed runs" }).check();
    for (const button of ["Columns", "Tags and note", "Export"]) await lookAt(page, button, look);
    await pane("Runs");
    await look("Runs");
    await lookAt(page, "A class’s results", look);
    await pane("Stage");
    await openView(page, "Watch");
    await lookAt(page, /^Help/, look);
    await lookAt(page, /^Share$/, async () => {
      for (const way of ["Link", "QR code", "Embed"]) {
        await page.getByRole("radio", { name: way }).check();
        await look(`Share ${way}`);
      }
    });
    await lookAt(page, /^Export$/, async () => {
      for (const format of [/^Run record/, /^Table .LaTeX/, /^Page/, /^Result card/, /TREC/]) {
        await page.getByRole("radio", { name: format }).check();
        await look(`Export ${format}`);
      }
    });
    await page.locator(".badge").click();
    await look("device");
    await page.getByRole("button", { name: "How fast is it?" }).click();
    await look("benchmark");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Data", exact: true }).click();
    await expect(page.getByRole("heading", { name: /data/i }).first()).toBeVisible();
    await unfold();
    await look("Data"); // its dialogs: data.spec.ts; what is kept without a network: offline.spec.ts
    expect(errors).toEqual([]);
  });
});

test("large text: 16 px is what one reads, 20 px on a big screen, kept for the next visit", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await openLab(page, LINK);
  const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
  expect(await size()).toBe("16px");
  await page.getByRole("button", { name: "Big screen" }).click();
  expect(await size()).toBe("20px");
  await lookAtAll(page, () => expectAccessible(page));
  await page.reload();
  await expect(page.getByRole("button", { name: "Big screen" })).toHaveAttribute("aria-pressed", "true");
  expect(await size()).toBe("20px");
});

test("what is hidden from the eye scrolls with its pane, and moves the bench for nobody", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLab(page);
  const bench = page.locator(".bench");
  await expect(bench).toBeVisible();
  expect(await bench.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
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
