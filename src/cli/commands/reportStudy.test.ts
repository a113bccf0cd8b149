import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writtenStudy } from "../../core/study/parseStudy.ts";
import { resultsText, studyResults } from "../../core/study/results/studyResults.ts";
import { handResult, handStudy } from "../../testing/handMadeStudy.ts";
import { lab } from "../commands.ts";

let dir = "";
const result = handResult({ cross: [0.25, 0.25], "mono-20": [0.5, 0.5], "mono-50": [0.125, 0.125] });
const digest = "a".repeat(64);
const runs = result.runs.map((run) => ({ ...run, digest }));
const file = resultsText(studyResults(handStudy, { runs, missing: [] }));

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-study-report-"));
  await mkdir(path.join(dir, "folder"));
  await writeFile(path.join(dir, "folder", "study.json"), JSON.stringify(writtenStudy(handStudy)));
  await writeFile(path.join(dir, "file.json"), file);
});
afterAll(() => rm(dir, { recursive: true }));

async function report(name: string, ...args: string[]) {
  const out: string[] = [];
  const code = await lab(["report", path.join(dir, name), ...args], {
    out: (line) => out.push(line),
    err: (line) => out.push(line),
  });
  return { code, text: out.join("\n") };
}

it("prints the card of a study's results, and gives them back as they were", async () => {
  const { code, text } = await report("file.json");
  expect(code).toBe(0);
  expect(text).toMatch(/^How much mono\n\nHow much of a batch may be monolingual\?\n\nToo few seeds to test/);
  expect((await report("file.json", "--to", "results")).text).toBe(file.trimEnd());
  expect((await report("file.json", "--to", "latex")).text).toContain("\\begin{tabular}");
  expect((await report("file.json", "--to", "csv")).text).toContain("map/cross,mono-20,mono-20,1,0.5");
});

it("says of a folder without a record what is missing", async () => {
  const { code, text } = await report("folder");
  expect(code).toBe(0);
  expect(text).toContain("Nothing can be said yet");
  expect(text).toContain("18 runs missing: ");
  expect(text).toContain("(not run yet)");
});

it("says of a folder that is no study what it is, and what to name", async () => {
  await mkdir(path.join(dir, "loose"));
  await mkdir(path.join(dir, "folder", "runs"));
  const loose = await report("loose");
  expect(loose.code).toBe(2);
  expect(loose.text).toMatch(
    /report: .*loose is a folder without a study\.json; name a folder of lab sweep, or the files of runs, as in .*loose.\*\.json$/,
  );
  expect((await report("folder/runs")).text).toMatch(/runs is a part of a study's folder; name .*folder$/);
  expect((await report("file.json", path.join(dir, "loose"))).text).toContain("name one study, got 2 names");
});

it("refuses what is made of runs, and more than one study", async () => {
  const mteb = await report("file.json", "--to", "mteb");
  expect(mteb).toMatchObject({ code: 2 });
  expect(mteb.text).toContain(
    'of a study --to must be one of text, markdown, latex, csv, results, zip, got "mteb"',
  );
  expect((await report("folder", path.join(dir, "file.json"))).text).toContain("name one study, got 2 names");
});

it("compares only cells that had as much as the control where that is asked", async () => {
  const less = runs.map((run) =>
    run.cell === "mono-50" ? { ...run, spent: { ...run.spent, crossBatches: 50 } } : run,
  );
  await writeFile(path.join(dir, "less.json"), resultsText(studyResults(handStudy, { runs: less, missing: [] })));
  const { text } = await report("less.json", "--equal", "crossBatches");
  expect(text).toMatch(/^How much mono: cells of equal cross-lingual batches\n/);
  expect(text).toContain("mono-20");
  expect(text).not.toContain("mono-50");
  expect((await report("less.json", "--equal", "pairs")).text).toContain("mono-50");
  expect((await report("less.json", "--equal", "texts")).text).toBe(
    'report: --equal must be one of steps, crossBatches, pairs, got "texts"',
  );
  expect((await report("less.json", "--equal", "pairs", "--to", "results")).text).toMatch(/^report: --equal is for a card/);
  const none = less.map((run) => (run.cell === "cross" ? { ...run, spent: { ...run.spent, pairs: 1 } } : run));
  await writeFile(path.join(dir, "none.json"), resultsText(studyResults(handStudy, { runs: none, missing: [] })));
  expect((await report("none.json", "--equal", "pairs")).text).toBe(
    "report: --equal pairs: no other cell has as many as cross",
  );
}); // prettier-ignore
