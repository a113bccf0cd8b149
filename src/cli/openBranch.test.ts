// What `lab run --from` takes for the parent: snapshots of a killed run, damaged ones, another run's, stopped and old runs.
import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordJson } from "../core/export/recordJson.ts";
import { branchDigest } from "../core/record/branchDigest.ts";
import { labProcess } from "../testing/killedRuns.ts";
import { testRecord } from "../testing/testRecord.ts";
import { smallSettings } from "../testing/smallSettings.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { openBranch } from "./openBranch.ts";
import { readSpec } from "./specSource.ts";

let dir = "";
let steps: number[] = []; // of the two snapshots that the killed run left
const file = (...names: string[]) => path.join(dir, ...names);
const SMALL = smallSettings({ steps: 5000, evalEvery: 0 });
const said: string[] = [];
const open = (name: string, at?: string) => {
  said.length = 0;
  return openBranch(file(name), at, (sentence) => said.push(sentence));
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
  const left = async () =>
    (await readdir(file("a.json.snapshots")).catch(() => [])).filter((n) => /^step-\d+$/.test(n));
  const args = [
    "run",
    "preset:mono",
    ...SMALL,
    "--checkpoint-every",
    "5",
    "--out",
    file("a.json"),
    "--quiet",
  ];
  let timer: ReturnType<typeof setInterval> | undefined;
  const { code } = await labProcess(args, dir, (kill) => {
    timer ??= setInterval(() => void left().then((names) => names.length >= 2 && kill("SIGKILL")), 5);
  });
  clearInterval(timer);
  expect(code).toBeNull();
  steps = (await left()).map((name) => Number(name.slice(5))).sort((a, b) => a - b);
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

describe("a run that was killed", () => {
  it("branches at its newest snapshot, at the one that is named, and at a step between", async () => {
    const [older, newer] = steps.slice(-2) as [number, number];
    const newest = await open("a.json");
    expect(newest).toMatchObject({ parent: { step: newer }, from: { state: { step: newer } } });
    expect(newest.parent.digest).toBe(branchDigest(newest.from!.state.points, newer));
    for (const name of [
      `a.json.snapshots/step-${older}`,
      `a.json.snapshots/step-${older}/snapshot.safetensors`,
    ]) {
      expect(await open(name)).toMatchObject({ parent: { step: older }, from: { state: { step: older } } });
    }
    const between = await open("a.json", String(older - 1));
    expect(between.from).toBeUndefined(); // trained again, and held against what the run told
    expect(between.parent.digest).toBe(branchDigest(newest.from!.state.points, older - 1));
    expect((await open("a.json.snapshots", String(newer + 1))).parent).toMatchObject({
      step: newer + 1,
      digest: "",
    });
    expect(said).toEqual([]);
  });

  it("trains its steps again where the snapshot of that step is damaged", async () => {
    const newer = steps.at(-1)!;
    await cp(file("a.json.snapshots"), file("b.json.snapshots"), { recursive: true });
    await appendFile(file("b.json.snapshots", `step-${newer}`, "snapshot.safetensors"), "x");
    const { from, parent } = await open("b.json", String(newer));
    expect(from).toBeUndefined();
    expect(parent.step).toBe(newer);
    expect(said[0]).toMatch(/step-?\s?\d+.*; the steps up to there are trained again$/);
  });

  it("is not taken for another one whose record lies beside its snapshots", async () => {
    const newer = steps.at(-1)!;
    await cp(file("a.json.snapshots"), file("c.json.snapshots"), { recursive: true });
    const { spec } = (await open("a.json")).parent;
    await writeFile(file("c.json"), JSON.stringify({ ...spec, seed: 2 }));
    const { from, parent } = await open("c.json", String(newer));
    expect([from, parent.spec.seed]).toEqual([undefined, 2]);
    expect(said).toEqual([
      `${file("c.json")}.snapshots has a snapshot of step ${newer} of another run, which is not used`,
    ]);
    await writeFile(file("c.json"), JSON.stringify(spec));
    expect((await open("c.json", String(newer))).from?.state.step).toBe(newer);
  });
});

describe("a record", () => {
  it("of a stopped run has no step after its stop", async () => {
    const { spec } = (await open("a.json")).parent;
    const stop = `v=3&preset=mono&steps=${spec.steps}&stop=7`;
    expect((await openBranch(stop, undefined, (s) => said.push(s))).parent.step).toBe(7);
    await expect(openBranch(stop, "8", (s) => said.push(s))).rejects.toThrow(
      "--at 8: the run was stopped at step 7 and has none after it",
    );
  });

  it("of an older lab, which measured less, gives no digest to hold its steps against", async () => {
    await writeFile(file("old.json"), recordJson(testRecord)); // it has no format
    const { record } = await readSpec(file("old.json"), () => undefined);
    expect(record!.format).toBeUndefined();
    expect((await open("old.json", "1")).parent).toMatchObject({ step: 1, digest: "" });
  });
});
