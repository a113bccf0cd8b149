// The lab as a bench: what fits the window, which view is shown, and all of it by keyboard.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible, openLab, openView, TINY, train, training, withKeys } from "./lab.ts";

const LINK = withKeys(TINY, "backend=wasm");

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

/** Whole within the window, not only a part of it. */
async function expectWhole(page: Page, element: Locator): Promise<void> {
  const { x, y, width, height } = (await element.boundingBox())!;
  const window = page.viewportSize()!;
  expect(Math.min(x, y, window.width - x - width, window.height - y - height)).toBeGreaterThanOrEqual(0);
}

/** Five numbers, two curves and the batch at work. */
async function expectWatched(page: Page): Promise<void> {
  for (const name of [/^mAP: Mo, Cr and Mul/, /^Rank distance/, /^This batch/])
    await expectWhole(page, page.getByRole("figure", { name }));
  await expect(page.locator(".keyNumber")).toHaveCount(5);
  for (const number of await page.locator(".keyNumber").all()) await expectWhole(page, number);
}

test("while it trains, 1280 × 720 shows numbers, curves and the batch, and the page does not scroll", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const errors = await openLab(page, withKeys(LINK, "steps=100000&evalEvery=0"));
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  await expect(training(page).getByRole("status")).toHaveText(/^Training, step [1-9]/, { timeout: 60_000 });
  await expect(page.getByText(/^Step [\d,]+ · 64 rows/)).toBeVisible();
  await expectWatched(page);
  expect((await training(page).boundingBox())!.height).toBeLessThanOrEqual(56);
  await expect(training(page).getByRole("progressbar")).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
  expect(errors).toEqual([]);
});

test("the words of the guide push nothing of that out of the window", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openLab(page, withKeys(LINK, "steps=100000&evalEvery=0"));
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await page.getByRole("button", { name: "Begin the guide again" }).click();
  await page.getByRole("button", { name: "Make a guess, then train" }).click();
  await page.getByRole("button", { name: "Train without a guess" }).click();
  await expect(page.getByText(/^Step [\d,]+ · 64 rows/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "It learns" })).toBeVisible();
  await expectWatched(page);
});

test("next to nothing moves while it trains, on a phone, a tablet and a desk", async ({ browser }) => {
  for (const width of [390, 768, 1440]) {
    const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
    await openLab(page, withKeys(LINK, "steps=20&evalEvery=10"));
    await expect(training(page).getByText(/^About /)).toBeVisible();
    await page.evaluate(() => {
      new PerformanceObserver((list) => {
        const moves = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
        for (const { value, hadRecentInput } of moves)
          if (!hadRecentInput)
            document.body.dataset["moved"] = String(Number(document.body.dataset["moved"] ?? 0) + value);
      }).observe({ type: "layout-shift" });
    });
    await train(page, 20);
    await expect(page.getByText(/^One seed, 2 languages/)).toBeVisible();
    const moved = await page.evaluate(() => Number(document.body.dataset["moved"] ?? 0));
    expect(moved, `${width} px wide`).toBeLessThanOrEqual(0.02);
    await page.context().close();
  }
});

