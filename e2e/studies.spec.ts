// Studies beside what the machine has: one trainer and two, a hidden tab, a GPU; and one that comes with the page, on a phone.
import { expect, test, type Page } from "@playwright/test";
import { decodeLink } from "../src/core/spec/link.ts";
import { STUDY_SCHEMA } from "../src/core/study/study.ts";
import { INVENTED_INDEX, inventedResults } from "../src/testing/inventedStudy.ts";
import { expectAccessible, openLab, openView, shot, TINY, training } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

const ratio = (mono: number) => ({ mono, cross: 1 - mono, multi: 0, mixedMono: 0 });

/** Two cells on two languages. @param more fields of the file in place of these */
const studyFile = (
  backend: "webgpu" | "wasm",
  seeds: readonly number[],
  steps: number,
  more: object = {},
) => ({
  name: "two.json",
  mimeType: "application/json",
  buffer: Buffer.from(
    JSON.stringify({
      schema: STUDY_SCHEMA,
      title: "Two mixes",
      question: "Is a mix better than cross alone?",
      spec: {
        ...decodeLink(TINY).spec,
        steps,
        evalEvery: 0,
        compute: { backend },
      },
      cells: [
        { name: "cross", changes: { "batch.ratio": ratio(0) } },
        { name: "half", changes: { "batch.ratio": ratio(0.5) } },
      ],
      seeds,
      primary: "map/multi",
      smallestEffect: 0.005,
      ...more,
    }),
  ),
});
const progress = (page: Page) => page.locator(".study-progress").getByRole("status");

async function startStudy(page: Page, file: ReturnType<typeof studyFile>): Promise<void> {
  await openView(page, "Study");
  await page.getByRole("button", { name: "Your own study" }).click();
  await page.getByLabel("Study file to open").setInputFiles(file);
  await page.getByRole("button", { name: "Start the study" }).click();
}

/** Of every record in the page's storage, by run. */
const digests = (page: Page) =>
  page.evaluate(async () => {
    const answer = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve) => (asked.onsuccess = () => resolve(asked.result)));
    const db = await answer(indexedDB.open("hybrid-batch-lab-studies"));
    const store = db.transaction("results").objectStore("results");
    const [keys, values] = [await answer(store.getAllKeys()), await answer(store.getAll())];
    db.close();
    const digestOf = (value: unknown) =>
      (value as { detail: { record: { digest: string } } }).detail.record.digest;
    return Object.fromEntries(keys.map((key, i) => [(key as string[])[1]!, digestOf(values[i])]));
  });

test("one trainer and two give the same records", async ({ browser }) => {
  const found: Record<string, string>[] = [];
  for (const cores of [1, 2]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript((n) => {
      Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => n });
    }, cores);
    const errors = await openLab(page);
    await startStudy(page, studyFile("wasm", [1, 2], 30));
    await expect(progress(page)).toHaveText("4 runs, done", { timeout: 240_000 });
    found.push(await digests(page));
    expect(errors).toEqual([]);
    await context.close();
  }
  expect(Object.keys(found[0]!).sort()).toEqual(["cross.1", "cross.2", "half.1", "half.2"]);
  expect(new Set(Object.values(found[0]!)).size).toBe(4);
  expect(found[1]).toEqual(found[0]);
});

test("a study whose tab is killed goes on to the records of one that was left alone", async ({ browser }) => {
  const file = studyFile("wasm", [1, 2, 3, 4], 40);
  const whole = async (page: Page) => {
    await expect(progress(page)).toHaveText("8 runs, done", { timeout: 240_000 });
    return digests(page);
  };
  const undisturbed = await browser.newContext();
  const alone = await undisturbed.newPage();
  await openLab(alone);
  await startStudy(alone, file);
  const wanted = await whole(alone);
  await undisturbed.close();

  const context = await browser.newContext();
  const page = await context.newPage();
  await openLab(page);
  await startStudy(page, file);
  // Looked for in every frame: within a second of the first, a fast machine is done with all.
  await page.waitForFunction(
    () =>
      /^[1-6] of 8 runs, running/.test(
        document.querySelector(".study-progress [role=status]")?.textContent ?? "",
      ),
    undefined,
    { polling: "raf", timeout: 240_000 },
  ); // and two or more are left
  const address = page.url();
  await page.goto("chrome://crash").catch(() => undefined); // its process dies, with the trainers: nothing is told
  await page.close();
  const next = await context.newPage();
  const errors: string[] = [];
  next.on("pageerror", ({ message }) => errors.push(message));
  await next.goto(address);
  expect(await whole(next)).toEqual(wanted);
  expect(errors).toEqual([]);
  await context.close();
});

test("a study goes on while its tab is hidden", async ({ page, context }) => {
  const errors = await openLab(page);
  await startStudy(page, studyFile("wasm", [1, 2, 3, 4], 30));
  await expect(progress(page)).toHaveText(/^\d of 8 runs, running/, { timeout: 60_000 });
  const other = await context.newPage();
  await other.goto("about:blank");
  await other.bringToFront();
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(progress(page)).toHaveText("8 runs, done", { timeout: 240_000 });
  expect(errors).toEqual([]);
});

