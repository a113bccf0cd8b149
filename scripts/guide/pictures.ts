// The guide's pictures: what is done on the page before each is taken. A data table; every number on a picture is of a run
// trained for it. Takes none (takePictures.ts).
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect as shortly, type Locator, type Page } from "@playwright/test";
import { dropOn, openView, training } from "../../e2e/lab.ts";

export interface Picture {
  readonly name: string; // docs/guide names it pictures/NAME.png
  /** From where the picture before left the page; what it waits for are results. */
  do(page: Page): Promise<unknown>;
  /** The part of the page that is shown; left out: the window. */
  readonly of?: (page: Page) => Locator;
  readonly window?: readonly [width: number, height: number];
}

/** One visit: pictures in the order in which they can be taken. */
export interface Visit {
  readonly link: string; // opened in a browser that was never here
  readonly isFirst?: true; // the guide of the first visit is shown
  readonly pictures: readonly Picture[];
}

export const WINDOW = [1280, 800] as const;

/** What the page does by itself, ms. */
export const SOON = 60_000;
/** All that stands before one picture, training included: a busy machine takes minutes. */
export const LIMIT = 240_000;
const expect = shortly.configure({ timeout: SOON });
const trained = shortly.configure({ timeout: LIMIT });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const figure = (page: Page, name: RegExp) => page.getByRole("figure", { name });

/** A few languages and steps: seconds a run. Without `v` it is of today's age. */
const shortRun = (preset: string, seed: number) =>
  `preset=${preset}&langs=de,en,es,hi,sw&heldOut=none&steps=40&evalEvery=10&backend=wasm&seed=${seed}`;

const TRIES = 4;

/** A machine that is busy elsewhere may keep a trainer silent for so long that it is given up: it is then started again. */
async function trainToTheEnd(page: Page, tries = TRIES): Promise<void> {
  const status = training(page).getByRole("status");
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  await trained(status).toHaveText(/^(Finished|Failed)/);
  if ((await status.innerText()).startsWith("Finished")) return;
  if (tries === 1) throw new Error(await status.innerText());
  await trainToTheEnd(page, tries - 1);
}

/** Intervals are computed after the run. */
async function toBeJudged(page: Page): Promise<void> {
  const verdict = page.locator(".verdict");
  await expect(verdict).toContainText("languages");
  await expect(verdict).not.toContainText("being computed");
  await expect(page.locator(".keyNumber-range").last()).not.toBeEmpty();
}

const dialog = (page: Page) => page.getByRole("dialog");