test("views are chosen by arrow keys, stand in the address, and are there after a reload", async ({
  page,
}) => {
  const errors = await openLab(page, LINK);
  await tab(page, "Watch").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Compare")).toBeFocused();
  await expect(tab(page, "Compare")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/\?view=study#v=1&preset=hybrid/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/\?view=languages#v=1&preset=hybrid/);
  await expect(page.getByRole("tabpanel", { name: "Languages" })).toBeVisible();
  await expect(page).toHaveTitle("Languages · Hybrid Batch Lab");
  await page.getByLabel("Steps", { exact: true }).fill("41");
  await expect(page).toHaveURL(/\?view=languages#.*steps=41/); // the recipe is edited beside it
  await page.reload();
  await expect(tab(page, "Languages")).toHaveAttribute("aria-selected", "true");
  await expect(training(page)).toContainText("41 steps");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  expect(await page.getByRole("textbox", { name: "Link" }).inputValue()).not.toContain("view=");
  await page.keyboard.press("Escape");
  await openView(page, "Watch");
  await expect(page).not.toHaveURL(/view=/);
  expect(errors).toEqual([]);
});

test("a change of the recipe is taken back in words, by button and by keys", async ({ page }) => {
  const errors = await openLab(page, LINK);
  const changes = page.getByRole("group", { name: "Changes of the recipe" });
  const card = page.locator(".preset", { hasText: /^Monolingual/ });
  const { width } = (await card.boundingBox())!;
  await card.click();
  expect((await card.boundingBox())!.width).toBe(width); // for all the words that come above it
  await changes.getByRole("button", { name: "Undo: preset Monolingual" }).click();
  await expect(page).toHaveURL(/#v=\d+&preset=hybrid/);
  await changes.getByRole("button", { name: "Redo: preset Monolingual" }).click();
  await expect(page).toHaveURL(/#v=\d+&preset=mono/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page).toHaveURL(/#v=\d+&preset=hybrid/);
  expect(errors).toEqual([]);
});

test("Train is within five stops of the Tab key", async ({ page }) => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await openLab(page, LINK);
    const button = training(page).getByRole("button", { name: "Train", exact: true });
    let stops = 0;
    while (stops < 6 && !(await button.evaluate((one) => one === document.activeElement))) {
      await page.keyboard.press("Tab");
      stops++;
    }
    expect(stops).toBeLessThanOrEqual(5);
  }
});

test("what a run will take, its steps and its seed are in sight before it is begun", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLab(page, "v=6&preset=hybrid&steps=40");
  await expect(training(page).locator(".transport-pace")).toHaveText(/^About /);
  await expect(training(page).locator(".transport-plan")).toHaveText(/^Hybrid · 40 steps/);
  for (const label of ["Steps", "Seed"])
    await expect(page.getByLabel(label, { exact: true })).toBeInViewport({ ratio: 1 });
});

test("a chart takes the whole stage and gives it back", async ({ page }) => {
  await openLab(page, withKeys(LINK, "steps=4&evalEvery=2"));
  await train(page, 4);
  const figure = page.getByRole("figure", { name: /^Rank distance/ });
  const stage = page.getByRole("tabpanel");
  const before = (await figure.boundingBox())!;
  await figure.getByRole("button", { name: "Enlarge" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("figure")).toHaveCount(1); // no other can be reached
  const [large, room] = [(await figure.boundingBox())!, (await stage.boundingBox())!];
  expect(large.width).toBeGreaterThan(0.9 * room.width);
  expect(large.height).toBeGreaterThan(0.9 * room.height);
  await expect(figure.getByText("From the first to the last right answer")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await figure.boundingBox())!).toEqual(before);
  await expect(figure.getByRole("button", { name: "Enlarge" })).toBeFocused();
});

test("panes fold, and the runs get more room, by keyboard; both is remembered", async ({ page }) => {
  await openLab(page, LINK);
  const form = page.getByRole("form", { name: "Experiment" });
  const runs = page.getByRole("complementary", { name: "Runs" });
  await page.getByRole("button", { name: "Fold the recipe" }).press("Enter");
  await expect(form).toBeHidden();
  const before = (await runs.boundingBox())!.width;
  await page.getByRole("separator", { name: "Room for the runs" }).press("ArrowLeft");
  await expect.poll(async () => (await runs.boundingBox())!.width).toBe(before + 16);
  await page.reload();
  await expect(form).toBeHidden();
  expect((await runs.boundingBox())!.width).toBe(before + 16);
  await page.getByRole("button", { name: "Unfold the recipe" }).press("Enter");
  await expect(form).toBeVisible();
  await page.getByRole("button", { name: "Fold the runs" }).press("Enter");
  await expect(page.locator(".runList")).toBeHidden();
});

test("on a phone there are three tabs, and Train is always at hand", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const errors = await openLab(page, withKeys(LINK, "steps=4&evalEvery=0"));
  const button = training(page).getByRole("button", { name: "Train", exact: true });
  for (const pane of ["Recipe", "Runs", "Stage"]) {
    await tab(page, pane).click();
    await expectWhole(page, button);
  }
  await tab(page, "Recipe").click();
  await expect(page.getByRole("form", { name: "Experiment" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Watch" })).toHaveCount(0); // nothing of the stage
  await train(page, 4); // which shows the stage
  const status = training(page).getByRole("status");
  expect(await status.evaluate((node) => node.scrollHeight - node.clientHeight)).toBeLessThanOrEqual(2); // in whole words
  await expect(page.getByRole("figure", { name: /^mAP: Mo, Cr and Mul/ })).toBeVisible();
  await tab(page, "Languages").press("End");
  await expect(tab(page, "Study")).toBeInViewport({ ratio: 0.99 }); // not cut by the edge
  for (const width of [1000, 390]) await page.setViewportSize({ width, height: 844 }); // turned, and back
  await expect(tab(page, "Study")).toBeInViewport({ ratio: 0.99 });
  await tab(page, "Runs").click();
  await expect(page.locator(".runList")).toContainText("Finished 4 steps");
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

test("a chart out of sight is left as it is while a run trains, and follows it once it is scrolled to", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await openLab(page, withKeys(LINK, "steps=100000&evalEvery=0"));
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  const curve = page
    .getByRole("figure", { name: /^Loss by kind/ })
    .locator("path.curve")
    .first();
  await expect(curve).toBeAttached({ timeout: 60_000 }); // a metric's first numbers are drawn everywhere
  const drawn = () => curve.getAttribute("d");
  let before: string | null = null;
  await expect(async () => {
    before = await drawn();
    await page.waitForTimeout(8000); // what is seen is drawn again every 5 s at the rarest
    expect(await drawn()).toBe(before);
  }).toPass({ timeout: 60_000 });
  await curve.scrollIntoViewIfNeeded();
  await expect.poll(drawn).not.toBe(before);
});

test("the badge says whole words beside the training bar, and the bar still has room for its own", async ({
  page,
}) => {
  for (const width of [1100, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await openLab(page, LINK);
    const words = page.locator(".badge-words");
    await expect(words).toHaveText(/\w/);
    expect(await words.evaluate((node) => node.scrollWidth - node.clientWidth), `at ${width}`).toBe(0);
    const status = training(page).getByRole("status");
    expect(await status.evaluate((node) => node.scrollWidth - node.clientWidth), `at ${width}`).toBe(0);
  }
});

test("what is open or typed stays while the window crosses the width of the tabs", async ({ page }) => {
  const wide = { width: 1280, height: 720 };
  const narrow = { width: 900, height: 720 };
  await page.setViewportSize(wide);
  const errors = await openLab(page, withKeys(LINK, "steps=4&evalEvery=0"));
  await train(page, 4);
  const dialog = page.getByRole("dialog");
  for (const [pane, button] of [
    ["Recipe", /^Choose among/],
    ["Stage", "Export"],
    ["Runs", "A class’s results"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    const box = dialog.locator("input, textarea").first();
    await box.evaluate((one) => (one.dataset["mine"] = "yes")); // the same one afterwards
    for (const size of [narrow, wide, narrow]) {
      await page.setViewportSize(size);
      await page.waitForTimeout(100);
      await expect(dialog, `${pane} at ${size.width}`).toBeVisible();
      await expect(box).toHaveAttribute("data-mine", "yes");
    }
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(tab(page, pane)).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("button", { name: button })).toBeFocused();
    await page.setViewportSize(wide);
  }
  await page.getByLabel(/^Find a run/).fill("words");
  await page.setViewportSize(narrow);
  await page.setViewportSize(wide);
  await expect(page.getByLabel(/^Find a run/)).toHaveValue("words");
  // Opened in a narrow window, of a pane that is folded in a wide one.
  await page.getByRole("button", { name: "Fold the runs" }).click();
  await page.setViewportSize(narrow);
  await tab(page, "Runs").click();
  await page.getByRole("button", { name: "A class’s results" }).click();
  await page.setViewportSize(wide);
  await expect(dialog).toBeVisible();
  expect(errors).toEqual([]);
});

test("curves of several runs have their room in Watch, too", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openLab(page, withKeys(LINK, "steps=4&evalEvery=2"));
  await train(page, 4);
  await page.getByLabel("Seed", { exact: true }).fill("2");
  await train(page, 4);
  await page.locator(".runItem-overlay input:not(:checked)").check();
  for (const height of [720, 900]) {
    await page.setViewportSize({ width: height === 720 ? 1280 : 1440, height });
    for (const name of [/^mAP/, /^Rank distance/]) {
      const plot = page.getByRole("figure", { name }).locator(".chart-plot");
      await expect.poll(async () => (await plot.boundingBox())!.height, `${height}`).toBeGreaterThan(60);
      await expect(plot.locator(".curve")).toHaveCount(2);
    }
  }
});
