// Cells made from other cells' runs: what they wait for, what they take, and what is refused.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { SOURCED } from "../../testing/sourcedStudy.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { digestedSpec } from "../spec/fieldAge.ts";
import { checkConsistency } from "../spec/resolve.ts";
import type { KindWeights } from "../spec/spec.ts";
import { fedChanges, fedRun, sourceKeys } from "./cellSources.ts";
import { parseStudy, writtenStudy } from "./parseStudy.ts";
import { runKey, type StudyRun } from "./study.ts";
import { studyIdentity } from "./studyIdentity.ts";
import { cellSpec, studyRuns } from "./studyRuns.ts";

const of = (mono: number, cross: number): KindWeights => {
  return ofKinds({ mono, cross });
};
const read = (changes: object = {}) =>
  parseStudy(JSON.parse(JSON.stringify({ ...SOURCED, ...changes })), "s.json");
const withCells = (...cells: object[]) => read({ cells: [...SOURCED.cells, ...cells] });
const study = read();
const find = (key: string) => studyRuns(study).find((run) => runKey(run) === key)!;

/** A record of a run: its losses fall from 2 to 1 nats, but for its last tenth, and its mono score is half of its cross. */
const recordOf = ({ spec }: StudyRun, trajectory: RunRecord["trajectory"] = []): RunRecord => ({
  ...testRecord,
  spec,
  trajectory,
  points: [
    ...Array.from({ length: spec.steps }, (_, i) => ({
      step: i + 1,
      metric: i % 2 ? "loss/mono" : "loss/cross",
      kind: i % 2 ? ("mono" as const) : ("cross" as const),
      value: i < 0.9 * spec.steps ? 2 : i % 2 ? 1 : 1.25,
    })),
    { step: spec.steps, metric: "map/mono", value: 0.4 },
    { step: spec.steps, metric: "map/cross", value: 0.2 },
  ],
});
const reading = (trajectory?: RunRecord["trajectory"]) => (source: StudyRun) =>
  Promise.resolve(recordOf(source, trajectory));

describe("a study in which cells are made from other cells' runs", () => {
  it("begins no run before those of its seed that it is made from, and is one order for all", () => {
    for (const seed of study.seeds) {
      const names = studyRuns(study).flatMap((run) => (run.seed === seed ? [run.cell] : []));
      expect([...names].sort()).toEqual(study.cells.map(({ name }) => name).sort());
      for (const [before, after] of [
        ["exp3", "exp3-mean"],
        ["exp3", "back"],
        ["hybrid", "doremi"],
        ["doremi", "doremi-mean"],
        ["mono", "devGap"],
        ["cross", "devGap"],
      ]) {
        expect(names.indexOf(before!)).toBeLessThan(names.indexOf(after!));
      }
    }
    expect(sourceKeys(study, "devGap.2")).toEqual(["mono.2", "cross.2"]);
    expect(sourceKeys(study, "hybrid.2")).toEqual([]);
  });

  it("names and tells its controls, and is read again as it was written", () => {
    const names = study.cells.map(({ name, label }) => [name, label]);
    expect(names).toContainEqual(["exp3-mean", "bandit: its mean, held fixed"]);
    expect(names).toContainEqual(["back", "back"]);
    expect(parseStudy(JSON.parse(JSON.stringify(writtenStudy(study))), "again")).toEqual(study);
  });

  it("is another study where a control or a reference is another one", () => {
    const [base, ...others] = [
      { name: "n", controlOf: "drifting", made: "mean" },
      { name: "n", controlOf: "drifting", made: "reversed" },
      { name: "n", controlOf: "back", made: "mean" },
    ].map((cell) => studyIdentity(withCells(cell)));
    for (const other of others) expect(other).not.toBe(base);
  });
});

describe("a control", () => {
  const trajectory = [{ step: 4, ratio: of(0.8, 0.2) }]; // of 20 steps: 4 at .5, 16 at .8

  it("is held at the mean of what its rule's own run was asked for", async () => {
    const { spec } = await fedRun(find("exp3-mean.2"), reading(trajectory));
    expect(spec.batch).toMatchObject({ schedule: "constant", ratio: of(0.74, 0.26) });
    expect([spec.seed, spec.steps]).toEqual([2, 20]);
  });

  it("walks its way backwards", async () => {
    const { spec } = await fedRun(find("back.1"), reading(trajectory));
    expect(spec.batch.schedule).toBe("drawn");
    expect(spec.batch.curve.map(({ weights }) => weights.mono)).toEqual([0.8, 0.8, 0.5, 0.5]);
  });

  it("of weights moves the weights alone", async () => {
    const weights = [{ step: 10, weights: of(1.5, 0.5) }];
    const { spec } = await fedRun(find("dwa-mean.1"), reading(weights));
    expect(spec.loss).toMatchObject({ weighting: "constant", weights: { mono: 1.25, cross: 0.75 } });
    expect(spec.batch.ratio).toEqual(find("dwa.1").spec.batch.ratio);
  });

  it("of a rule with a reference has its rule's numbers, too", async () => {
    const doremi = await fedRun(find("doremi.1"), reading());
    const { spec } = await fedRun(find("doremi-mean.1"), () => Promise.resolve(recordOf(doremi, trajectory)));
    expect(spec.rule.reference).toEqual(of(1, 1.25));
    expect(spec.batch).toMatchObject({ schedule: "constant", ratio: of(0.74, 0.26) });
  });

  it("has no run where its rule has none", async () => {
    await expect(fedRun(find("back.2"), () => Promise.resolve(undefined))).rejects.toThrow(
      "It is made from the run exp3.2, which has no record",
    );
  });

  it("tells of its spec what others said, and nothing where nobody did", async () => {
    const run = find("exp3-mean.1");
    const { spec } = await fedRun(run, reading(trajectory));
    expect(fedChanges(run, spec)).toEqual({ "batch.ratio": of(0.74, 0.26) });
    expect(fedChanges(find("hybrid.1"), spec)).toEqual({});
  });
});

