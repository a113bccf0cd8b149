// Arriving: the very first visit, and what a shared link opens on. From a guess to a comparison: newcomer.spec.ts.
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, openLab, TINY, train, training, withKeys } from "./lab.ts";

const LINK = withKeys(TINY, "backend=wasm");
const QUESTION = "Which languages should meet in a batch?";

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 2, name });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("a newcomer sees the first point soon, and leaves the guide for good", async ({ page }) => {
  await page.goto("./");
  await expect(heading(page, QUESTION)).toBeVisible();
  await expect(page.getByRole("figure")).toHaveCount(1); // the four kinds: no empty charts
  await button(page, "Make a guess, then train").click();
  await page.getByRole("radio", { name: "Thai" }).check();
  await button(page, "Train and see").click();
  const clicked = Date.now();
  const map = page.getByRole("figure", { name: /^mAP: Mo, Cr and Mul/ });
  await expect(map.locator(".recharts-surface").first()).toBeVisible({ timeout: 120_000 });
  const seconds = (Date.now() - clicked) / 1000;
  test.info().annotations.push({ type: "first chart point", description: `${seconds} s after the click` });
  await button(page, "Leave the guide").click();
  await expect(heading(page, "Your guess: Thai")).toHaveCount(0);
  await training(page).getByRole("button", { name: "Stop" }).click();
  await page.reload();
  await expect(page.getByRole("complementary", { name: "Runs" })).toContainText("of 150 steps");
  await expect(heading(page, QUESTION)).toHaveCount(0);
});

test("a page whose script does not come says so after a while, and what to do", async ({ page }) => {
  await page.route(/assets\/index-[^/]*\.js$/, (route) => route.abort());
  await page.goto("./");
  const late = page.getByText(/the lab’s scripts did not arrive/);
  await expect(late).toBeHidden();
  await page.evaluate(() => document.getAnimations().forEach((wait) => wait.finish()));
  await expect(late).toBeVisible();
  await page.unrouteAll();
  await page.reload();
  await expect(heading(page, QUESTION)).toBeVisible();
  await expect(late).toHaveCount(0);
});

test("the guide may be skipped, and does not come again", async ({ page }) => {
  await page.goto("./");
  await button(page, "Skip").click();
  await page.reload();
  await expect(training(page)).toContainText("Ready to train");
  await expect(page.getByRole("figure", { name: /^mAP: Mo, Cr and Mul/ })).toBeVisible();
  await expect(heading(page, QUESTION)).toHaveCount(0);
});

test("a shared link opens on a card with the sender's curves, also in a frame and on a phone", async ({
  page,
  browser,
}) => {
  await openLab(page, LINK);
  await train(page, 40);
  await button(page, "Share").click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toMatch(/&curve=0,20,40:/);
  expect(link.length).toBeLessThan(600);
  await page.getByRole("radio", { name: "QR code" }).check();
  const code = page.getByRole("img", { name: "QR code of the link" });
  await expect(code).toBeVisible();
  const window = page.viewportSize()!;
  await page.setViewportSize({ width: 900, height: 520 });
  await expect(code).toBeInViewport({ ratio: 0.99 }); // whole, or no phone reads it
  await page.setViewportSize(window);
  await page.getByRole("radio", { name: "Embed" }).check();
  const html = await page.getByRole("textbox", { name: "HTML" }).inputValue();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("complementary", { name: "Runs" })).toContainText("Finished");
  await expect(page.getByText(/^This link carries/)).toHaveCount(0); // one's own

  const stranger = await (await browser.newContext()).newPage();
  await stranger.setViewportSize({ width: 960, height: 600 });
  await stranger.setContent(html);
  const frame = stranger.frameLocator("iframe");
  const check = frame.getByRole("button", { name: "Train and check" });
  await expect(check).toBeInViewport({ ratio: 1, timeout: 60_000 }); // a browser that has seen nothing

  await stranger.setViewportSize({ width: 390, height: 844 });
  await stranger.goto(link);
  await expect(heading(stranger, "Hybrid")).toBeVisible();
  await expect(stranger.getByText(/^mAP over 40 steps/)).toBeVisible();
  // It wears its styles, and its curves are within it.
  await expect(stranger.locator(".shared-axis").first()).not.toHaveCSS("stroke", "none");
  const bottom = async (part: string) => {
    const { y, height } = (await stranger.locator(part).boundingBox())!;
    return y + height;
  };
  expect(await bottom(".shared-curves")).toBeLessThan(await bottom(".shared"));
  await expect(heading(stranger, QUESTION)).toHaveCount(0);
  await expectAccessible(stranger);
  await stranger.reload();
  await expect(stranger.getByText("This link carries a result to check")).toBeVisible(); // in two lines
  await expect(button(stranger, "Train and check")).toHaveCount(0);
  await stranger.goto("about:blank");
  await stranger.goto(link);
  await button(stranger, "Train and check").click();
  await expect(stranger.getByText("Repeated, to the last bit")).toBeVisible({ timeout: 150_000 });
  await stranger.context().close();
});

test("a link that is too long for a code says so", async ({ page }) => {
  const letter = (i: number) => String.fromCharCode(97 + i);
  const languages = Array.from(
    { length: 190 },
    (_, i) => `x${letter(Math.floor(i / 26))}${letter(i % 26)}:33`,
  );
  await openLab(page, withKeys(TINY, `langs=en,de,${languages.join(",")}`));
  await button(page, "Share").click();
  await page.getByRole("radio", { name: "QR code" }).check();
  await expect(page.getByText(/A code that a phone can read holds 1,200/)).toBeVisible();
  await expect(page.getByRole("img", { name: "QR code of the link" })).toHaveCount(0);
});
