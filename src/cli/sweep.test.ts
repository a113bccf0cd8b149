// Sweeps in a folder: the same numbers however they are run, and what is refused before anything starts.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordJson } from "../core/export/recordJson.ts";
import { digestOf } from "../core/record/digest.ts";
import { parseRunRecord } from "../core/record/parseRunRecord.ts";
import { callLab } from "../testing/labCall.ts";
import { SMALL_STUDY } from "../testing/smallStudy.ts";
import { SOURCED } from "../testing/sourcedStudy.ts";
import type { ResultsFile } from "../core/study/results/studyResults.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
const at = (...names: string[]) => path.join(dir, ...names);
const study = async (name: string, changes: object = {}) => {
  await writeFile(at(name), JSON.stringify({ ...SMALL_STUDY, ...changes }));
  return at(name);
};
const text = (...names: string[]) => readFile(at(...names), "utf8");
const sweep = (...args: string[]) => callLab("sweep", ...args);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-sweep-"));
  await buildEmbedded();
  const made = await sweep(await study("s.json"), "--out", at("one"), "--jobs", "1");
  expect(made).toMatchObject({ code: 0 });
  expect(made.out).toBe(`runs\t6 of 6\nsummary\t${at("one", "summary.json")}`);
  expect(made.err).toMatch(/^Small: 3 cells × 2 seeds, 6 runs, .*, 1 run at a time$/m);
  expect(made.err).toMatch(/^2 seeds are a look, too few to test Cr mAP/m);
  expect(made.err).toMatch(/^6\/6 \w+\.2  Cr mAP 0\.\d{4}  [\d.]+ runs a minute$/m);
}, 300_000);
afterAll(() => rm(dir, { recursive: true }));

