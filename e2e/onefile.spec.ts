// Pages saved as one file, opened from the disk: with scripts and without, by a viewer that has no network; and trained there.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { aboutStudy, exportPage, STUDY } from "./studyFile.ts";
import { dropOn, expectAccessible, openLab, shot, TINY, train, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(300_000);

const RUN = withKeys(TINY, "backend=wasm&evalEvery=10&steps=20");
const NAME = `</script><img src=x onerror="document.title='caught'">`;

async function saved(page: Page, path: string, press: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent("download");
  await press();
  await (await download).saveAs(path);
  return path;
}

/** Opens a file as a person would who has only it; fails on a request, a script's error or a refused one. */
async function opened(
  browser: Browser,
  file: string,
  javaScriptEnabled: boolean,
): Promise<{ page: Page; said: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, said };
}

test("a run and a recipe as one file, opened from the disk and by the lab again", async ({
  page,
  browser,
}, info) => {
  const errors = await openLab(page, RUN);
  await page.getByRole("button", { name: "Share" }).click();
  const recipe = await saved(page, info.outputPath("recipe.html"), () =>
    page.getByRole("button", { name: "Save page (HTML)" }).click(),
  );
  await page.keyboard.press("Escape");
  await train(page, 20);
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel(/^New name of the run/).fill(NAME);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^Page \(HTML\)/ }).check();
  const save = dialog.getByRole("button", { name: "Save page (HTML)" });
  await expect(save).not.toHaveAttribute("aria-disabled", "true", { timeout: 60_000 });
  const run = await saved(page, info.outputPath("run.html"), () => save.click());
  await expect(dialog.getByText(/^Saved as .*\.html, \d+ kB$/)).toBeVisible();
  const whole = dialog.getByRole("checkbox", { name: /^With all that trains it: [\d.]+ MB more$/ });
  const said = Number(/([\d.]+) MB/.exec((await whole.locator("xpath=..").textContent())!)![1]);
  await whole.check();
  const training = await saved(page, info.outputPath("training.html"), () => save.click());
  expect(Math.abs((statSync(training).size - statSync(run).size) / 1e6 - said)).toBeLessThan(0.06); // as it is rounded
  await shot(page, "onefile-export");
  await page.keyboard.press("Escape");

  for (const scripts of [true, false]) {
    const one = await opened(browser, run, scripts);
    await expect(one.page.getByRole("heading", { level: 1 })).toHaveText(NAME);
    expect(await one.page.title()).toBe(NAME);
    await expect(one.page.getByRole("img", { name: "Answers found, mAP over the steps" })).toBeVisible();
    await expect(one.page.getByRole("link", { name: "Open it in the lab" })).toHaveAttribute(
      "href",
      /^http:\/\/localhost:\d+\/#v=/,
    );
    await expect(one.page.locator("img")).toHaveCount(0);
    if (scripts) await expectAccessible(one.page);
    expect(one.said).toEqual([]);
    await one.page.context().close();
    const other = await opened(browser, recipe, scripts);
    await expect(other.page.getByRole("img", { name: "Mix of batch kinds" })).toBeVisible();
    await expect(other.page.getByText("Nothing is trained yet.")).toBeVisible();
    expect(other.said).toEqual([]);
    await other.page.context().close();
  }

  const trained = await opened(browser, training, true);
  await expectAccessible(trained.page);
  await trained.page.getByRole("button", { name: "Train" }).click();
  await expect(trained.page.getByRole("status")).toHaveText("Finished 20 steps", { timeout: 150_000 });
  await expect(trained.page.getByRole("heading", { name: "Repeated, to the last bit" })).toBeVisible();
  await expectAccessible(trained.page);
  const again = await saved(trained.page, info.outputPath("again.json"), () =>
    trained.page.getByRole("button", { name: "Save its record (JSON)" }).click(),
  );
  const { digest } = JSON.parse(readFileSync(again, "utf8")) as { digest: string };
  await expect(trained.page.getByRole("row", { name: `Digest ${digest}` })).toBeVisible(); // of the recorded run
  expect(trained.said).toEqual([]);
  await trained.page.context().close();

  // Cut in what it trains with, and in the script before that, which then does not run.
  for (const [share, sentence] of [
    [0.9, /^This file is not whole: [^;]+; get the file again from where it came\.$/],
    [0.4, /or the file was cut on its way: save it whole/],
  ] as const) {
    const cut = info.outputPath(`cut-${share}.html`);
    const text = readFileSync(training, "utf8");
    writeFileSync(cut, text.slice(0, share * text.length));
    const broken = await opened(browser, cut, true);
    await expect(broken.page.locator("#hybrid-batch-lab-train > p")).toHaveText(sentence);
    await broken.page.context().close();
  }

  expect(await page.evaluate(() => document.querySelectorAll(".runItem").length)).toBe(1);
  await dropOn(page, page.locator(".runList"), run);
  await expect(page.getByText(`run.html is already here as “${NAME}”.`)).toBeVisible();
  expect(errors).toEqual([]);
});

test("a recorded study's file shows its card, pictures and tables from the disk, with scripts and without", async ({
  browser,
}, info) => {
  const file = await exportPage(STUDY, info.outputPath("study.html"));
  for (const scripts of [true, false]) {
    const { page, said } = await opened(browser, file, scripts);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(aboutStudy().title);
    await expect(page.getByRole("heading", { name: "What was found" })).toBeVisible();
    const pictures = page.getByRole("img");
    expect(await pictures.count()).toBeGreaterThanOrEqual(3);
    for (const picture of await pictures.all()) {
      await expect(picture).not.toHaveJSProperty("naturalWidth", 0);
      expect(await picture.getAttribute("alt")).not.toBe("");
    }
    await expect(page.getByRole("table").first()).toBeVisible();
    await page.getByText("In detail").click();
    if (scripts)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await expectAccessible(page);
          await shot(page, `onefile-study-${colorScheme}-${width}`, { fullPage: true });
        }
      }
    expect(said).toEqual([]);
    await page.context().close();
  }
});
