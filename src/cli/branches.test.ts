// Branches of the command line: from a record, a snapshot and a link, and their replay in a process and a home of its own.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { parseRecordFile } from "../core/export/recordJson.ts";
import { branchDigest } from "../core/record/branchDigest.ts";
import { expectedResult } from "../core/record/expectedResult.ts";
import { encodeLink } from "../core/spec/link.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import { labProcess } from "../testing/killedRuns.ts";
import { smallSettings } from "../testing/smallSettings.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
const file = (name: string) => path.join(dir, name);
const recordOf = async (name: string) =>
  parseRecordFile(JSON.parse(await readFile(file(name), "utf8")), name).record;

const SMALL = smallSettings();
/** From mono to cross, with one more language and a longer course. */
const CHANGE = ["batch.ratio=cross:1", "languages.train=en,de,th", "steps=20"].flatMap((s) => ["--set", s]);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
  const made = await callLab("run", "preset:mono", ...SMALL, "--out", file("parent.json"), "--quiet");
  expect(made).toMatchObject({ code: 0, err: "" });
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

describe("a branch", () => {
  it("replays exactly from its record, and from its link in a fresh process and home", async () => {
    const args = ["run", "--from", file("parent.json"), "--at", "10", ...CHANGE];
    expect(await callLab(...args, "--out", file("branch.json"), "--quiet")).toMatchObject({
      code: 0,
      err: "",
    });
    const [parent, branch] = [await recordOf("parent.json"), await recordOf("branch.json")];
    expect(branch.parent).toEqual({ spec: parent.spec, step: 10, digest: branchDigest(parent.points, 10) });
    const losses = branch.points.filter(({ metric }) => metric.startsWith("loss/"));
    expect(losses.map(({ step, kind }) => [step, kind])).toEqual(
      Array.from({ length: 10 }, (_, i) => [11 + i, "cross"]),
    );
    const measured = branch.points.filter(({ metric, lang }) => metric === "map/multi" && lang === undefined);
    expect(measured.map(({ step }) => step)).toEqual([10, 12, 18, 20]);

    const replayed = await callLab("replay", file("branch.json"), "--quiet");
    expect(replayed).toMatchObject({ code: 0, out: `repeated\tdigest ${branch.digest}` });
    const expected = expectedResult(branch)!;
    const link = encodeLink(branch.spec, DEFAULT_PRESET, { expected, parent: branch.parent! });
    vi.stubEnv("LAB_HOME", file("fresh"));
    const fresh = await labProcess(["replay", link, "--quiet"], dir);
    vi.unstubAllEnvs();
    expect(fresh, fresh.err).toMatchObject({ code: 0, err: "" });
    expect(fresh.out).toMatch(/^Every number is the same/);
  }, 120_000);

  it("of a run that kept snapshots has the same digest, though they are gone", async () => {
    await callLab(
      "run",
      "preset:mono",
      ...SMALL,
      "--out",
      file("kept.json"),
      "--checkpoint-every",
      "5",
      "--quiet",
    );
    const again = await callLab(
      "run",
      "--from",
      file("kept.json"),
      "--at",
      "10",
      ...CHANGE,
      "--out",
      file("b.json"),
      "--quiet",
    );
    expect(again).toMatchObject({ code: 0 });
    expect((await recordOf("b.json")).digest).toBe((await recordOf("branch.json")).digest);
  }, 60_000);

  it("of a branch names both, and its plan begins as its parents' do", async () => {
    const second = ["--at", "14", "--set", "batch.ratio=mono:0.5,cross:0.5"];
    const made = await callLab(
      "run",
      "--from",
      file("branch.json"),
      ...second,
      "--out",
      file("c.json"),
      "--quiet",
    );
    expect(made).toMatchObject({ code: 0, err: "" });
    const record = await recordOf("c.json");
    expect([record.parent!.step, record.parent!.parent!.step]).toEqual([14, 10]);
    expect((await callLab("replay", file("c.json"), "--quiet")).out).toBe(
      `repeated\tdigest ${record.digest}`,
    );
    const plan = async (name: string) => (await callLab("plan", file(name))).out.split("\n");
    const [a, b, c] = [await plan("parent.json"), await plan("branch.json"), await plan("c.json")];
    expect(b.slice(0, 10)).toEqual(a.slice(0, 10));
    expect(b[10]).not.toEqual(a[10]);
    expect(c.slice(0, 14)).toEqual(b.slice(0, 14));
  }, 60_000);

  it("of a checkpoint taught by another encoder replays exactly, and is exported whole", async () => {
    vi.stubEnv("LAB_HOME", file("home"));
    const own = ["--set", "encoder.layers=1", "--set", "languages.train=en,de,th", "--set", "steps=2"];
    const saved = await callLab("run", "preset:mono", ...SMALL, ...own, "--save", file("start"), "--quiet");
    expect(saved).toMatchObject({ code: 0, err: "" });
    expect(await callLab("model", "add", "start", "--from", file("start"))).toMatchObject({ code: 0 });
    const taught = ["encoder.id=local:start", "loss.distillation=scores", "loss.teacher=distilled-weak"];
    const parent = ["run", "preset:mono", ...SMALL, ...taught.flatMap((setting) => ["--set", setting])];
    expect(await callLab(...parent, "--out", file("p.json"), "--quiet")).toMatchObject({ code: 0, err: "" });
    const made = ["run", "--from", file("p.json"), "--at", "10", ...CHANGE, "--out", file("d.json")];
    expect(await callLab(...made, "--save", file("model"), "--quiet")).toMatchObject({ code: 0, err: "" });
    const record = await recordOf("d.json");
    expect(record.environment.teacherSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await callLab("replay", file("d.json"), "--quiet")).toMatchObject({
      code: 0,
      out: `repeated\tdigest ${record.digest}`,
    });
    const to = ["--to", "sentence-transformers", "--out", file("again")];
    expect(await callLab("export", file("d.json"), ...to, "--quiet")).toMatchObject({ code: 0 });
    const weights = (name: string) => readFile(file(path.join(name, "model.safetensors")));
    expect((await weights("again")).equals(await weights("model"))).toBe(true);
    expect(await readFile(path.join(file("again"), "README.md"), "utf8")).toContain(
      "its first 10 steps were trained otherwise",
    );
    vi.unstubAllEnvs();
  }, 60_000);

  it.each([
    [
      ["--set", "encoder.width=32"],
      "encoder.width: a branch keeps its parent’s 16, got 32; it may change languages.train",
    ],
    [["--set", "seed=2"], "seed: a branch keeps its parent’s 1, got 2"],
    [["--set", "batch.size=8"], "batch.size: a branch keeps"],
    [["--set", "data.train=xquad-r"], "data.train: a branch keeps"],
    [["--at", "17"], "a branch begins at a step from 0 to 15"],
    [["--at", "ten"], '--at must be a step, such as 100, got "ten"'],
  ])("with %j is refused by name", async (args, message) => {
    const { code, err } = await callLab(
      "run",
      "--from",
      file("parent.json"),
      "--at",
      "10",
      ...args,
      "--quiet",
    );
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
