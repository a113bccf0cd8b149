// What a snapshot says beside its tensors is hostile until read here; so are the parents of a branch.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { MAX_PARENTS } from "../spec/lineage.ts";
import { parseParent } from "./parseParent.ts";
import { parseSnapshotFacts } from "./parseSnapshot.ts";

const { spec, environment, points } = testRecord;
const DIGEST = "ab".repeat(32);
const RATIO = ofKinds({ mono: 0.5, cross: 0.5 });
const facts = {
  spec,
  environment,
  state: {
    step: 12,
    counts: { realised: { mono: 6.5, en: 64 }, recent: { mono: 1 } },
    points,
    trajectory: [{ step: 4, ratio: RATIO }],
    measured: 10,
  },
};
const parent = { spec, step: 4, digest: DIGEST };
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("the facts of a snapshot", () => {
  it("are read back as they were written, with a branch's parents and a stop", () => {
    expect(parseSnapshotFacts(json(facts), "s")).toEqual(facts);
    const branch = { ...facts, stopAt: 15, parent: { ...parent, parent: { ...parent, step: 2 } } };
    expect(parseSnapshotFacts(json(branch), "s")).toEqual(branch);
    const unmeasured = { ...facts, state: { ...facts.state, measured: -1 } };
    expect(parseSnapshotFacts(json(unmeasured), "s").state.measured).toBe(-1);
  });

  const state = (part: object) => ({ ...facts, state: { ...facts.state, ...part } });
  it.each<[string, unknown]>([
    ["its text", 7],
    ["stopAt", { ...facts, stopAt: -1 }],
    ["environment.encoderSha256", { ...facts, environment: { ...environment, encoderSha256: "zz" } }],
    ["state.step", state({ step: 1.5 })],
    ["state.measured", state({ measured: -2 })],
    ["state.counts.realised.mono", state({ counts: { realised: { mono: -1 }, recent: {} } })],
    ["state.points.0.value", state({ points: [{ step: 0, metric: "map/mono", value: "0.1" }] })],
    ["state.trajectory.0.ratio.cross", state({ trajectory: [{ step: 1, ratio: { ...RATIO, cross: -1 } }] })],
  ])("are refused where %s is not as written", (path, value) => {
    expect(() => parseSnapshotFacts(json(value), "last.snapshot")).toThrow(
      `last.snapshot: ${path} is not as in a hybrid-batch-lab/snapshot@1 (`,
    );
  });

  it("are refused by the name of a field that the spec cannot have", () => {
    const value = json({ ...facts, spec: { ...spec, steps: -3 } });
    expect(() => parseSnapshotFacts(value, "s")).toThrow("s: spec: steps must be");
  });
});

describe("the parents of a branch", () => {
  const chain = (n: number): object => (n === 0 ? parent : { ...parent, parent: chain(n - 1) });

  it("are read to the depth that a run may have", () => {
    expect(parseParent(json(chain(MAX_PARENTS - 1)), "r")).toEqual(chain(MAX_PARENTS - 1));
    expect(() => parseParent(json(chain(MAX_PARENTS)), "r")).toThrow("a run comes from at most 16 others");
  });

  it.each<[string, object]>([
    [
      "r: digest is not as in a branch (must be 64 lower-case hex digits)",
      { ...parent, digest: "AB".repeat(32) },
    ],
    ["r: step is not as in a branch", { ...parent, step: -1 }],
    ["r: parent: step is not as in a branch", { ...parent, parent: { ...parent, step: "2" } }],
    ["r: spec: batch.size must be", { ...parent, spec: { ...spec, batch: { ...spec.batch, size: 0 } } }],
  ])("say %s", (why, value) => {
    expect(() => parseParent(json(value), "r")).toThrow(why);
  });
});