describe("a rule with a reference", () => {
  it("takes each kind's loss at the end of the run that it names, and that run's digest", async () => {
    const { spec } = await fedRun(find("doremi.1"), reading());
    expect(spec.rule.reference).toEqual(of(1, 1.25)); // the last two of 20 steps
    expect(spec.rule.referenceRun).toBe(testRecord.digest.slice(0, 16));
    expect(() => checkConsistency(spec)).not.toThrow();
  });

  it("takes the dev measures of the pure runs where it goes by those", async () => {
    const { spec } = await fedRun(find("devGap.1"), reading());
    expect(spec.rule).toMatchObject({ reference: of(0.4, 0.2), referenceRun: "none" });
  });
});

describe("refused by the cell's name, before anything starts", () => {
  const doremi = (reference: object, name = "bad") => ({
    name,
    changes: { "batch.schedule": "doremi", "batch.ratio": of(0.5, 0.5) },
    reference,
  });
  it.each([
    [{ name: "bad", controlOf: "none", made: "mean" }, "there is no cell none to take from; cells are cross, hybrid, mono,"],
    [{ name: "bad", controlOf: "exp3" }, 'controlOf and made ("mean" or "reversed") belong together; say both or neither'],
    [{ name: "bad", changes: {}, made: "mean" }, "controlOf and made"],
    [{ name: "bad", controlOf: "hybrid", made: "mean" }, "is a control of hybrid, whose mix and weights stay as they are; name a cell in which they move"],
    [{ name: "bad", controlOf: "exp3-mean", made: "reversed" }, "is a control of exp3-mean, whose mix and weights stay"],
    [{ name: "bad", controlOf: "exp3", made: "mean", changes: { steps: 5 } }, "is a control of exp3, whose way is all it has; leave out changes and reference"],
    [{ name: "bad", controlOf: "exp3", made: "mean" }, "is the same experiment as exp3-mean; leave out one of the two"],
    [{ name: "bad", controlOf: "bad", made: "mean" }, "waits for itself (bad ← bad); name a cell that ends before it"],
    [doremi({ mono: "bad-mean", cross: "hybrid" }), "waits for itself (bad ← bad-mean ← bad)"],
    [doremi({ mono: "nobody", cross: "hybrid" }), "there is no cell nobody to take from"],
    [doremi({ mono: "hybrid" }), "batch.schedule: doremi needs the loss of a reference run by kind, and rule.reference has none for cross"],
    [doremi({ mono: "cross", cross: "cross" }), "takes its reference for mono from cross, which trains cross; name a cell that trains mono"],
    [{ ...doremi({ mono: "hybrid", cross: "hybrid" }), changes: { "batch.size": 24 } }, "has a reference, and no rule that goes by one"],
    [{ ...doremi({ mono: "hybrid", cross: "hybrid" }), changes: { ...doremi({}).changes, "rule.reference": of(1, 1) } }, "has a reference and sets rule.reference"],
    [{ name: "bad", changes: { "batch.schedule": "devGap", evalEvery: 5 }, reference: { mono: "hybrid", cross: "cross" } }, "takes its reference for mono from hybrid, which trains mono, cross; name a cell that trains mono alone"],
  ])("%j", (cell, why) => {
    const more = JSON.stringify(cell).includes("bad-mean") ? [{ name: "bad-mean", controlOf: "bad", made: "mean" }] : [];
    expect(() => withCells(cell, ...more)).toThrow(`s.json: cell bad: ${why}`);
  }); // prettier-ignore
});

it("a file without such cells is what it was: its identity and its order", () => {
  const plain = { ...SOURCED, cells: SOURCED.cells.slice(0, 4) };
  const old = read(plain);
  const trained = old.cells.map((cell) => [cell.name, digestedSpec(cellSpec(old, cell, 0))] as const);
  const text = canonicalJson(Object.fromEntries(trained)); // as before there were any
  expect(studyIdentity(old)).toBe(bytesToHex(sha256(utf8ToBytes(text))));
  expect(studyRuns(old).map(runKey)).toEqual("drifting.1 hybrid.1 cross.1 mono.1 mono.2 cross.2 drifting.2 hybrid.2".split(" ")); // prettier-ignore
});
