// Thirty result files dropped at once, of which some are broken, altered, equal or of another test: one picture of the rest.
import { mkdir, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { recordJson } from "../src/core/export/recordJson.ts";
import { recipeCode } from "../src/core/record/recipeCode.ts";
import { digestOf } from "../src/core/record/digest.ts";
import type { EvalResult } from "../src/core/metrics/evaluation.ts";
import { ofKinds } from "../src/core/spec/batchKind.ts";
import { fittingRecord } from "../src/testing/fittingRecord.ts";
import { testRecord, testValues } from "../src/testing/testRecord.ts";
import { dropOn, expectAccessible, openLab, shot, TINY, train, withKeys } from "./lab.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(300_000);

/** Three seeds of each mix, with invented numbers before and after. */
function pupil(i: number, final: Partial<EvalResult> = {}) {
  const { spec } = testRecord;
  const mono = Math.floor(i / 3) / 8;
  const ratio = ofKinds({ mono, cross: 1 - mono });
  const own = { ...spec, batch: { ...spec.batch, ratio }, seed: 1 + (i % 3) };
  const cross = testValues.values["map/cross"]!.map((value) => value / 2 + i / 100);
  const after = { ...testValues, values: { ...testValues.values, "map/cross": cross } };
  const record = fittingRecord(after, testValues, { spec: own });
  return { ...record, final: { ...record.final, ...final } };
}

test("thirty results with five broken ones give one picture, and each of the five is named", async ({
  page,
}, info) => {
  const dir = info.outputPath("class");
  await mkdir(dir, { recursive: true });
  const records = Array.from({ length: 21 }, (_, i) => pupil(i));
  const texts = records.map((record) => recordJson(record));
  const files = new Map(texts.map((text, i) => [`pupil ${i + 1}.json`, text]));
  for (const i of [21, 22]) {
    const { digest: _, ...record } = pupil(i, { pool: 99 });
    files.set(`other ${i}.json`, recordJson({ ...record, digest: digestOf(record) }));
  }
  files.set("copy.json", texts[0]!).set("again.json", texts[5]!);
  files.set("cut.json", texts[1]!.slice(0, 900));
  files.set("empty.json", "");
  files.set("page.html", "<!doctype html><title>Sign in</title>");
  files.set("notes.json", JSON.stringify({ schema: "hybrid-batch-lab/run@1" }));
  files.set("altered.json", texts[2]!.replace('"value": ', '"value": 1'));
  const paths = [...files].map(([name]) => `${dir}/${name}`);
  await Promise.all([...files].map(([name, text]) => writeFile(`${dir}/${name}`, text)));
  expect(paths).toHaveLength(30);

  const errors = await openLab(page);
  await page.getByRole("button", { name: "A class’s results" }).click();
  const dialog = page.getByRole("dialog");
  await dropOn(page, dialog.locator(".dropZone"), ...paths);
  await expect(
    dialog.getByText(
      "21 results of 7 recipes on one picture; not on it: 4 could not be read, 1 altered, 2 on another test, 2 equal to another.",
    ),
  ).toBeVisible({ timeout: 60_000 });
  await expect(dialog.locator(".curve").first()).toBeVisible();
  await expect(dialog.getByRole("row")).toHaveCount(8);
  for (const broken of ["cut.json", "empty.json", "page.html", "notes.json", "altered.json"])
    await expect(dialog.getByRole("listitem").filter({ hasText: broken })).toHaveCount(1);
  await expect(dialog.getByText("copy.json: as pupil 1.json")).toBeVisible();
  await expectAccessible(page); // at this size: the dialog belongs to a part that narrower windows show apart
  await shot(page, "classroom");

  const code = recipeCode(records[4]!);
  await dialog.getByLabel("Code of a recipe").fill(code.toLowerCase().replace("-", " "));
  await expect(dialog.getByText(new RegExp(`^${code}: .*3 results above`))).toBeVisible();
  await dialog.getByRole("button", { name: "Load settings" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".runItem")).toHaveCount(0); // nothing is kept
  expect(errors).toEqual([]);
});

test("a card that was saved is read with its record, and its code finds the run", async ({ page }, info) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&evalEvery=10&steps=20"));
  await train(page, 20);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^Result card/ }).check();
  await expect(dialog.getByRole("img", { name: /^Result card of/ })).toBeVisible();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save card (PNG)" }).click();
  const card = info.outputPath("card.png");
  await (await download).saveAs(card);
  await shot(page, "classroom-card");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "A class’s results" }).click();
  await dropOn(page, dialog.locator(".dropZone"), card);
  await expect(dialog.getByText("1 result of 1 recipe on one picture.")).toBeVisible();
  const code = await dialog.getByRole("cell").first().innerText();
  await dialog.getByLabel("Code of a recipe").fill(code);
  await expect(dialog.getByText(/1 run of this browser: /)).toBeVisible();
  expect(errors).toEqual([]);
});

test("files dropped beside what takes them leave the page where it is", async ({ page }) => {
  const errors = await openLab(page);
  await page.getByRole("button", { name: "A class’s results" }).click();
  const beside = page.getByRole("dialog").getByRole("heading", { name: "A class’s results" });
  const isKept = (type: string, withFile: boolean) =>
    beside.evaluate(
      (element, { type, withFile }) => {
        const dataTransfer = new DataTransfer();
        if (withFile) dataTransfer.items.add(new File(["{}"], "a.json"));
        else dataTransfer.setData("text/plain", "a");
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        return !element.dispatchEvent(event);
      },
      { type, withFile },
    );
  expect([await isKept("dragover", true), await isKept("drop", true)]).toEqual([true, true]);
  expect(await isKept("dragover", false)).toBe(false); // text goes into fields, as everywhere
  expect(errors).toEqual([]);
});
