import { describe, expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC, findPreset } from "../spec/presets.ts";
import { FIELDS, SPEC_PATHS } from "../spec/fields.ts";
import { withPath } from "../spec/spec.ts";
import { METRICS } from "../metrics/metricTable.ts";
import { wholeText } from "../naming/settingText.ts";
import { testKey } from "../naming/testOf.ts";
import { choicesOf, isFound, passes } from "./columnFilter.ts";
import { groupMean, sharedValue } from "./groupMean.ts";
import { COLUMNS_AT_FIRST, EXPERIMENT, runColumns, type ListedRun } from "./runColumns.ts";
import { compareValues, nextSort } from "./sorting.ts";

/** A finished run of a seed, with its mAP in the pool of all languages. */
function run(seed: number, map: number, part: Partial<ListedRun> = {}): ListedRun {
  return {
    id: `r${seed}`,
    name: `Run ${seed}`,
    starred: false,
    colour: 0,
    createdAt: 1_790_000_000_000 + seed,
    presetName: "hybrid",
    status: "finished",
    step: 300,
    summary: { "map/multi": { before: 0.1, now: map, step: 300 } },
    notices: [],
    device: { backend: "wasm", adapter: "wasm SIMD", notes: [], versions: {} },
    ...part,
    spec: withPath(part.spec ?? DEFAULT_SPEC, "seed", seed),
  };
}

const COLUMNS = runColumns([]);
const column = (id: string) => runColumns([run(1, 0.2)]).find((one) => one.id === id)!;
const MAP = column("metric map/multi");

describe("runColumns", () => {
  it("has a column for every setting and every metric, each once, and those shown at first", () => {
    const ids = COLUMNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const path of SPEC_PATHS) expect(ids).toContain(path);
    for (const { path } of METRICS) if (!path.includes("<")) expect(ids).toContain(`metric ${path}`);
    for (const id of COLUMNS_AT_FIRST) expect(ids).toContain(id);
  });

  it("has one more for a number that only some runs have", () => {
    const summary = {
      "ndcg@20/multi": { now: 0.5, step: 1 },
      "loss/mono": { now: 2, step: 1 },
      "of/a/later/lab": { now: 1, step: 1 },
    };
    const more = runColumns([run(1, 0.2), run(2, 0.2, { summary })]).slice(COLUMNS.length);
    expect(more.map(({ id }) => id)).toEqual(["metric loss/mono", "metric ndcg@20/multi"]);
    expect(more[1]!.value(run(2, 0.2, { summary }))).toBe(0.5);
    expect(more[1]!.value(run(1, 0.2))).toBeUndefined();
  });

  it("reads facts, settings and numbers", () => {
    const one = run(3, 0.25, { tags: ["a", "b"], note: "", digest: "ab12" });
    const values = ["name", "status", "steps", "batch.ratio", "encoder.prefixes", "digest", "tags", "note"];
    expect(values.map((id) => column(id).value(one))).toEqual([
      "Run 3",
      "finished",
      300,
      "mono 50 %, cross 50 %",
      "no",
      "ab12",
      "a, b",
      undefined,
    ]);
    expect(MAP.value(one)).toBe(0.25);
  });

  it("has words for every setting's default", () => {
    for (const path of SPEC_PATHS) expect(wholeText(path, FIELDS[path].default)).not.toBe("");
    expect(wholeText("batch.ratio", ofKinds({ mono: 2, cross: 1 }))).toBe("mono 66.7 %, cross 33.3 %");
  });
});

describe("filters", () => {
  const tagged = run(2, 0.3, { tags: ["poster", "seed check"], note: "Odd start" });

  it("take numbers by range, bounds included, and miss runs without a number", () => {
    expect(passes({ from: 0.3, to: 0.3 }, MAP, tagged)).toBe(true);
    expect(passes({ from: 0.31 }, MAP, tagged)).toBe(false);
    expect(passes({ from: 0 }, MAP, run(2, 0, { summary: {} }))).toBe(false);
    expect(passes({}, MAP, run(2, 0, { summary: {} }))).toBe(true);
  });

  it("take choices among what there is, each tag by itself", () => {
    expect(choicesOf(column("tags"), [tagged, run(1, 0)])).toEqual(["poster", "seed check"]);
    expect(passes({ among: ["poster", "other"] }, column("tags"), tagged)).toBe(true);
    expect(passes({ among: ["post"] }, column("tags"), tagged)).toBe(false);
    expect(passes({ words: "START odd" }, column("note"), tagged)).toBe(true);
  });

  it("find words in facts, and numbers in settings beside their names", () => {
    expect(isFound(tagged, "odd Poster", COLUMNS)).toBe(true);
    expect(isFound(tagged, "temperature 0.05", COLUMNS)).toBe(true);
    expect(isFound(tagged, "seed 2, steps 300", COLUMNS)).toBe(true);
    expect(isFound(tagged, "seed 300", COLUMNS)).toBe(false);
    expect(isFound(run(20, 0), "seed 2", COLUMNS)).toBe(false); // of 20
    expect(isFound(tagged, "quagga", COLUMNS)).toBe(false);
    expect(isFound(tagged, "  ", COLUMNS)).toBe(true);
  });
});

