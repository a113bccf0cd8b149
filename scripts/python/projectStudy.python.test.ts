// A study as a project: its runs are trained by sentence-transformers, one a command, and gathered beside the lab's own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildEmbedded } from "../../src/cli/buildEmbedded.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { callLab } from "../../src/testing/labCall.ts";
import { SMALL_STUDY } from "../../src/testing/smallStudy.ts";
import { PYTHON } from "./environment.mjs";

const dir = mkdtempSync(path.join(tmpdir(), "lab-project-study-"));
const at = (...names: string[]) => path.join(dir, ...names);
afterAll(() => rmSync(dir, { recursive: true }));

const [cross, hybrid, mono] = SMALL_STUDY.cells;
const rule = { ...hybrid.changes, "batch.schedule": "exp3", "rule.every": 2 };
const spec = { ...SMALL_STUDY.spec, steps: 24 }; // batches are drawn ahead: a rule moves later ones
const STUDY = { ...SMALL_STUDY, spec, cells: [cross, mono, { name: "moving", changes: rule }] };

beforeAll(async () => {
  await buildEmbedded();
  writeFileSync(at("s.json"), JSON.stringify(STUDY));
  expect(await callLab("sweep", at("s.json"), "--out", at("own"), "--quiet")).toMatchObject({ code: 0 });
  const exported = await project("own", "project"); // with what its rules decided
  expect(exported, exported.err).toMatchObject({ code: 0 });
}, 300_000);

const project = (study: string, out: string) =>
  callLab("export", at(study), "--to", "project", "--out", at(out), "--quiet");

it("needs what was decided where a rule goes by training", async () => {
  const { code, err } = await project("s.json", "undecided");
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/^moving\.1: batch\.schedule: .*the study’s folder/),
  ]);
});

function train(run: string): string {
  const words = ["-X", "utf8", at("project", "train.py"), run, "--cpu"];
  const env = { ...process.env, HF_HUB_OFFLINE: "1", TOKENIZERS_PARALLELISM: "false", OMP_NUM_THREADS: "1" };
  const { status, stdout, stderr } = spawnSync(PYTHON, words, { encoding: "utf8", env });
  expect(status, stderr.slice(-2000)).toBe(0);
  return stdout;
}

it(
  "is trained run by run, reads as a study's folder, and is told apart from the lab's runs",
  { timeout: 600_000 },
  async () => {
    expect(readFileSync(at("project", "runs.txt"), "utf8").split("\n").sort()).toEqual([
      "",
      "cross.1",
      "cross.2",
      "mono.1",
      "mono.2",
      "moving.1",
      "moving.2",
    ]);
    train("cross.1");
    expect(train("cross.1")).toContain("is there already");
    train("mono.1");
    train("moving.1");
    const runs = ["cross.1.json", "mono.1.json", "moving.1.json"];
    expect(readdirSync(at("project", "runs"))).toEqual(runs); // no checkpoint is left
    const decided = (name: string) =>
      (JSON.parse(readFileSync(at(name, "runs", "moving.1.json"), "utf8")) as RunRecord).trajectory;
    expect(decided("own")!.length).toBeGreaterThan(1);
    expect(decided("project")).toEqual(decided("own"));

    const report = await callLab("report", at("project"));
    expect(report.out).toContain("Trained elsewhere, by sentence-transformers, CPU, 1 process.");
    const joined = await callLab("sweep", "--out", at("joined"), "--collect", at("project"), at("own"));
    expect(joined.code, joined.err).toBe(0);
    expect(joined.out).toContain("joined\t6 records");
    expect(joined.err).toMatch(/own: cross\.1 has other numbers than the one that is here; left out/);
    expect((await callLab("report", at("joined"))).out).toMatch(
      /Run on 2 devices, each seed’s cells held against each other on one: .*sentence-transformers, CPU, 1 process \(seed 1\)/,
    );
    interface Summary { readonly runs: readonly { readonly cell: string; readonly seed: number; readonly end: { readonly values: Record<string, number> } }[] } // prettier-ignore
    const runsOf = (name: string) =>
      (JSON.parse(readFileSync(at(name, "summary.json"), "utf8")) as Summary).runs;
    const [theirs, ours] = [runsOf("joined"), runsOf("own")];
    expect(theirs.map(({ cell, seed }) => [cell, seed])).toEqual(ours.map(({ cell, seed }) => [cell, seed]));
    for (const [i, { end }] of ours.entries())
      for (const measure of ["map/mono", "map/cross", "map/multi"])
        expect(Math.abs(theirs[i]!.end.values[measure]! - end.values[measure]!)).toBeLessThan(1e-3);

    const refused = spawnSync(PYTHON, [at("project", "train.py"), "cross.9"], { encoding: "utf8" });
    expect(refused.stderr.trim()).toMatch(/^name a run of runs\.txt, such as (cross|mono)\.1$/);
  },
);