describe("a sweep", () => {
  it("writes a record of each run, which is what the run alone gives, and replays", async () => {
    const names = (await readdir(at("one", "runs"))).sort();
    expect(names).toEqual(
      ["cross", "hybrid", "mono"].flatMap((cell) => [`${cell}.1.json`, `${cell}.2.json`]),
    );
    for (const name of names) {
      expect(await callLab("replay", at("one", "runs", name), "--quiet")).toMatchObject({ code: 0 });
    }
  }, 300_000);

  it("is one file of which each run is run again and verified part by part", async () => {
    const written = await callLab("report", at("one"), "--to", "results");
    await writeFile(at("results.json"), written.out);
    const again = await callLab("replay", at("results.json"), "--run", "hybrid.2");
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toMatch(/^Every number is the same.*\nrepeated$/);
    expect(again.err).toMatch(/^plan\trepeated\t.*\nlosses\trepeated\t.*\nmetrics\trepeated\t/m);
    // The record in the folder has more to be held against.
    expect((await callLab("replay", at("one"), "--run", "mono.1", "--quiet")).out).toMatch(
      /^repeated\tdigest /,
    );

    const file = JSON.parse(written.out) as ResultsFile;
    const runs = file.runs.map((run) => ({
      ...run,
      digest: "0".repeat(64),
      parts: ["0".repeat(10), ...run.parts!.slice(1)],
    }));
    await writeFile(at("other.json"), JSON.stringify({ ...file, runs }));
    const other = await callLab("replay", at("other.json"), "--run", "cross.1", "--quiet");
    expect(other.code).toBe(1);
    expect(other.out).toMatch(
      /^plan\tdifferent\tother batches were drawn\nlosses\trepeated\t.*\nmetrics\trepeated\t/,
    );
    expect(other.out).toContain("The first thing that differs: the plan.");

    const names = "cross.1, ";
    expect(await callLab("replay", at("results.json"))).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        "is a study: name one of its runs with --run CELL.SEED; it has ",
      ) as string,
    });
    expect(await callLab("replay", at("results.json"), "--run", "cross.9")).toMatchObject({
      code: 2,
      err: expect.stringContaining("has no result of cross.9; it has ") as string,
    });
    expect((await callLab("replay", at("one"), "--run", "cross")).err).toContain(names);
    expect(await callLab("replay", at("one", "runs", "mono.1.json"), "--run", "mono.1")).toMatchObject({
      code: 2,
      err: expect.stringContaining("is no study with results") as string,
    });
  }, 300_000);

  it("gives the same summary with two runs at a time, and with some runs before the others", async () => {
    expect(await sweep(at("s.json"), "--out", at("two"), "--jobs", "2", "--quiet")).toMatchObject({
      code: 0,
      err: "",
    });
    expect(await text("two", "summary.json")).toBe(await text("one", "summary.json"));
    for (const name of ["mono.1.json", "cross.2.json"]) await rm(at("two", "runs", name));
    await writeFile(at("two", "runs", "hybrid.1.json"), "{"); // as if the disk had failed
    const refused = await sweep(at("s.json"), "--out", at("two"));
    expect(refused).toMatchObject({
      code: 2,
      err: `--out ${at("two")}: has runs of this study already; --resume goes on with them`,
    });
    const again = await sweep("--out", at("two"), "--resume");
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain("hybrid.1.json: is not JSON");
    expect(again.err).toContain("3 runs of 6 are there already");
    expect(await text("two", "summary.json")).toBe(await text("one", "summary.json"));
  }, 300_000);

  it("counts no record that was altered, and does without values of questions that cannot be read", async () => {
    const altered = JSON.parse(await text("one", "runs", "mono.1.json")) as {
      final: { map: { cross: number } };
    };
    altered.final.map.cross += 0.5;
    for (const folder of ["runs", "queries"]) await mkdir(at("hurt", folder), { recursive: true });
    await copyFile(at("one", "study.json"), at("hurt", "study.json"));
    await copyFile(at("one", "runs", "cross.1.json"), at("hurt", "runs", "cross.1.json"));
    await writeFile(at("hurt", "runs", "mono.1.json"), JSON.stringify(altered));
    await writeFile(at("hurt", "queries", "cross.1.json.gz"), "no gzip");
    const report = await callLab("report", at("hurt"), "--to", "csv");
    expect(report.out).toMatch(/^map\/cross,cross,[^,]*,1,0\.\d/m);
    expect(report.out).not.toMatch(/^map\/cross,mono,[^,]*,1,0\.\d/m);
    const joined = await sweep("--out", at("healed"), "--collect", at("hurt"));
    expect(joined.out).toContain("joined\t1 record from");
    expect(joined.err).toContain("mono.1.json: this record does not fit itself");
  }, 300_000);

  it("marks what fails in the middle, goes on with the rest, and says what is missing", async () => {
    const [cross, hybrid] = SMALL_STUDY.cells;
    const taught = {
      name: "taught",
      changes: { "loss.distillation": "mse", "loss.teacher": "distilled-weak" },
    };
    const file = await study("f.json", { cells: [cross, taught, hybrid], seeds: [1] });
    const { code, out, err } = await sweep(file, "--out", at("failed"));
    expect([code, out.split("\n")[0]]).toEqual([1, "runs\t2 of 3"]);
    const why = /^missing: taught\.1: (.*)$/m.exec(err)![1]!;
    expect(why).toContain("width");
    expect(await text("failed", "summary.json")).toContain(JSON.stringify(why).slice(1, -1));
  }, 300_000);

  it("goes on with more seeds, and is joined from folders", async () => {
    const more = await study("m.json", { seeds: [1, 2, 3] });
    for (const part of ["a", "b"]) await mkdir(at(part, "runs"), { recursive: true });
    await writeFile(at("a", "study.json"), await text("s.json"));
    await writeFile(at("b", "study.json"), await text("m.json"));
    for (const [part, name] of [
      ["a", "cross.1"],
      ["b", "mono.2"],
    ] as const) {
      await copyFile(at("one", "runs", `${name}.json`), at(part, "runs", `${name}.json`));
    }
    const joined = await sweep("--out", at("joined"), "--collect", at("a"), at("b"));
    expect(joined.out).toContain(`joined\t2 records from ${at("a")}, ${at("b")}\nruns\t2 of 9`);
    expect(joined.err).toContain("missing: cross.3: not run yet");
    expect(joined.code).toBe(1); // it is not whole
    const whole = await sweep(more, "--out", at("joined"), "--resume");
    expect(whole.out).toContain("runs\t9 of 9");
  }, 300_000);
});