/** What a press saves, under its own name. */
async function saved(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await button(page, name).click();
  const file = await download;
  const path = join(mkdtempSync(join(tmpdir(), "lab-guide-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** Saves the run on show from its dialog, which stays open. */
async function exported(page: Page, format: RegExp, save: string): Promise<string> {
  await button(page, "Export").click();
  await dialog(page).getByRole("radio", { name: format }).check();
  return saved(page, save);
}

const cards: string[] = []; // of the runs that are compared
let shared = ""; // the link of the first of them, to be opened by somebody who has not trained it

/** Opens Share on the run on show. @returns what stands behind "#" */
async function sharedLink(page: Page): Promise<string> {
  await button(page, "Share").click();
  await dialog(page).getByRole("radio", { name: "Link" }).check();
  const link = page.getByRole("textbox", { name: "Link" });
  await expect(link).toHaveValue(/#v=/);
  return (await link.inputValue()).split("#")[1]!;
}

const lareqa = (page: Page) => page.getByRole("button", { name: /LAReQA’s four rows/ }).first(); // the recorded one

export const VISITS: readonly Visit[] = [
  {
    link: "",
    isFirst: true,
    pictures: [
      {
        name: "welcome",
        do: (page) => expect(page.getByRole("heading", { level: 2, name: /^Which languages/ })).toBeVisible(),
      },
    ],
  },
  {
    link: "",
    pictures: [
      {
        name: "trained",
        async do(page) {
          await trainToTheEnd(page);
          await toBeJudged(page);
        },
      },
      { name: "numbers", do: async () => undefined, of: (page) => page.locator(".keyNumbers").first() },
      { name: "verdict", do: async () => undefined, of: (page) => page.locator(".verdict") },
      { name: "batch", do: async () => undefined, of: (page) => figure(page, /^This batch/) },
      { name: "languages", do: (page) => openView(page, "Languages") },
      {
        name: "try",
        async do(page) {
          await openView(page, "Try it");
          await expect(page.getByRole("region", { name: /^Now/ }).getByRole("listitem")).toHaveCount(10);
        },
      },
      {
        name: "mix",
        window: [1280, 1000],
        do: (page) => page.locator(".mixTable").scrollIntoViewIfNeeded(),
        of: (page) => page.locator("details.panel").filter({ has: page.locator(".mixTable") }),
      },
      {
        name: "share",
        async do(page) {
          await openView(page, "Watch");
          await sharedLink(page);
        },
        of: dialog,
      },
      {
        name: "embed",
        window: [1280, 1400],
        async do(page) {
          await dialog(page).getByRole("radio", { name: "Embed" }).check();
          const embed = page.frameLocator('iframe[title="The embed"]');
          await expect(embed.getByRole("button", { name: "Train", exact: true })).toBeVisible();
        },
        of: dialog,
      },
      {
        name: "phone",
        window: [390, 844],
        async do(page) {
          await page.keyboard.press("Escape");
          await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
        },
      },
    ],
  },
  {
    link: shortRun("hybrid", 1),
    pictures: [
      {
        name: "card",
        async do(page) {
          for (const preset of ["hybrid", "mono"])
            for (const seed of [1, 2, 3]) {
              await page.keyboard.press("Escape");
              await page.goto(`./#${shortRun(preset, seed)}`);
              await trainToTheEnd(page);
              if (shared === "") shared = await sharedLink(page);
              await page.keyboard.press("Escape");
              cards.push(await exported(page, /^Result card/, "Save card (PNG)"));
            }
        },
        of: (page) => page.getByRole("img", { name: /^Result card of/ }),
      },
      {
        name: "class",
        window: [1280, 1400],
        async do(page) {
          await page.keyboard.press("Escape");
          await button(page, "A class’s results").click();
          await dropOn(page, dialog(page).locator(".dropZone"), ...cards);
          await expect(dialog(page).getByText("6 results of 2 recipes on one picture.")).toBeVisible();
        },
        of: dialog,
      },
      {
        name: "compare",
        async do(page) {
          await page.keyboard.press("Escape");
          await openView(page, "Compare");
          await expect(page.getByRole("region", { name: "Comparison" })).toBeVisible();
        },
      },
      {
        name: "table",
        async do(page) {
          for (const name of [/^Fold the recipe$/, /^Fold the runs$/])
            await page.getByRole("button", { name }).click();
          await openView(page, "All runs");
        },
      },
      {
        name: "page",
        window: [1280, 1300],
        async do(page) {
          await openView(page, "Watch");
          const file = await exported(page, /^Page \(HTML\)/, "Save page (HTML)");
          await page.goto(pathToFileURL(file).href);
        },
      },
    ],
  },
  {
    get link() {
      return shared;
    },
    pictures: [
      {
        name: "check",
        async do(page) {
          await button(page, "Train and check").click();
          await trained(page.getByText("Repeated, to the last bit")).toBeVisible();
          await toBeJudged(page);
        },
      },
    ],
  },
  {
    link: "",
    pictures: [
      {
        name: "studies",
        async do(page) {
          await openView(page, "Study");
          await expect(lareqa(page)).toBeVisible();
        },
      },
      {
        name: "study",
        window: [1280, 1200],
        async do(page) {
          await lareqa(page).click();
          await expect(page.getByRole("article", { name: "What was found" })).toBeVisible();
        },
        of: (page) => page.getByRole("article", { name: "What was found" }),
      },
    ],
  },
  {
    link: "/data",
    pictures: [
      {
        name: "data",
        window: [1280, 1000],
        async do(page) {
          const sets = page.getByRole("heading", { name: "In this browser" });
          await expect(page.getByRole("article").first()).toBeVisible();
          await sets.evaluate((heading) => heading.scrollIntoView());
        },
      },
    ],
  },
];
