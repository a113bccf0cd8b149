import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { appendPoints, NO_POINTS } from "./pointColumns.ts";
import {
  parseStoredDetail,
  parseStoredRun,
  storedDetail,
  STORED_FORMAT,
  type StoredRun,
} from "./storedRun.ts";
import { updateSummary } from "./runSummary.ts";

const STORED: StoredRun = {
  format: STORED_FORMAT,
  id: "r1",
  name: "Hybrid",
  starred: true,
  colour: 3,
  createdAt: 1_790_000_000_000,
  spec: DEFAULT_SPEC,
  presetName: "hybrid",
  status: "running",
  step: 12,
  summary: { "map/multi": { before: 0.1, now: 0.2, step: 12 } },
  notices: ["two texts were cut"],
  device: { backend: "wasm", adapter: "wasm SIMD", notes: [], versions: { tfjs: "4.22.0" } },
};

/** What IndexedDB hands back: a structured clone. */
const clone = (value: unknown): unknown => structuredClone(value);

describe("parseStoredRun", () => {
  it("gives back what was stored", () => {
    expect(parseStoredRun(clone(STORED), "stored run")).toEqual(STORED);
  });

  it("gives back what a person said of it, and its digest; rows of older labs have none of these", () => {
    const said = { ...STORED, note: "too long a warm-up", tags: ["poster", "seed 3"], digest: "ab12" };
    expect(parseStoredRun(clone(said), "stored run")).toEqual(said);
    expect(parseStoredRun(clone(STORED), "stored run")).not.toHaveProperty("tags");
    expect(() => parseStoredRun({ ...said, tags: [7] }, "stored run")).toThrow("tags.0 is not as stored");
  });

  it("gives back the numbers of a final test; rows of older labs have none", () => {
    const tested = { ...STORED, finalTest: { values: { "map/mono": 0.5 }, queries: 8, pool: 24 } };
    expect(parseStoredRun(clone(tested), "stored run")).toEqual(tested);
    expect(parseStoredRun(clone(STORED), "stored run")).not.toHaveProperty("finalTest");
    const broken = { ...tested, finalTest: { ...tested.finalTest, pool: -1 } };
    expect(() => parseStoredRun(broken, "stored run")).toThrow("finalTest.pool is not as stored");
  });

  it("gives back a branch, of which the digest may not be known yet, and where a run is to stop", () => {
    const parent = {
      spec: DEFAULT_SPEC,
      step: 7,
      digest: "",
      parent: { spec: DEFAULT_SPEC, step: 3, digest: "ab".repeat(8) },
    };
    const error = {
      kind: "input",
      name: "OtherDeviceError",
      message: "made elsewhere",
      instead: "branch",
    } as const;
    const branch = { ...STORED, parent, parentId: "r0", stopAt: 9, error };
    expect(parseStoredRun(clone(branch), "stored run")).toEqual(branch);
    const broken = { ...branch, parent: { ...parent, digest: "xyz" } };
    expect(() => parseStoredRun(broken, "stored run")).toThrow(
      "stored run: parent: digest is not as in a branch",
    );
  });

  it.each([
    ["no object", null, "stored run: the entry is not as stored"],
    ["a newer format", { ...STORED, format: 2 }, "stored run: format is not as stored"],
    ["an unknown status", { ...STORED, status: "flying" }, "stored run: status is not as stored"],
    [
      "a broken number",
      { ...STORED, summary: { rankDistance: { now: NaN, step: 1 } } },
      "summary.rankDistance.now",
    ],
    ["a spec out of bounds", { ...STORED, spec: { ...DEFAULT_SPEC, steps: -1 } }, "stored run: spec: steps"],
  ])("refuses %s in one sentence", (_, value, sentence) => {
    expect(() => parseStoredRun(value, "stored run")).toThrow(sentence);
  });
});

describe("parseStoredDetail", () => {
  const points = appendPoints(NO_POINTS, [
    { step: 0, metric: "map/multi", value: 0.1 },
    { step: 0, metric: "map/multi", value: 0.05, lang: "sw" },
    { step: 5, metric: "loss/mono", value: 2, kind: "mono" },
  ]);
  const matrix = { step: 0, matrix: { en: { en: 0.5, sw: null } } };

  it("gives back points and matrices", () => {
    const trunk = appendPoints(NO_POINTS, [{ step: 0, metric: "map/multi", value: 0.05 }]);
    const detail = { points, trunk, matrixBefore: matrix, matrix };
    expect(parseStoredDetail(clone(storedDetail("r1", detail)), "stored run")).toEqual(detail);
  });

  it("stores no more of a column than belongs to it", () => {
    appendPoints(points, [{ step: 9, metric: "map/multi", value: 9 }]); // shares arrays with `points`
    const stored = storedDetail("r1", { points });
    expect(stored.columns[0]).toMatchObject({ steps: [0], values: [0.1] });
  });

  it.each([
    ["unequal columns", { columns: [{ metric: "a", steps: [1, 2], values: [1] }] }, "unequal number"],
    [
      "an infinite value",
      { columns: [{ metric: "a", steps: [1], values: [Infinity] }] },
      "columns.0.values.0",
    ],
    ["a record of another kind", { columns: [], record: { schema: "x" } }, "stored run: schema"],
  ])("refuses %s", (_, rest, sentence) => {
    expect(() => parseStoredDetail({ format: STORED_FORMAT, id: "r1", ...rest }, "stored run")).toThrow(
      sentence,
    );
  });
});

describe("updateSummary", () => {
  it("keeps where a metric started and where it is, and passes languages and the mix over", () => {
    const first = updateSummary({}, [
      { step: 0, metric: "map/multi", value: 0.1 },
      { step: 0, metric: "map/multi", value: 0.9, lang: "sw" },
    ]);
    expect(first).toEqual({ "map/multi": { before: 0.1, now: 0.1, step: 0 } });
    expect(updateSummary(first, [{ step: 30, metric: "map/multi", value: 0.3 }])).toEqual({
      "map/multi": { before: 0.1, now: 0.3, step: 30 },
    });
    const loss = updateSummary(first, [{ step: 1, metric: "loss/mono", value: 2 }]);
    expect(loss).toEqual({ ...first, "loss/mono": { now: 2, step: 1 } });
    expect(updateSummary(first, [{ step: 1, metric: "ratio/mono", value: 1 }])).toBe(first);
    const ofBranch = updateSummary({}, [{ step: 9, metric: "map/multi", value: 0.2 }], 9);
    expect(ofBranch).toEqual({ "map/multi": { before: 0.2, now: 0.2, step: 9 } });
  });
});
