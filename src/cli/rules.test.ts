// Runs whose rules decide, on the command line: replayed from their record and from their link, planned from the record alone.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofKinds } from "../core/spec/batchKind.ts";
import { callLab } from "../testing/labCall.ts";
import { smallSettings } from "../testing/smallSettings.ts";
import { parseRecordFile, recordJson } from "../core/export/recordJson.ts";
import { digestOf } from "../core/record/digest.ts";
import { expectedResult } from "../core/record/expectedResult.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { encodeLink } from "../core/spec/link.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
let record: RunRecord;
const file = (name: string) => path.join(dir, name);
const recordOf = async (name: string) =>
  parseRecordFile(JSON.parse(await readFile(file(name), "utf8")), name).record;

const SMALL = smallSettings();
const RULE = ["batch.schedule=exp3", "rule.rate=0.5", "rule.every=3", "loss.weighting=dwa"].flatMap(
  (setting) => ["--set", setting],
);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
  const made = await callLab("run", "preset:hybrid", ...SMALL, ...RULE, "--out", file("run.json"), "--quiet");
  expect(made).toMatchObject({ code: 0, err: "" });
  record = await recordOf("run.json");
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

describe("a run whose rules decide", () => {
  it("replays from its record, by its decisions, and from its link, by its rules", async () => {
    expect(record.trajectory!.map(({ step }) => step)).toEqual([10, 13]); // decided at 3 and 6
    const exact = { code: 0, out: `repeated\tdigest ${record.digest}` };
    expect(await callLab("replay", file("run.json"), "--quiet")).toMatchObject(exact);
    const { spec, trajectory } = record;
    const link = encodeLink(spec, DEFAULT_PRESET, {
      expected: expectedResult(record)!,
      trajectory: trajectory!,
    });
    expect(link).not.toContain("drive");
    const replayed = await callLab("replay", link, "--quiet");
    expect(replayed.out).toMatch(/^Every number is the same/);
  }, 120_000);

  it("is planned from its record; without one the command says why it cannot", async () => {
    const planned = await callLab("plan", file("run.json"), "--quiet");
    const kinds = planned.out.split("\n").map((line) => (JSON.parse(line) as { kind: string }).kind);
    const trained = record.points.flatMap(({ metric, kind }) => (metric.startsWith("loss/") ? [kind] : []));
    expect(kinds).toEqual(trained);
    const refused = await callLab("plan", "preset:hybrid", ...SMALL, ...RULE);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/exp3 decides by what training measures.+name the run\.json of a run/);
  }, 120_000);

  it("is branched off by its decisions", async () => {
    const change = [
      "--set",
      "batch.schedule=constant",
      "--set",
      "loss.weighting=constant",
      "--set",
      "steps=20",
    ];
    const args = [
      "run",
      "--from",
      file("run.json"),
      "--at",
      "12",
      ...change,
      "--out",
      file("b.json"),
      "--quiet",
    ];
    expect(await callLab(...args)).toMatchObject({ code: 0, err: "" });
    const branch = await recordOf("b.json");
    expect(branch.trajectory).toBeUndefined();
    expect(branch.parent!.trajectory).toEqual([record.trajectory![0]]);
    expect((await callLab("replay", file("b.json"), "--quiet")).out).toBe(
      `repeated\tdigest ${branch.digest}`,
    );
    const planned = await callLab("plan", file("b.json"), "--quiet");
    expect(planned.code).toBe(0);
    expect(planned.out.split("\n")).toHaveLength(20);
  }, 120_000);
});

describe("a run that was driven by hand", () => {
  it("is trained again by its link", async () => {
    const drive = "drive=4,9:100,20:0,80";
    const small =
      "langs=en,de&heldOut=none&encoder=random&width=16&batch=16&steps=16&evalEvery=6&backend=wasm";
    const link = `v=7&preset=mono&${small}&${drive}`;
    expect(await callLab("run", `#${link}`, "--out", file("d.json"), "--quiet")).toMatchObject({
      code: 0,
      err: "",
    });
    const driven = await recordOf("d.json");
    expect(driven.trajectory).toEqual([
      { step: 4, ratio: ofKinds({ mono: 1 }) },
      { step: 9, ratio: ofKinds({ mono: 0.2, cross: 0.8 }) },
    ]);
    expect(encodeLink(driven.spec, DEFAULT_PRESET, { trajectory: driven.trajectory! })).toContain(drive);
    expect((await callLab("replay", file("d.json"), "--quiet")).out).toBe(
      `repeated\tdigest ${driven.digest}`,
    );
  }, 120_000);
});

describe("a rule that goes by what evaluations measure", () => {
  const READS = ["batch.schedule=devGap", "rule.reference=mono:0.5,cross:0.4", "data.split=heldOut"];
  const why =
    "batch.schedule: devGap moves the mix by what evaluations measure, and this run’s ask test rows; set data.split to devConcepts (dev)";
  const asked = READS.flatMap((setting) => ["--set", setting]);

  it("is not let by the test, alone, planned or as a study's cell", async () => {
    for (const command of [["run"], ["plan"]]) {
      const refused = await callLab(...command, "preset:hybrid", ...SMALL, ...asked);
      expect([refused.code, refused.err.includes(why)]).toEqual([2, true]);
    }
    const study = await callLab(
      "sweep",
      "study:moving-ratio",
      "--set",
      "data.split=heldOut",
      "--out",
      file("s"),
    );
    expect([study.code, study.err]).toEqual([2, expect.stringContaining(`cell devGap: ${why}`)]);
  });

  it("is trained again where a record has its decisions, which read nothing", async () => {
    const spec = { ...record.spec, data: { ...record.spec.data, split: "heldOut" as const } };
    const still = { ...spec, batch: { ...spec.batch, schedule: "constant" as const } };
    const drive = [{ step: 4, ratio: ofKinds({ mono: 1 }) }];
    const link = encodeLink(still, DEFAULT_PRESET, { trajectory: drive });
    expect(await callLab("run", `#${link}`, "--out", file("g.json"), "--quiet")).toMatchObject({ code: 0 });
    const driven = await recordOf("g.json");
    const ruled = {
      ...driven,
      spec: {
        ...driven.spec,
        batch: { ...spec.batch, schedule: "devGap" as const },
        rule: { ...spec.rule, reference: ofKinds({ mono: 0.5, cross: 0.4 }) },
      },
    };
    // As if the rule had decided what the hand did. What a mix is before the first decision, only a rule's record says.
    const asked = (["mono", "cross"] as const).map((kind) => ({
      step: 0,
      metric: `mix/${kind}`,
      value: 0.5,
    }));
    const at = record.points.findIndex(({ metric }) => metric === "mix/mono");
    const points = driven.points.toSpliced(at, 0, ...asked);
    const digest = digestOf({ ...ruled, points });
    await writeFile(file("h.json"), recordJson({ ...ruled, points, digest }));
    expect((await callLab("replay", file("h.json"), "--quiet")).out).toBe(`repeated\tdigest ${digest}`);
  }, 120_000);
});
