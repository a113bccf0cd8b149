// The newcomer's path, from the opened page to the link opened elsewhere, by mouse or by keyboard alone. Each station can be
// kept as a picture in both themes: E2E_SHOTS names the folder, and every picture is to be looked at.
import { expect, type Browser, type Locator, type Page } from "@playwright/test";
import { expectAccessible, openLab, TINY, withKeys } from "./lab.ts";

/** As short as two runs can be that still have curves. */
const LINK = withKeys(TINY, "backend=wasm&steps=20&evalEvery=10");
const SHOTS = process.env["E2E_SHOTS"];
const LONG = 150_000;

export interface Walk {
  readonly window: readonly [width: number, height: number];
  readonly hand: "mouse" | "keyboard";
  /** At which stations axe looks, in both themes; left out: at none. */
  readonly axe?: (station: string) => boolean;
}

/** What a person has focused, by its name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });

/** Goes on with Tab until something of that name has the focus. @returns how many times it took */
export async function tabTo(page: Page, name: string, most = 120): Promise<number> {
  for (let presses = 1; presses <= most; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return presses;
  }
  throw new Error(`${most} times Tab did not come to ${name}`);
}

export async function walkAsNewcomer(page: Page, browser: Browser, walk: Walk): Promise<void> {
  const [width, height] = walk.window;
  const byKeys = walk.hand === "keyboard";
  const hasPanes = width >= 1100;
  const press = async (on: Page, name: string) => {
    const button = on.getByRole("button", { name, exact: true });
    await expect(button).toBeVisible({ timeout: LONG });
    if (!byKeys) return button.click();
    await tabTo(on, name);
    await on.keyboard.press("Enter");
  };
  /** Nothing scrolls sideways, what matters is in sight, and a picture of it. */
  const station = async (on: Page, name: string, ...inSight: Locator[]) => {
    for (const part of inSight) await expect(part).toBeInViewport({ ratio: 0.9 });
    for (const colorScheme of ["light", "dark"] as const) {
      await on.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (walk.axe?.(name)) await expectAccessible(on);
      if (SHOTS) await on.screenshot({ path: `${SHOTS}/${width}-${walk.hand}-${colorScheme}-${name}.png` });
    }
    const sideways = await on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, name).toBeLessThanOrEqual(0);
  };
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 2, name });

  await page.setViewportSize({ width, height });
  // Short runs; the guide as the help brings it back. Somebody's very first visit is arrive.spec.ts's.
  const errors = await openLab(page, LINK);
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await page.getByRole("button", { name: "Begin the guide again" }).click();
  await station(page, "1-open", heading("Which languages should meet in a batch?"));

  await press(page, "Make a guess, then train");
  await expect(heading("Which language will gain most?")).toBeVisible();
  const guess = page.getByRole("radio", { name: "English" });
  if (byKeys) {
    await page.keyboard.press("Tab"); // on from where the button was
    await page.keyboard.press("ArrowRight"); // the second of two
  } else await page.locator(".guess", { hasText: "English" }).click();
  await expect(guess).toBeChecked();
  await station(page, "2-guess", page.getByRole("button", { name: "Train and see" }));

  await press(page, "Train and see");
  const answer = heading(/^(You were right: )?(English|German) gained most$/);
  await expect(answer).toBeVisible({ timeout: LONG });
  await expect(page.getByText(/English [+−]\.\d{3}/).first()).toBeAttached(); // by how much
  await station(
    page,
    "3-answer",
    answer,
    page.getByRole("button", { name: "Now the same with Monolingual" }),
  );

  if (hasPanes) {
    const plot = await page.locator(".chart-lines .recharts-cartesian-grid").first().boundingBox();
    expect(plot!.height, "of a curve under the answer").toBeGreaterThanOrEqual(80);
  }

  await press(page, "Now the same with Monolingual");
  await expect(page).toHaveURL(/\?view=compare#.*preset=mono/, { timeout: LONG });
  const guide = page.getByRole("region", { name: "Two mixes, everything else the same" });
  await expect(guide).toContainText("One seed each, 2 languages");
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText("One seed each.", {
    timeout: LONG,
  });
  await station(page, "4-compare", page.getByRole("button", { name: "Ask it a question" }));

  if (hasPanes) {
    const lines = await guide
      .locator(".guide-words .button")
      .evaluateAll((acts) =>
        acts.map((act) => act.getBoundingClientRect()).map(({ top, height }) => top + height / 2),
      );
    expect(lines.length).toBe(2);
    expect(Math.abs(lines[0]! - lines[1]!), "both ways on stand on one line").toBeLessThanOrEqual(2);
  }

  await press(page, "Ask it a question");
  const question = page.getByLabel("Your question, in any language");
  await expect(question).toBeVisible();
  await expect(guide).toHaveCount(0);
  if (byKeys && !(await question.evaluate((box) => box === document.activeElement)))
    await page.keyboard.press("/");
  await (byKeys ? page.keyboard.press("ControlOrMeta+a") : question.click({ clickCount: 3 }));
  await page.keyboard.type("Haus");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^“Haus” in/)).toBeVisible({ timeout: LONG });
  await expect(page.getByRole("region", { name: /^Now/ }).getByRole("listitem")).toHaveCount(10, {
    timeout: LONG,
  });
  await station(page, "5-try", question);

  await press(page, "Share");
  const dialog = page.getByRole("dialog");
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toMatch(/&curve=0,10,20:/);
  await station(page, "6-share", dialog.getByRole("button", { name: "Copy the link" }));
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(errors).toEqual([]);

  const elsewhere = await (await browser.newContext({ viewport: { width, height } })).newPage();
  await elsewhere.goto(link);
  const check = elsewhere.getByRole("button", { name: "Train and check" });
  await expect(check).toBeVisible();
  await station(elsewhere, "7-link", check);
  if (byKeys) {
    expect(await tabTo(elsewhere, "Train and check", 5)).toBeLessThanOrEqual(5);
    await elsewhere.keyboard.press("Enter");
  } else await check.click();
  await expect(elsewhere.getByText("Repeated, to the last bit")).toBeVisible({ timeout: LONG });
  await station(elsewhere, "8-checked");
  await elsewhere.context().close();
}
