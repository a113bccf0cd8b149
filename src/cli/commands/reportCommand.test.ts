import { mkdtemp, rm, writeFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import { digestOf } from "../../core/record/digest.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { lab } from "../commands.ts";

let dir = "";
const file = (name: string) => path.join(dir, name);
async function report(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await lab(["report", ...args], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Twelve concepts in two languages; each value raised by `more`. */
function manyConcepts(more: number): QueryValues {
  const values = Float32Array.from({ length: 24 }, (_, q) => (q % 12) / 16 + more);
  return {
    ...testValues,
    queryLangs: Uint16Array.from(values, (_, q) => Math.floor(q / 12)),
    clusters: Int32Array.from(values, (_, q) => q % 12),
    values: Object.fromEntries(Object.keys(testValues.values).map((m) => [m, values])),
  };
}

/** A run of so many steps and that seed, which tells of Mul mAP alone. */
function experiment(steps: number, seed: number, values: QueryValues): RunRecord {
  const { final } = fittingRecord(values);
  const points = [{ step: steps, metric: "map/multi", value: final.values["map/multi"]! }];
  return fittingRecord(values, undefined, { spec: { ...testRecord.spec, steps, seed }, points });
}

/** A branch at step 5, whose first points are of that step. */
function branchOf(values: QueryValues, before: QueryValues): RunRecord {
  const { spec, points } = fittingRecord(values, before);
  const later = points.map((point) => (point.step === 0 ? { ...point, step: 5 } : point));
  return fittingRecord(values, before, { points: later, parent: { spec, step: 5, digest: "a".repeat(64) } });
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-report-"));
  const [low, high] = [manyConcepts(0), manyConcepts(0.125)];
  const { points } = testRecord;
  await writeFile(file("plain.json"), recordJson(fittingRecord(testValues, undefined, { points })));
  await writeFile(file("a.json"), recordJson(experiment(20, 7, high), high));
  await writeFile(file("b.json"), recordJson(experiment(30, 7, low), low));
  await writeFile(file("a8.json"), recordJson(experiment(20, 8, low), low));
  await writeFile(file("b8.json"), recordJson(experiment(30, 8, low), low));
  await writeFile(file("c.json"), recordJson(experiment(40, 8, low), low));
  await writeFile(file("trained.json"), recordJson(fittingRecord(high, low), high, low));
  await writeFile(file("branch.json"), recordJson(branchOf(high, low), high, low));
  await writeFile(file("other.json"), recordJson(fittingRecord(testValues), testValues));
});
afterAll(() => rm(dir, { recursive: true }));

it("prints tables, with intervals where the values of single queries are there", async () => {
  const { code, out } = await report(file("plain.json"), file("a.json"));
  expect(code).toBe(0);
  const [, , plain, a] = out.split("\n");
  expect(plain).toBe("| plain | .563 | .250 | .344 | 6.0 | .708 |");
  expect(a).toMatch(/^\| a \| \.469 \\\[\.\d{3}, \.\d{3}\\\]/);
  expect((await report(file("plain.json"), "--to", "latex", "--languages")).out).toContain(
    "German (de), held out & 2 & .375",
  );
});

it("prints every point as CSV and one run for mteb", async () => {
  const { digest } = JSON.parse(await readFile(file("plain.json"), "utf8")) as { digest: string };
  expect((await report(file("plain.json"), "--to", "csv")).out.split("\r\n").slice(0, 3)).toEqual([
    "run,seed,step,metric,lang,kind,value,id",
    `plain,7,0,map/multi,,,0.125,${digest}`,
    `plain,7,1,loss/mono,,mono,2.5,${digest}`,
  ]);
  const mteb = JSON.parse((await report(file("plain.json"), "--to", "mteb")).out) as { task_name: string };
  expect(mteb.task_name).toBe("cldr-emoji");
});

const HEAD = "low\thigh\tp\tpHolm\tgroups\tover";

it("compares one run with its evaluation before training", async () => {
  const rows = (await report(file("trained.json"), "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("# One seed: this says nothing of other seeds.");
  expect(rows[1]).toBe(`metric\tlang\ttrained - before training\t${HEAD}`);
  expect(rows[2]!.split("\t").slice(0, 5)).toEqual(["map/mono", "all", ".125", ".125", ".125"]);
  const { out, err } = await report(file("branch.json"), "--to", "compare");
  expect(out.split("\n")[1]).toBe(`metric\tlang\tbranch - at its branch\t${HEAD}`);
  expect(err).toBe(""); // it fits itself
});

it("compares two runs query by query, and begins with what one seed each is worth", async () => {
  const rows = (await report(file("a.json"), file("b.json"), "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("# One seed each: this says nothing of other seeds.");
  expect(rows[1]).toBe(`metric\tlang\ta - b\t${HEAD}`);
  // every difference is .125, so is every resample; |mean| is reached by 2 of 2^12 swaps: p = .0005, Holm doubles it
  const [metric, lang, ...numbers] = rows[2]!.split("\t");
  expect([metric, lang, ...numbers.slice(0, 3)]).toEqual(["map/mono", "all", ".125", ".125", ".125"]);
  expect(Number(numbers[3])).toBeLessThan(0.003);
  expect(rows[3]!.split("\t")[1]).toBe("de");
  expect(rows[3]!.split("\t").slice(-2)).toEqual(["12", "questions"]);
});

it("calls nothing real between two seeds of one experiment", async () => {
  const rows = (await report(file("a.json"), file("a8.json"), "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("# Same experiment; this is how much a seed moves it.");
  for (const row of rows.slice(2)) expect(row.split("\t").slice(5, 7)).toEqual(["", ""]); // p, p by Holm
});

it("compares the seeds of two experiments, then one pair of their runs question by question", async () => {
  const files = ["b8.json", "a.json", "a8.json", "b.json"].map(file);
  const rows = (await report(...files, "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("# Over 2 seeds each, paired by seed.");
  expect(rows).toContain("# Mul mAP: too few seeds to test");
  expect(rows).toContain("# Rows over questions are of b8 and a8 alone.");
  // b - a: -.125 at seed 7, 0 at seed 8: mean -.0625, and of two no interval; 0 has no sign: p = 1
  expect(rows).toContain("map/multi\tall\t-.063\t\t\t1.0000\t\t2\tseeds");
  expect(rows.filter((row) => row.endsWith("seeds"))).toHaveLength(1); // what all four have
  expect(rows.some((row) => /^map\/mono\tde\t.*questions$/.test(row))).toBe(true);
});

it.each([
  [["--to", "word", "a.json"], '--to must be one of markdown, latex, csv, pairs, mteb, compare, got "word"'],
  [[], "name at least one run.json"],
  [["nowhere.json"], "there is no such file"],
  [["--to", "compare", "a.json"], "a lacks perQueryBefore, the values before training"],
  [
    ["--to", "compare", "a.json", "a8.json", "a.json"],
    "these are 3 runs of one experiment; name those of another",
  ],
  [
    ["--to", "compare", "a.json", "b.json", "c.json"],
    "a, b, c are three experiments; --to compare takes the runs of",
  ],
  [["--to", "mteb", "a.json", "b.json"], "--to mteb takes one run.json, got 2"],
  [["--to", "compare", "a.json", "plain.json"], "plain lacks perQuery"],
  [["--to", "compare", "a.json", "other.json"], "a and other were not tested on the same queries"],
])("tells in one line what is wrong with %j", async (args, sentence) => {
  const { code, err } = await report(...args.map((arg) => (arg.endsWith(".json") ? file(arg) : arg)));
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.split("\n")).toHaveLength(1);
});

it("says of a forged record that it does not fit itself, in each format, and still shows it", async () => {
  const values = manyConcepts(0);
  const record = fittingRecord(values, values);
  const final = { ...record.final, values: { ...record.final.values, "map/multi": 0.98 } };
  await writeFile(file("forged.json"), recordJson({ ...record, final }, values, values));
  await writeFile(
    file("redigested.json"),
    recordJson({ ...record, final, digest: digestOf({ ...record, final }) }, values, values),
  );
  for (const name of ["forged", "redigested"]) {
    for (const format of ["markdown", "latex", "csv", "pairs", "mteb", "compare"]) {
      const { code, out, err } = await report(file(`${name}.json`), "--to", format);
      expect([code, err.split("\n").length]).toEqual([0, 1]);
      expect(err).toContain(
        `${name}.json: this record does not fit itself, it was altered after its run or damaged: `,
      );
      expect(err).toContain("final map/multi is 0.98, the mean over its languages 0.34375");
      expect(err.includes("the digest is not the one of its numbers")).toBe(name === "forged");
      if (format !== "mteb") expect(out).toContain(`${name} (record does not fit itself)`);
    }
  }
  expect((await report(file("forged.json"), file("a.json"), "--to", "compare")).out).toContain(
    "forged (record does not fit itself) - a",
  );
  const err: string[] = [];
  await lab(["plan", file("forged.json"), "--steps", "1"], {
    out: () => undefined,
    err: (line) => err.push(line),
  });
  expect(err[0]).toContain("forged.json: this record does not fit itself");
});
