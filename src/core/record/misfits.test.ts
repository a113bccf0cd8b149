// Records that were altered after their run: each altered number is found, or is of those that nothing covers.
import "../../testing/propertySeed.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson, RECORDS } from "../../testing/history/readHistory.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { testValues } from "../../testing/testRecord.ts";
import { parseRecordFile, recordJson } from "../export/recordJson.ts";
import { InputError } from "../inputError.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import type { QueryValues } from "../stats/queryValues.ts";
import { digestOf } from "./digest.ts";
import { misfitsOf } from "./misfits.ts";
import type { RunRecord } from "./runRecord.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 2000);

/** With the digest of whatever is in it: what a forger who knows the lab would write. */
const redigested = (record: RunRecord): RunRecord => ({ ...record, digest: digestOf(record) });
const withFinal = (final: Partial<EvalResult>) =>
  redigested({ ...whole, final: { ...whole.final, ...final } });
const withValue = (metric: string, value: number) =>
  withFinal({ values: { ...whole.final.values, [metric]: value } });

/** AP by pool: what the matrix has. A query's own pool is its Mo, the other its Cr. */
const pools = Float32Array.from([0.5, 0.5, 0.25, 0, 0.25, 1, 0.25, 0.5, NaN, 0.75]);
const values: QueryValues = { ...testValues, pools };
/** Before training: half of everything. */
const startValues: QueryValues = {
  ...testValues,
  pools: pools.map((value) => value / 2),
  values: Object.fromEntries(
    Object.entries(testValues.values).map(([path, of]) => [path, of.map((value) => value / 2)]),
  ),
};
const whole = fittingRecord(values, startValues);

describe("a record that fits itself", () => {
  it("is blamed for nothing", () => {
    expect(misfitsOf({ record: whole, queryValues: values, startValues })).toEqual([]);
  });

  it.each(RECORDS)("of an old lab: %s", (id) => {
    expect(misfitsOf(parseRecordFile(readJson(`${id}.json`), id))).toEqual([]);
  });
});

describe("a forged record", () => {
  it("has not the digest of its numbers", () => {
    const record = { ...withValue("map/multi", 0.98), digest: whole.digest };
    expect(misfitsOf({ record })).toContain("the digest is not the one of its numbers");
    expect(misfitsOf({ record: { ...whole, realised: { mono: 21, en: 1280 } } })).toEqual([
      "the digest is not the one of its numbers",
    ]);
  });

  it("is found out under a new digest by the means over languages, the last point and the single queries", () => {
    expect(misfitsOf({ record: withValue("map/multi", 0.98), queryValues: values })).toEqual([
      "final map/multi is 0.98, the mean over its languages 0.34375",
    ]);
    const { de, en } = whole.final.perLanguage;
    const languages = {
      de: { ...de!, values: { ...de!.values, "map/multi": 0.96 } },
      en: { ...en!, values: { ...en!.values, "map/multi": 1 } },
    };
    const forged = withFinal({
      values: { ...whole.final.values, "map/multi": 0.98 },
      perLanguage: languages,
    });
    expect(misfitsOf({ record: forged })).toEqual([
      "final map/multi is 0.98, its last point 0.34375",
      "final map/multi of de is 0.96, its last point 0.1875",
      "final map/multi of en is 1, its last point 0.5",
    ]);
    const lie: Readonly<Record<string, number>> = { de: 0.96, en: 1 };
    const points = whole.points.map((point) =>
      point.step === 20 && point.metric === "map/multi"
        ? { ...point, value: lie[point.lang ?? ""] ?? 0.98 }
        : point,
    );
    const told = redigested({ ...forged, points });
    expect(misfitsOf({ record: told })).toEqual([]); // nothing in it says otherwise
    expect(misfitsOf({ record: told, queryValues: values })).toEqual([
      "final map/multi is 0.98, the mean of perQuery 0.34375",
      "final map/multi of de is 0.96, the mean of perQuery 0.1875",
      "final map/multi of en is 1, the mean of perQuery 0.5",
    ]);
  });

  it("is found out by the matrix, the counts and the values before training", () => {
    const { matrix } = whole.final;
    expect(misfitsOf({ record: withFinal({ matrix: { ...matrix, de: { de: 0.375, en: 0.5 } } }) })).toEqual([
      "final map/cross is 0.25, the mean over its languages 0.375",
      "final map/cross of de is 0.25, the mean over its languages 0.5",
    ]);
    const pairs = { "ndcg@10/pairs": { de: { de: 0.5, en: 0.25 }, en: { de: 0.75, en: 1 } } };
    const asked = (value: number) => ({ ...whole.final.values, "ndcg@10/pairs": value });
    expect(misfitsOf({ record: withFinal({ pairs, values: asked(0.5) }) })).toEqual([
      "final ndcg@10/mono of en is 0.91666667, the mean over its languages 1",
    ]);
    expect(misfitsOf({ record: withFinal({ pairs, values: asked(0.75) }) })).toContain(
      "final ndcg@10/pairs is 0.75, the mean over its languages 0.5",
    );
    expect(misfitsOf({ record: withFinal({ queries: 500 }) })).toEqual([
      "final queries is 500, the sum over its languages 5",
    ]);
    expect(misfitsOf({ record: withFinal({ skippedQueries: 3 }), queryValues: values })).toEqual([
      "final queries, skipped ones too, is 8, perQuery has 5",
    ]);
    const other = { ...startValues.values, "map/multi": testValues.values["map/multi"]! };
    expect(misfitsOf({ record: whole, startValues: { ...startValues, values: other } })).toEqual([
      "the point at step 0 map/multi is 0.171875, the mean of perQueryBefore 0.34375",
      "the point at step 0 map/multi of de is 0.09375, the mean of perQueryBefore 0.1875",
      "the point at step 0 map/multi of en is 0.25, the mean of perQueryBefore 0.5",
    ]);
    // What a branch keeps of before is of its own first step.
    const parent = { spec: whole.spec, step: 5, digest: "a".repeat(64) };
    const points = whole.points.map((point) => (point.step === 0 ? { ...point, step: 5 } : point));
    const branch = { ...whole, parent, points };
    const signed = { ...branch, digest: digestOf(branch) };
    expect(misfitsOf({ record: signed, startValues })).toEqual([]);
    expect(misfitsOf({ record: signed, startValues: { ...startValues, values: other } })).toContain(
      "the point at step 5 map/multi is 0.171875, the mean of perQueryBefore 0.34375",
    );
  });

  it("is told in six sentences at most", () => {
    const found = misfitsOf({ record: whole, queryValues: startValues });
    expect(found).toHaveLength(6);
    expect(found.at(-1)).toMatch(/^\d+ more numbers do not fit$/);
  });
});