describe("sorting", () => {
  it("has numbers by size and names as people count", () => {
    expect([10, 9, 0.5].sort(compareValues)).toEqual([0.5, 9, 10]);
    expect(["seed 10", "seed 9", "Ärmel", "zoo"].sort(compareValues)).toEqual([
      "Ärmel",
      "seed 9",
      "seed 10",
      "zoo",
    ]);
  });

  it("begins with the best, turns round, and ends; with Shift the other columns stay", () => {
    const best = [{ id: MAP.id, desc: true }];
    expect(nextSort([], MAP, false)).toEqual(best);
    expect(nextSort(best, MAP, false)).toEqual([{ id: MAP.id, desc: false }]);
    expect(nextSort([{ id: MAP.id, desc: false }], MAP, false)).toEqual([]);
    expect(nextSort([], column("metric rankDistance"), false)[0]!.desc).toBe(false); // fewer ranks are better
    expect(nextSort(best, column("seed"), true)).toEqual([...best, { id: "seed", desc: false }]);
    expect(nextSort([...best, { id: "seed", desc: true }], column("seed"), true)).toEqual(best);
    expect(nextSort(best, column("seed"), false)).toEqual([{ id: "seed", desc: false }]);
  });
});

describe("groupMean", () => {
  const device = { backend: "cpu", adapter: "another", notes: [], versions: {} } as const;

  it("is the mean over seeds, each once, with its interval from three seeds on", () => {
    const two = [run(1, 0.2), run(2, 0.3)];
    expect(groupMean(two, MAP)).toEqual({ mean: 0.25, runs: 2, seeds: 2 });
    // s = 0.1, t(0.975, 2) = 4.302652729749 (SciPy): times 0.1 / sqrt(3)
    const three = groupMean([...two, run(3, 0.4), run(3, 0.9)], MAP)!;
    expect(three).toMatchObject({ runs: 3, seeds: 3 });
    expect(three.mean).toBeCloseTo(0.3, 12);
    expect(three.half).toBeCloseTo((4.302652729749462 * 0.1) / Math.sqrt(3), 12);
  });

  it("has no interval where more than the seed stands between the runs", () => {
    const runs = [run(1, 0.2), run(2, 0.3), run(3, 0.4, { spec: findPreset("mono")!.spec })];
    expect(groupMean(runs, MAP)).toEqual({ mean: 0.3, runs: 3, seeds: 3 });
    expect(groupMean([run(1, 0.1), run(2, 0.2), run(3, 0.3, { device })], MAP)).not.toHaveProperty("half");
  });

  it("leaves out what did not end or does not fit itself, and pools no tests", () => {
    const others = [run(2, 9, { status: "failed" }), run(3, 9, { misfits: ["altered"] })];
    expect(groupMean([run(1, 0.2), ...others], MAP)).toEqual({ mean: 0.2, runs: 1, seeds: 1 });
    const dev = run(2, 0.3, { spec: withPath(DEFAULT_SPEC, "data.split", "dev") });
    expect(testKey(dev.spec)).not.toBe(testKey(run(2, 0.3).spec));
    expect(groupMean([run(1, 0.2), dev], MAP)).toBeUndefined();
    expect(groupMean([run(1, 0.2), run(2, 0, { summary: {} })], MAP)).toBeUndefined();
    expect(groupMean([], MAP)).toBeUndefined();
  });

  it("goes by experiment where all but the seed is one; settings are told where they agree", () => {
    const [a, b, c] = [run(1, 0), run(2, 0), run(3, 0, { spec: withPath(DEFAULT_SPEC, "steps", 9) })];
    expect(EXPERIMENT.value(a)).toBe(EXPERIMENT.value(b));
    expect(EXPERIMENT.value(a)).not.toBe(EXPERIMENT.value(c));
    expect(sharedValue([a, b], column("steps"))).toBe(300);
    expect(sharedValue([a, b, c], column("steps"))).toBeUndefined();
  });
});