describe("a study with cells made from other cells' runs", () => {
  const sourced = (changes: object = {}) => study("sourced.json", { ...SOURCED, ...changes });

  it("gives the same records with one run at a time and with three, and after runs were lost", async () => {
    expect(await sweep(await sourced(), "--out", at("w1"), "--jobs", "1", "--quiet")).toMatchObject({ code: 0 });
    expect(await sweep(at("sourced.json"), "--out", at("w3"), "--jobs", "3", "--quiet")).toMatchObject({ code: 0 });
    const summary = await text("w1", "summary.json");
    expect(await text("w3", "summary.json")).toBe(summary);
    const recordOf = async (name: string) =>
      parseRunRecord(JSON.parse(await text("w1", "runs", `${name}.json`)), name);
    const [exp3, mean, doremi] = [await recordOf("exp3.1"), await recordOf("exp3-mean.1"), await recordOf("doremi.1")];
    const asked = exp3.points.filter(({ metric }) => metric === "mix/mono").map(({ value }) => value);
    expect(new Set(asked).size).toBeGreaterThan(1); // it moved
    expect(mean.trajectory).toBeUndefined();
    expect(mean.spec.batch.schedule).toBe("constant");
    expect(doremi.spec.rule.referenceRun).toBe((await recordOf("hybrid.1")).digest.slice(0, 16));
    for (const name of ["exp3.1.json", "back.1.json", "hybrid.2.json"]) await rm(at("w3", "runs", name));
    const again = await sweep("--out", at("w3"), "--resume", "--jobs", "2");
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain("exp3-mean.1.json: It is made from the run exp3.1, which has no record; it is trained again");
    expect(await text("w3", "summary.json")).toBe(summary);
    expect(await callLab("replay", at("w1", "runs", "back.2.json"), "--quiet")).toMatchObject({ code: 0 });
    await writeFile(at("sourced-results.json"), (await callLab("report", at("w1"), "--to", "results")).out);
    for (const run of ["drifting.1", "exp3.2", "exp3-mean.1", "back.2", "dwa-mean.1", "doremi.2", "devGap.1"]) {
      const again = await callLab("replay", at("sourced-results.json"), "--run", run, "--quiet");
      expect([run, again.code, again.out.split("\n").at(-1)]).toEqual([run, 0, "repeated"]);
    }
  }, 600_000); // prettier-ignore

  it("marks what a failed run's record would have made, by name, and trains the rest", async () => {
    const cells = SOURCED.cells.map((cell) =>
      "changes" in cell && cell.name === "exp3"
        ? { ...cell, changes: { ...cell.changes, "loss.distillation": "mse", "loss.teacher": "distilled-weak" } }
        : cell,
    );
    const { code, out, err } = await sweep(await sourced({ cells, seeds: [1] }), "--out", at("wf"));
    expect([code, out.split("\n")[0]]).toEqual([1, "runs\t9 of 12"]);
    for (const name of ["exp3-mean.1", "back.1"]) {
      expect(err).toContain(`missing: ${name}: It is made from the run exp3.1, which has no record`);
    }
    expect(await text("wf", "runs", "back.1.failed")).toBe("It is made from the run exp3.1, which has no record\n");
  }, 600_000); // prettier-ignore

  it("joins a control only beside the run that it is made from", async () => {
    const record = parseRunRecord(JSON.parse(await text("w1", "runs", "exp3.1.json")), "exp3.1");
    await mkdir(at("wj", "runs"), { recursive: true });
    for (const name of ["exp3.1", "exp3-mean.1", "hybrid.1"]) {
      await copyFile(at("w1", "runs", `${name}.json`), at("wj", "runs", `${name}.json`));
    }
    await copyFile(at("w1", "study.json"), at("wj", "study.json"));
    const { trajectory, ...rest } = record;
    const other = { ...rest, trajectory: trajectory!.map((one) => ({ ...one, ratio: trajectory![0]!.ratio! })) };
    await mkdir(at("wo", "runs"), { recursive: true });
    await writeFile(at("wo", "runs", "exp3.1.json"), recordJson({ ...other, digest: digestOf(other) }));
    await copyFile(at("w1", "study.json"), at("wo", "study.json"));
    const { out, err } = await sweep("--out", at("wo"), "--collect", at("wj"));
    expect(out).toContain("joined\t1 record from"); // hybrid.1
    expect(err).toContain(`${at("wj")}: exp3-mean.1 is made from other runs than those that are here; left out`);
  }, 60_000); // prettier-ignore
});