/** What `UNCOVERED` names, as places in the file. */
const FREE = [
  /^format$/,
  /^environment\.(?:arithmetic|versions|adapter|backend)/,
  /^points\.\d+\.(?:value|step) of perf/,
  /^final\.skippedPairs/,
  /^perQuery(?:Before)?\.clusters/,
  /^spec\.loss\.distillationWeight$/, // of a teacher that there is none
  /^spec\.batch\.ratioEnd\.cross$/, // the only share: whatever it is, it is all
];

describe("each number of a record", () => {
  const record = redigested({
    ...whole,
    format: 3,
    stoppedAt: 20,
    environment: { ...whole.environment, arithmetic: 4 },
    points: [...whole.points, { step: 20, metric: "perf/pairs_per_s", value: 300 }],
    final: { ...whole.final, skippedPairs: { en: { de: 1 } } },
  });
  const text = recordJson(record, values, startValues);

  /** Every number of a file, by its place. */
  const places: { readonly path: readonly string[]; readonly name: string }[] = [];
  const walk = (value: unknown, path: readonly string[]) => {
    if (typeof value === "number") {
      const metric = path[0] === "points" ? ` of ${record.points[Number(path[1])]!.metric}` : "";
      places.push({ path, name: `${path.join(".")}${metric}` });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    }
  };
  walk(JSON.parse(text), []);

  it(`altered, is found, refused, or of those that nothing covers (${places.length} of them)`, () => {
    expect(misfitsOf(parseRecordFile(JSON.parse(text), "run.json"))).toEqual([]);
    const missed = new Set<string>();
    const change = fc.oneof(
      fc.constantFrom(0, 1, -1, 2, 0.5, 0.98, 1000),
      fc.double({ min: -2, max: 2, noNaN: true }),
    );
    const check = ({ path, name }: (typeof places)[number], by: number) => {
      const file = JSON.parse(text) as Record<string, unknown>;
      const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, file);
      const [key, old] = [path.at(-1)!, holder[path.at(-1)!] as number];
      if (Math.abs(old - by) < 1e-4) return;
      holder[key] = by;
      try {
        if (misfitsOf(parseRecordFile(file, "run.json")).length === 0) missed.add(name);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    };
    for (const place of places) check(place, 0.98); // each at least once
    fc.assert(fc.property(fc.constantFrom(...places), change, check), { numRuns: RUNS });
    expect([...missed].filter((name) => !FREE.some((free) => free.test(name)))).toEqual([]);
    expect(missed.size).toBeGreaterThan(0);
  });
});
