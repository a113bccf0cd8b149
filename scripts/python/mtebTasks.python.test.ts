// Invented Belebele and NanoBEIR files through the lab and through mteb's own tasks, with one model: equal nDCG@10 of each pair
// of languages.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildEmbedded } from "../../src/cli/buildEmbedded.ts";
import { mtebTask } from "../../src/core/export/mtebTasks.ts";
import { belebeleFiles, nanoFiles } from "../../src/testing/hubSets.ts";
import { callLab } from "../../src/testing/labCall.ts";
import type { FolderFiles } from "../../src/testing/ownFolders.ts";
import { readRecord } from "../../src/testing/readRecord.ts";
import { judge } from "./judge.ts";

const SETS: Record<string, FolderFiles> = {
  belebele: belebeleFiles(),
  "nanobeir-nq": nanoFiles("NQ", "mteb"),
};

const dir = mkdtempSync(path.join(tmpdir(), "lab-mteb-"));
const home = process.env["LAB_HOME"];
const folderOf = (id: string) => path.join(dir, "given", id);
const paths = (id: string) =>
  Object.fromEntries(Object.keys(SETS[id]!).map((name) => [name, path.join(folderOf(id), name)]));

async function call(...args: string[]): Promise<string> {
  const { code, out, err } = await callLab(...args, "--quiet");
  expect(code, err).toBe(0);
  return out;
}

/** By the lab: subset of mteb's -> nDCG@10. */
const mine: Record<string, Record<string, number>> = {};
interface Theirs {
  readonly mteb: number;
  readonly trecEval: number;
  readonly documents: number;
  readonly queries: number;
}
const theirs: Record<string, Record<string, Theirs>> = {};
const reported: Record<string, Record<string, number>> = {};

beforeAll(async () => {
  await buildEmbedded();
  const jobs: object[] = [];
  for (const [id, files] of Object.entries(SETS)) {
    for (const [name, place] of Object.entries(paths(id))) {
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, files[name]!);
    }
    process.env["LAB_HOME"] = path.join(dir, "home");
    await call("data", "add", id, "--from", folderOf(id));
    const out = path.join(dir, `${id}.json`);
    const model = path.join(dir, `${id}-model`);
    const languages = id === "belebele" ? "en,hi,hi-Latn,sw" : "de,en";
    const settings = [
      `data.eval=${id}`,
      `languages.eval=${languages}`,
      "languages.train=cy,en",
      "languages.heldOut=none",
      "encoder.id=distilled-mini",
      "batch.size=16",
      "steps=2",
      "evalEvery=0",
      "evaluate.cuts=ndcg@10/pairs",
    ].flatMap((setting) => ["--set", setting]);
    await call("run", "preset:hybrid", ...settings, "--backend", "wasm", "--out", out, "--save", model);
    const task = mtebTask(id)!;
    const { pairs } = (await readRecord(out)).final;
    const own = Object.entries(pairs!["ndcg@10/pairs"]!).flatMap(([query, row]) =>
      Object.entries(row).flatMap(([passage, value]) => {
        const subset = task.subset({ query, passage });
        return subset === undefined ? [] : [[subset, value!] as const];
      }),
    );
    mine[id] = Object.fromEntries(own);
    const report = JSON.parse(await call("report", out, "--to", "mteb")) as {
      scores: { test: { hf_subset: string; main_score: number }[] };
    };
    reported[id] = Object.fromEntries(report.scores.test.map((one) => [one.hf_subset, one.main_score]));
    jobs.push({ task: task.name, folder: model, files: paths(id), subsets: Object.keys(mine[id]) });
  }
  const answers = await judge<Record<string, Theirs>[]>("mtebTasks.py", jobs);
  for (const [i, id] of Object.keys(SETS).entries()) theirs[id] = answers[i]!;
}, 300_000);
afterAll(() => {
  if (home === undefined) delete process.env["LAB_HOME"];
  else process.env["LAB_HOME"] = home;
  rmSync(dir, { recursive: true });
});

describe.each(Object.keys(SETS))("%s", (id) => {
  it("has mteb's nDCG@10 in each pair of languages, with the same vectors", () => {
    for (const [subset, { mteb, trecEval }] of Object.entries(theirs[id]!)) {
      expect(Math.abs(mine[id]![subset]! - trecEval), subset).toBeLessThan(1e-6);
      expect(Math.abs(mine[id]![subset]! - mteb), subset).toBeLessThan(0.6e-5); // mteb rounds to 5 digits
    }
    const values = Object.values(mine[id]!);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true); // neither blind nor perfect: worth a comparison
  });

  it("has them in its report under mteb's names", () => {
    expect(reported[id]).toEqual(mine[id]);
  });
});

it("has mteb's pairs, documents and questions", () => {
  const { belebele, "nanobeir-nq": nano } = theirs;
  // 4 own, 3 to and 3 from English, Hindi in two scripts both ways; two questions of the last language have the same words
  expect(Object.keys(belebele!)).toHaveLength(12);
  expect(belebele!["swh_Latn-swh_Latn"]).toMatchObject({ documents: 12, queries: 19 });
  expect(belebele!["swh_Latn-eng_Latn"]).toMatchObject({ documents: 12, queries: 20 });
  expect(Object.keys(nano!)).toEqual(["de", "en"]);
  expect(nano!["de"]).toMatchObject({ documents: 8, queries: 4 });
});