it("records of other data are told by name and left, those of another device joined", async () => {
  const change = async (part: string, name: string, environment: object) => {
    const record = parseRunRecord(JSON.parse(await text("one", "runs", name)), name);
    await mkdir(at(part, "runs"), { recursive: true });
    await writeFile(at(part, "study.json"), await text("s.json"));
    const changed = { ...record, environment: { ...record.environment, ...environment } };
    await writeFile(at(part, "runs", name), recordJson({ ...changed, digest: digestOf(changed) })); // it fits itself
  };
  await change("here", "cross.1.json", {});
  await change("elsewhere", "cross.2.json", { adapter: "another adapter" });
  await change("stranger", "mono.1.json", {});
  await change("stranger", "cross.2.json", { dataSha256: { "cldr-emoji": "0".repeat(64) } });
  const { code, out, err } = await sweep("--out", at("apart"), "--collect", at("here"), at("elsewhere"), at("stranger")); // prettier-ignore
  expect([code, out.split("\n")[1]]).toEqual([1, "runs\t3 of 6"]);
  expect(err).toMatch(
    /elsewhere: cross\.2 was made by \d+ wasm: another adapter, lab .*; others by \d+ wasm: /,
  );
  expect(err).toContain(
    `${at("stranger")}: cross.2 is of another dataset than the records before it; left out`,
  );
  const other = await study("o.json", { title: "Other", spec: { ...SMALL_STUDY.spec, steps: 5 } });
  await mkdir(at("others"));
  await copyFile(other, at("others", "study.json"));
  expect((await sweep("--out", at("apart"), "--collect", at("others"))).err).toBe(
    `--collect ${at("others")}: is of another study ("Other", not "Small", or its cells train something else)`,
  );
}, 60_000);

describe("refused before anything starts", () => {
  const refused = async (args: string[], message: string) => {
    const { code, err } = await sweep(...args);
    expect([code, err.slice(0, message.length)]).toEqual([2, message]);
  };

  it("a cell that cannot be planned, and a study without its dataset", async () => {
    const huge = { name: "huge", changes: { "batch.size": 1024 } };
    const file = await study("h.json", {
      spec: { ...SMALL_STUDY.spec, data: { split: "devConcepts" } },
      cells: [...SMALL_STUDY.cells, huge],
    });
    const out = ["--out", at("no")];
    await refused([file, ...out], "cell huge: batch.size: ");
    const without = [at("s.json"), ...out, "--set", "data.train=not-here"];
    await refused(without, 'cell cross: There is no dataset "not-here" here; there is: ');
    expect(await readdir(dir)).not.toContain("no");
  }, 60_000);

  it("options that say nothing, or two things", async () => {
    const out = ["--out", at("no")];
    await refused([at("s.json"), ...out, "--jobs", "0"], '--jobs must be a whole number from 1 to 999, got "0"');
    await refused([at("s.json"), ...out, "--size", "laptop"], `--size is for study:NAME; ${at("s.json")} says its own`);
    await refused(["study:mono-share", ...out, "--size", "huge"], "--size huge: sizes are classroom, laptop, full");
    await refused(["study:none", ...out], "study:none: there is no such study; there is moving-ratio,");
    await refused([at("s.json"), ...out, "--set", "batch.ratio=mono:1"], "--set batch.ratio=mono:1: cells set batch.ratio themselves, such as cross; set what they share");
    await refused([at("s.json"), ...out, "--set", "seed=4"], "--set seed=4: a study's seeds are in its file");
    await refused([...out, "--resume"], `--resume: ${at("no")} has no study.json; name the study`);
    await refused([at("s.json")], "sweep: write it as: sweep <FILE | study:NAME> --out DIR");
    await refused([at("s.json"), "--out", at("one"), "--resume", "--set", "steps=5"], `--out ${at("one")}: has another study ("Small"), or its cells train something else; name a new folder`);
    await refused([...out, "--collect", at("no")], `--collect ${at("no")}: has no study and no record of a run`);
    expect(await readdir(dir)).not.toContain("no");
  }); // prettier-ignore

  it("a second process in one folder", async () => {
    await mkdir(at("held"));
    await writeFile(at("held", "lock"), "1\n"); // a process that is always there
    await refused([at("s.json"), "--out", at("held")], `${at("held")}: process 1 is at work on this run; wait for it, or delete`);
  }); // prettier-ignore
});

it("--list tells the studies, their sizes and what those take", async () => {
  const { code, out } = await sweep("--list");
  expect(code).toBe(0);
  expect(out).toContain("study:mono-share\tThe share of monolingual batches");
  expect(out).toContain("54 runs on cldr-emoji: about 1 min 37 s, measured, two runs at a time on two cores");
});
