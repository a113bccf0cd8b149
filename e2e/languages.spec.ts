// The view Languages of a run of 50: opened from a file, so that nothing is trained.
import { expect, test } from "@playwright/test";
import { recordJson } from "../src/core/export/recordJson.ts";
import { fittingRecord } from "../src/testing/fittingRecord.ts";
import { testRecord } from "../src/testing/testRecord.ts";
import { openLab, openView, shot } from "./lab.ts";

const CODES = (
  "af am as ba bg bn bs chr cs cv da de dsb en es et fa fil fr gd gu hr hu id is ja ka km ko ky lt mk mn ms " +
  "ne no or pcm ps qu ro sd si sl sq sv ta th tk uk"
).split(" ");

/** Every language asked one question; numbers by arithmetic, of no run. */
function record(): string {
  const numbers = (from: number) => Float32Array.from(CODES, (_, i) => from + i / 200);
  const values = {
    languages: CODES,
    queryLangs: Uint16Array.from(CODES.keys()),
    clusters: Int32Array.from(CODES.keys()),
    crossPools: Int32Array.from(CODES, () => 1),
    values: {
      "map/mono": numbers(0.5),
      "map/cross": numbers(0.1),
      "map/multi": numbers(0.05),
      rankDistance: numbers(2),
      sameLanguageShare: numbers(0.25),
    },
  };
  const { spec } = testRecord;
  const train = Object.fromEntries(CODES.map((lang) => [lang, 1]));
  return recordJson(
    fittingRecord(values, undefined, {
      spec: { ...spec, languages: { ...spec.languages, train, heldOut: [], eval: CODES } },
    }),
  );
}

test("50 languages: rows of one height in every order, and a language that is not among them is said to be none", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const errors = await openLab(page);
  await page
    .getByLabel("Run records to open")
    .setInputFiles({ name: "fifty.json", mimeType: "application/json", buffer: Buffer.from(record()) });
  await openView(page, "Languages");
  const rows = page.locator(".grid tbody tr");
  await expect(rows).toHaveCount(CODES.length);
  for (const order of ["script", "class", "similarity"]) {
    await page.getByLabel("Order of the languages").selectOption(order);
    const heights = await rows.evaluateAll((found) =>
      found.map((row) => Math.round(row.getBoundingClientRect().height)),
    );
    expect(Math.max(...heights) - Math.min(...heights), order).toBeLessThanOrEqual(1);
    await shot(page, `fifty-${order}`);
  }

  const search = page.getByRole("combobox", { name: "Find a language and highlight it" });
  await search.fill("Klingon");
  await search.press("Enter");
  await expect(page.getByText("None of these 50 languages.")).toBeVisible();
  await expect(search).toHaveValue("Klingon");
  await search.fill("Ukr");
  await search.press("Enter");
  await expect(page.getByText("None of these 50 languages.")).toHaveCount(0);
  await expect(page.locator(".grid th[data-highlighted]")).toHaveText(["uk", "uk"]);
  expect(errors).toEqual([]);
});
