// docs/experiments.md says what the committed studies say, and nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { languageInfo } from "../../src/core/languages/languageInfo.ts";
import { analyse } from "../../src/core/study/analysis/analyse.ts";
import { parseStudy } from "../../src/core/study/parseStudy.ts";
import { resultsText, studyResults } from "../../src/core/study/results/studyResults.ts";
import { studyRuns } from "../../src/core/study/studyRuns.ts";
import { handResult, handStudy } from "../../src/testing/handMadeStudy.ts";
import { committedStudies, FOLDER, INDEX, indexText } from "./committedStudies.ts";
import { experimentsText } from "./experimentsText.ts";

const folder = mkdtempSync(join(tmpdir(), "lab-studies-"));
afterAll(() => rmSync(folder, { recursive: true }));

const committed = committedStudies();

it("holds the page's list to the committed studies", () => {
  expect(readFileSync(join(FOLDER, INDEX), "utf8")).toBe(indexText(committed));
  expect(committed.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(30e6);
});

// The text written by hand stays until there are records.
it.skipIf(committed.length === 0)(
  "holds docs/experiments.md to the committed studies",
  async () => {
    const docs = readFileSync(new URL("../../docs/experiments.md", import.meta.url), "utf8");
    expect(docs).toBe(await experimentsText(committed));
  },
  120_000,
);

it("says that nothing was run, and what each study would cost", async () => {
  const text = await experimentsText([]);
  expect(text).toContain("No study has been run and committed yet.");
  expect(text).toContain("`mono-share`");
});

it("has the card of each committed file, and no longer counts it as not run", async () => {
  const result = handResult({ cross: [0.25, 0.25, 0.25], "mono-20": [0.5, 0.5, 0.5], "mono-50": [0, 0, 0] });
  const runs = result.runs.map((run) => ({ ...run, digest: "a".repeat(64) }));
  const file = resultsText(studyResults(handStudy, { runs, missing: [] }));
  writeFileSync(join(folder, "mono-share-classroom.json"), file);
  const studies = committedStudies(folder);
  expect(studies[0]!.analysis).toEqual(analyse(handStudy, { runs, missing: [] }));
  const text = await experimentsText(studies);
  expect(text).toContain("## How much mono");
  expect(text).toContain("“mono-20”: +.250");
  expect(text).toContain("[mono-share-classroom.json](../public/studies/mono-share-classroom.json)");
  expect(text).not.toMatch(/`mono-share`\) +\| classroom/);
  expect(text).toMatch(/`mono-share`\) +\| laptop/);
  expect(JSON.parse(indexText(studies))).toEqual([
    {
      name: "mono-share-classroom",
      title: "How much mono",
      headline: expect.any(String) as string,
      runs: 9,
      bytes: Buffer.byteLength(file),
    },
  ]);
});

it("has the paper's table from two small transformers ready to run", () => {
  const file = "scripts/experiments/paperTableSmall.json";
  const study = parseStudy(JSON.parse(readFileSync(file, "utf8")), file);
  expect(studyRuns(study)).toHaveLength(18);
  const starts = studyRuns(study).map(({ cell, spec }) => [cell.split("-")[1], spec.encoder.id]);
  expect([...new Set(starts.map((start) => start.join(" ")))].sort()).toEqual([
    "aligned distilled-small",
    "raw distilled-small-raw",
  ]);
  expect(study.spec.data).toMatchObject({ train: "xquad-r", eval: "same", split: "heldOut" });
});

it.each(["tico-19", "nusax", "exams", "afriqa-questions"])(
  "asks for low-resource languages of %s, ready to run",
  (data) => {
    const name = { "tico-19": "Tico", nusax: "Nusax", exams: "Exams", "afriqa-questions": "Afriqa" }[data]!;
    const file = `scripts/experiments/lowResource${name}.json`;
    const study = parseStudy(JSON.parse(readFileSync(file, "utf8")), file);
    expect(studyRuns(study)).toHaveLength(70);
    expect(study.spec.data).toMatchObject({ train: data, eval: "same", split: "devConcepts" });
    const classes = Object.keys(study.spec.languages.train).map((lang) => languageInfo(lang).resourceClass);
    expect(classes.some((one) => one !== null && one <= 2)).toBe(true);
    expect(classes.some((one) => one !== null && one >= 3)).toBe(true);
  },
);