test("what cannot be is refused before anything starts, and the cell is named", async ({ page }) => {
  const errors = await openLab(page);
  await openView(page, "Study");
  await page.getByRole("button", { name: "Your own study" }).click();
  const cell = (name: string, changes: object) => ({ name, changes });
  const values = (n: number) => Array.from({ length: n }, (_, i) => (i + 1) / 1000);
  const grid = { path: "optimizer.learningRate", values: values(1000) };
  const files: readonly [more: object, sentence: RegExp][] = [
    [{ cells: undefined, factors: [grid, { ...grid, path: "optimizer.weightDecay" }], seeds: values(1000).map((x) => 1000 * x) }, /is 1000000000 runs \(1000000 cells × 1000 seeds\); at most 10000/],
    [{ seeds: [1, 2, 1] }, /seed 1 is there twice/],
    [{ cells: [cell("one", {}), cell("off", { "batch.ratio": { ...ratio(0.5), multi: 0.2 } })] }, /cell off: batch.ratio sums to 1.2; its shares must sum to 1/],
    [{ cells: [cell("one", {}), cell("seeded", { seed: 4 })] }, /cell seeded: sets seed/],
  ]; // prettier-ignore
  for (const [more, sentence] of files) {
    await page.getByLabel("Study file to open").setInputFiles(studyFile("wasm", [1], 2, more));
    await expect(page.getByText(sentence)).toBeVisible();
  }
  const seeds = page.getByRole("spinbutton", { name: "Seeds in every cell" });
  await seeds.fill("100");
  await expect(page.locator(".study-refused")).toHaveText(
    "Seeds in every cell must be a whole number from 1 to 50, got 100; it stays 6",
  );
  await seeds.fill("2");
  await expect(page.locator(".study-refused")).toHaveCount(0);

  await page.getByRole("button", { name: "All studies" }).click();
  await page.getByLabel("A study’s file").setInputFiles(studyFile("wasm", [1], 2));
  await expect(page.getByText("Is a mix better than cross alone?")).toBeVisible(); // planned, not only refused
  const start = page.getByRole("button", { name: "Start the study" });
  const { spec } = decodeLink(TINY);
  const fewer = { ...spec, data: { ...spec.data, split: "devConcepts" }, steps: 2, evalEvery: 0 }; // to train on
  const planned: readonly [more: object, sentence: RegExp][] = [
    [{ spec: fewer, cells: [cell("usual", {}), cell("huge", { "batch.size": 1024 })] }, /^huge: Batch size: \w+ batches in .* need 1024 different concepts/],
    [{ spec: { ...fewer, languages: { ...spec.languages, train: { en: 1, xx: 1 } } } }, /^cross: .*has no xx; choose among its languages/],
    [{ spec: fewer, cells: [cell("usual", {}), cell("other", { "encoder.id": "local:mine" })] }, /^other: .*mine/],
  ]; // prettier-ignore
  for (const [more, sentence] of planned) {
    await page.getByLabel("Study file to open").setInputFiles(studyFile("wasm", [1], 2, more));
    await start.click();
    await expect(page.getByText(sentence)).toBeVisible({ timeout: 60_000 });
    await shot(page, "study-refused");
  }
  await page
    .getByLabel("Study file to open")
    .setInputFiles(studyFile("wasm", [1], 2, { spec: { data: { train: "xquad-r" } } }));
  await expect(page.getByText("Its data is not in this browser: xquad-r")).toBeVisible();
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await expect(page.locator(".study-progress")).toHaveCount(0); // nothing was begun
  expect(errors).toEqual([]);
});

test("two cells are trained on WebGPU, one after the other", async ({ page }) => {
  const errors = await openLab(page);
  await startStudy(page, studyFile("webgpu", [1], 2));
  await expect(progress(page)).toHaveText("2 runs, done", { timeout: 300_000 });
  await expect(page.getByRole("article", { name: "What was found" })).toContainText("Too few seeds to test");
  await expect(training(page).getByRole("status")).toHaveText("Ready to train");
  expect(Object.keys(await digests(page))).toHaveLength(2);
  expect(errors).toEqual([]);
});

test("a study that comes with the page opens on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route("**/studies/index.json", (route) => route.fulfill({ json: INVENTED_INDEX }));
  await page.route("**/studies/invented.json", (route) =>
    route.fulfill({ body: inventedResults(), contentType: "application/json" }),
  );
  const errors = await openLab(page);
  await openView(page, "Study");
  await page.getByRole("button", { name: /Invented for a test/ }).click();
  await expect(page.getByRole("article", { name: "What was found" })).toContainText(
    "9 cells with 10 seeds each",
  );
  await expect(page.getByRole("figure", { name: /cells minus/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByText("90 runs, each with its link").click();
  await page
    .getByRole("link", { name: /^Train this again .* seed 3$/ })
    .first()
    .click();
  await expect(page.getByRole("button", { name: "Train and check" })).toBeVisible();
  await shot(page, "study-phone");
  expect(errors).toEqual([]);
});
