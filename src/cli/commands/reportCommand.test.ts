import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
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

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-report-"));
  await writeFile(file("plain.json"), recordJson(testRecord));
  await writeFile(file("a.json"), recordJson(testRecord, manyConcepts(0.125)));
  await writeFile(file("b.json"), recordJson(testRecord, manyConcepts(0)));
  await writeFile(file("trained.json"), recordJson(testRecord, manyConcepts(0.125), manyConcepts(0)));
  await writeFile(file("other.json"), recordJson(testRecord, testValues));
});
afterAll(() => rm(dir, { recursive: true }));

it("prints tables, with intervals where the values of single queries are there", async () => {
  const { code, out } = await report(file("plain.json"), file("a.json"));
  expect(code).toBe(0);
  const [, , plain, a] = out.split("\n");
  expect(plain).toBe("| plain | 7 | 20 | .563 | .250 | .344 | 6.0 | .708 |");
  expect(a).toMatch(/^\| a \| 7 \| 20 \| \.563 \\\[\.\d{3}, \.\d{3}\\\]/);
  expect((await report(file("plain.json"), "--to", "latex", "--languages")).out).toContain(
    "German (de), held out & 2 & .375",
  );
});

it("prints every point as CSV and one run for mteb", async () => {
  expect((await report(file("plain.json"), "--to", "csv")).out.split("\r\n").slice(0, 3)).toEqual([
    "run,seed,step,metric,lang,kind,value",
    "plain,7,0,map/multi,,,0.125",
    "plain,7,1,loss/mono,,mono,2.5",
  ]);
  const mteb = JSON.parse((await report(file("plain.json"), "--to", "mteb")).out) as { task_name: string };
  expect(mteb.task_name).toBe("cldr-emoji");
});

it("compares one run with its evaluation before training", async () => {
  const rows = (await report(file("trained.json"), "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("metric\tlang\ttrained - before training\tlow\thigh\tp\tpHolm\tgroups");
  expect(rows[1]!.split("\t").slice(0, 5)).toEqual(["map/mono", "all", ".125", ".125", ".125"]);
});

it("compares two runs query by query", async () => {
  const rows = (await report(file("a.json"), file("b.json"), "--to", "compare")).out.split("\n");
  expect(rows[0]).toBe("metric\tlang\ta - b\tlow\thigh\tp\tpHolm\tgroups");
  // every difference is .125, so is every resample; |mean| is reached by 2 of 2^12 swaps: p = .0005, Holm doubles it
  const [metric, lang, ...numbers] = rows[1]!.split("\t");
  expect([metric, lang, ...numbers.slice(0, 3)]).toEqual(["map/mono", "all", ".125", ".125", ".125"]);
  expect(Number(numbers[3])).toBeLessThan(0.003);
  expect(rows[2]!.split("\t")[1]).toBe("de");
  expect(rows[2]!.split("\t").at(-1)).toBe("12");
});

it.each([
  [["--to", "word", "a.json"], '--to must be one of markdown, latex, csv, mteb, compare, got "word"'],
  [[], "name at least one run.json"],
  [["nowhere.json"], "cannot be read (ENOENT)"],
  [["--to", "compare", "a.json"], "a lacks perQueryBefore, the values before training"],
  [["--to", "compare", "a.json", "b.json", "a.json"], "--to compare takes one or two run.json, got 3"],
  [["--to", "compare", "a.json", "plain.json"], "plain lacks perQuery"],
  [["--to", "compare", "a.json", "other.json"], "a and other were not tested on the same queries"],
])("tells in one line what is wrong with %j", async (args, sentence) => {
  const { code, err } = await report(...args.map((arg) => (arg.endsWith(".json") ? file(arg) : arg)));
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.split("\n")).toHaveLength(1);
});
