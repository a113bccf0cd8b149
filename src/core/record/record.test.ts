import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGE } from "../age.ts";
import { ARITHMETIC } from "../arithmetic.ts";
import { recordJson } from "../export/recordJson.ts";
import { LAB_VERSION } from "../labVersion.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import { METRICS } from "../metrics/metricTable.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { compareExpected } from "./compareLink.ts";
import { compareRecords, numbersOf } from "./compareRuns.ts";
import { fusesProducts, isSameMaker } from "./maker.ts";
import { digestOf } from "./digest.ts";
import { digestText } from "./digestText.ts";
import { evalPoints } from "./evalPoints.ts";
import { parseRunRecord } from "./parseRunRecord.ts";
import { RUN_SCHEMA, type RunRecord } from "./runRecord.ts";

const final: EvalResult = {
  values: {
    "map/mono": 0.5,
    "map/cross": 0.25,
    "map/multi": 0.125,
    "recall@1/mono": 0.4,
    "recall@1/cross": 0.2,
    "recall@10/multi": 0.3,
    rankDistance: 80,
    maxAtR: 90,
    sameLanguageShare: 0.6,
    sameLanguageBase: 0.5,
  },
  perLanguage: {
    en: {
      values: {
        "map/mono": 0.5,
        "map/cross": 0.25,
        "map/multi": 0.125,
        rankDistance: 80,
        sameLanguageShare: 0.6,
      },
      queries: 10,
    },
    sw: {
      values: {
        "map/mono": null,
        "map/cross": null,
        "map/multi": null,
        rankDistance: null,
        sameLanguageShare: null,
      },
      queries: 0,
    },
  },
  matrix: { en: { en: 0.5, sw: 0.25 }, sw: { en: null, sw: null } },
  queries: 10,
  skippedQueries: 2,
  skippedPairs: {},
  pool: 100,
};
/** As version 0.1 wrote it: two spellings, and no number that came later. */
const writtenThen = {
  map: { mono: 0.5, cross: 0.25, multi: 0.125 },
  recall: { "recall@1/mono": 0.4, "recall@1/cross": 0.2, "recall@10/multi": 0.3 },
  rankDistance: 80,
  maxAtR: 90,
  sameLanguageShare: 0.6,
  sameLanguageBase: 0.5,
  perLanguage: {
    en: { mono: 0.5, cross: 0.25, multi: 0.125, rankDistance: 80, sameLanguageShare: 0.6, queries: 10 },
    sw: { mono: null, cross: null, multi: null, rankDistance: null, sameLanguageShare: null, queries: 0 },
  },
  matrix: final.matrix,
  queries: 10,
  skippedQueries: 2,
  pool: 100,
};
const record: RunRecord = {
  schema: RUN_SCHEMA,
  spec: DEFAULT_SPEC,
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD",
    versions: { lab: "1" },
    dataSha256: { "cldr-emoji": "a".repeat(64) },
    encoderSha256: "b".repeat(64),
  },
  points: [
    { step: 1, metric: "loss/mono", value: 2.5, kind: "mono" },
    { step: 20, metric: "map/multi", value: 0.125 },
    { step: 20, metric: "map/mono", value: 0.5, lang: "en" },
    { step: 20, metric: "perf/pairs_per_s", value: 1234 },
  ],
  realised: { mono: 10, cross: 10, en: 640 },
  final,
  digest: "c".repeat(64),
};
const written = { ...record, final: writtenThen };
const fileOf = (one: RunRecord): unknown => JSON.parse(recordJson(one));
const withPoint = (i: number, value: number): RunRecord => ({
  ...record,
  points: record.points.map((point, j) => (i === j ? { ...point, value } : point)),
});

it("states the version of package.json", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(LAB_VERSION).toBe(version);
});

it("keeps counts of left-out pairs out of the digest, and does not miss them in an older record", () => {
  const counted = { ...record, final: { ...final, skippedPairs: { en: { sw: 2 } } } };
  expect(parseRunRecord(fileOf(counted), "h.json")).toEqual(counted);
  expect(digestText(counted)).toBe(digestText(record));
  expect(compareRecords(record, counted, true).verdict).toBe("repeated");
  const other = { ...record, final: { ...final, skippedPairs: { en: { sw: 3 } } } };
  expect(compareRecords(counted, other, true).differences).toEqual([
    { what: "final.skippedPairs.en.sw", expected: 2, got: 3 },
  ]);
});

describe("parseRunRecord", () => {
  it("reads what the first version wrote, and writes it so again", () => {
    expect(parseRunRecord(written, "h.json")).toEqual(record);
    expect(fileOf(record)).toEqual({ ...written, final: { ...writtenThen, skippedPairs: {} } });
  });

  it("reads back what was written", () => {
    expect(parseRunRecord(fileOf(record), "h.json")).toEqual(record);
  });

  it.each([
    [{ ...written, schema: "other" }, "schema"],
    [{ ...written, points: [{ step: -1, metric: "x", value: 1 }] }, "points.0.step"],
    [{ ...written, points: [{ step: 1, metric: "x", value: "1" }] }, "points.0.value"],
    [{ ...written, final: { ...writtenThen, map: { mono: 1, cross: 1 } } }, "final.map.multi"],
    [{ ...written, spec: { ...DEFAULT_SPEC, steps: 0 } }, "spec: steps must be from 1"],
    [{ ...written, digest: "xyz" }, "digest"],
    ["text", "the file"],
  ])("names the field that is wrong (%#)", (value, field) => {
    expect(() => parseRunRecord(value, "h.json")).toThrow("h.json");
    expect(() => parseRunRecord(value, "h.json")).toThrow(field);
  });

  it("reads the age and the arithmetic that a record states, and none of a newer lab", () => {
    const { environment } = record;
    const today = { ...record, format: AGE, environment: { ...environment, arithmetic: ARITHMETIC } };
    expect(parseRunRecord(fileOf(today), "h.json")).toEqual(today);
    expect(() => parseRunRecord({ ...written, format: AGE + 1 }, "h.json")).toThrow(
      `h.json: format is ${AGE + 1}, but this lab reads records up to ${AGE}; a newer lab wrote it`,
    );
    expect(() => parseRunRecord({ ...written, format: 0 }, "h.json")).toThrow("h.json: format");
  });

  it("takes a field that came after the record for what labs did without it", () => {
    const { temperature, weights } = DEFAULT_SPEC.loss;
    const older = { ...written, spec: { ...DEFAULT_SPEC, loss: { temperature, weights } } };
    const { spec } = parseRunRecord(JSON.parse(JSON.stringify(older)), "h.json");
    const loss = { ...DEFAULT_SPEC.loss, teacher: "distilled-mini" }; // the default when teachers came
    expect(spec).toEqual({ ...DEFAULT_SPEC, loss });
  });

  it("never lets anything through unchecked", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseRunRecord(value, "x")).toThrow(/^x: /);
      }),
    );
  });
});

describe("digestText", () => {
  it("ignores timings and the machine, and nothing else", () => {
    expect(digestText(withPoint(3, 9))).toBe(digestText(record));
    expect(digestText({ ...record, environment: { ...record.environment, adapter: "other" } })).toBe(
      digestText(record),
    );
    expect(digestText(withPoint(1, 0.126))).not.toBe(digestText(record));
    expect(digestText({ ...record, spec: { ...DEFAULT_SPEC, seed: 2 } })).not.toBe(digestText(record));
  });

  it("does not know a teacher's fields where there is none, so that older digests stand", () => {
    const loss = (changes: object) => ({
      ...record,
      spec: { ...record.spec, loss: { ...record.spec.loss, ...changes } },
    });
    expect(digestText(record)).not.toContain("distillation");
    expect(digestText(loss({ teacher: "local:other", distillationWeight: 1 }))).toBe(digestText(record));
    const taught = digestText(loss({ distillation: "mse" }));
    expect(taught).not.toBe(digestText(record));
    expect(digestText(loss({ distillation: "mse", teacher: "local:other" }))).not.toBe(taught);
  });
});

it("MRR@10 came with the third age: no older digest covers it, a new one does", () => {
  const values = { ...final.values, "ndcg@10/mono": 0.5 };
  const then: RunRecord = { ...record, final: { ...final, values } };
  const now: RunRecord = {
    ...then,
    format: AGE,
    points: [...record.points, { step: 20, metric: "mrr@10/mono", value: 0.75, lang: "en" }],
    final: { ...final, values: { ...values, "mrr@10/mono": 0.75 } },
  };
  expect(digestOf(now, 2)).toBe(digestOf(then));
  expect(digestOf(now)).not.toBe(digestOf(then));
  expect(compareRecords({ ...then, digest: digestOf(then) }, now, true).verdict).toBe("repeated");
  const asked = { ...now, spec: { ...now.spec, evaluate: { cuts: ["mrr@10/mono"] } } };
  expect(digestText(asked, 2)).toContain("mrr@10"); // a wish is of no age
});

describe("compareRecords", () => {
  it("finds equal records exact, timings aside", () => {
    expect(compareRecords(record, withPoint(3, 99), true)).toEqual({ verdict: "repeated", differences: [] });
  });

  it("names an altered metric", () => {
    const altered = { ...record, final: { ...final, values: { ...final.values, "map/multi": 0.126 } } };
    const { verdict, differences } = compareRecords(altered, record, true);
    expect(verdict).toBe("different");
    expect(differences).toEqual([{ what: "final.map.multi", expected: 0.126, got: 0.125 }]);
  });

  it("allows 0.01 of mAP and 2 % of a loss between devices only", () => {
    const near = withPoint(1, 0.134); // 0.009 off
    expect(compareRecords(record, near, false).verdict).toBe("reproduced");
    expect(compareRecords(record, near, true).verdict).toBe("different");
    expect(compareRecords(record, withPoint(1, 0.136), false).verdict).toBe("different"); // 0.011 off
    expect(compareRecords(record, withPoint(0, 2.54), false).verdict).toBe("reproduced"); // 0.04 <= 0.05
    expect(compareRecords(record, withPoint(0, 2.56), false).verdict).toBe("different"); // 0.06 > 0.05
  });

  const TEACHERS = ["distillation/cosine", "distillation/correlation"];
  const scores = [...METRICS.filter(({ unit }) => unit === "0–1").map(({ path }) => path), ...TEACHERS];
  it.each(scores)("allows 0.01 of %s, wherever the number stands", (path) => {
    const metric = path.replace("<kind>", "mono");
    const today: RunRecord = { ...record, format: AGE };
    const { points, final } = record;
    const { perLanguage } = final;
    const en = (value: number) => ({ ...perLanguage, en: { values: { [path]: value }, queries: 9 } });
    const at = (value: number): RunRecord[] => [
      { ...today, points: [...points, { step: 20, metric, value }] },
      { ...today, points: [...points, { step: 20, metric, value, lang: "en" }] },
      { ...today, final: { ...final, values: { ...final.values, [path]: value } } },
      { ...today, final: { ...final, perLanguage: en(value) } },
    ];
    const verdict = (off: number) =>
      at(0.5).map((one, i) => compareRecords(one, at(0.5 + off)[i]!, false).verdict);
    expect(new Set(verdict(0.0099))).toEqual(new Set(["reproduced"]));
    expect(new Set(verdict(0.019))).toEqual(new Set(["different"]));
  });

  it("asks for equal bits of the same arithmetic on the same device, whatever its threads or the lab's version", () => {
    const made = { versions: { lab: LAB_VERSION, node: "v20" }, arithmetic: ARITHMETIC };
    const wasm = (adapter: string) => ({ backend: "wasm" as const, adapter, ...made });
    expect(isSameMaker(wasm("wasm SIMD, 1 thread"), wasm("wasm SIMD, 8 threads"))).toBe(true);
    expect(isSameMaker(wasm("wasm SIMD, 1 thread"), wasm("wasm, 1 thread"))).toBe(false);
    expect(isSameMaker(wasm("wasm SIMD, 1 thread"), wasm("wasm SIMD FMA, 1 thread"))).toBe(false);
    expect(fusesProducts(wasm("wasm SIMD FMA, 1 thread"))).toBe(true);
    expect(fusesProducts(wasm("wasm SIMD, 1 thread"))).toBe(false);
    expect(isSameMaker(wasm("x"), { ...wasm("x"), backend: "webgpu" })).toBe(false);
    expect(isSameMaker(wasm("x"), { ...wasm("x"), versions: { lab: "99.0.0" } })).toBe(true);
    expect(isSameMaker(wasm("x"), { ...wasm("x"), arithmetic: ARITHMETIC + 1 })).toBe(false);
  });

  it("knows the arithmetic of records that do not say it by the version of the lab", () => {
    const by = (lab: string) => ({ backend: "wasm" as const, adapter: "x", versions: { lab } });
    expect(isSameMaker(by("0.2.0"), { ...by("0.3.0"), arithmetic: 2 })).toBe(true);
    expect(isSameMaker(by("0.1.0"), { ...by("0.1.0"), arithmetic: 2 })).toBe(false);
    expect(isSameMaker(by("0.1.0"), by("0.2.0"))).toBe(false);
    expect(isSameMaker(by("0.1.0"), by("0.1.0"))).toBe(true);
  });

  it("does not hold against an older record what was not measured then", () => {
    const measured: RunRecord = {
      ...record,
      points: [...record.points, { step: 20, metric: "ndcg@10/mono", value: 0.5, lang: "en" }],
      final: {
        ...final,
        values: { ...final.values, "recall@100/mono": 0.9, "ndcg@10/mono": 0.5 },
        perLanguage: {
          ...final.perLanguage,
          en: {
            ...final.perLanguage.en!,
            values: { ...final.perLanguage.en!.values, "recall@100/mono": 0.9, "ndcg@10/mono": 0.5 },
          },
        },
      },
    };
    expect(compareRecords(record, measured, true).verdict).toBe("repeated");
    const differences = compareRecords(measured, record, true).differences.map(({ what }) => what);
    expect(differences).toContain("final.ndcg.ndcg@10/mono"); // the other way round they are missing
    expect(differences).toHaveLength(5);
    expect(parseRunRecord(fileOf(measured), "h.json")).toEqual(measured);
  });

  it("finds a missing number different", () => {
    const fewer = { ...record, points: record.points.slice(1) };
    expect(compareRecords(record, fewer, false)).toMatchObject({
      verdict: "different",
      differences: [{ what: "loss/mono at step 1", expected: 2.5, got: undefined }],
    });
  });

  it("looks at every number but the timings", () => {
    // 3 points + 3 realised + final: 3 map, 3 recall, 4 means, 2 x 6 per language, 4 cells, 3 counts
    expect(numbersOf(record).size).toBe(3 + 3 + 3 + 3 + 4 + 12 + 4 + 3);
  });
});

describe("compareExpected", () => {
  const expected = {
    digest: "c".repeat(16),
    backend: "wasm",
    map: { mono: 0.5, cross: 0.25, multi: 0.125 },
    rankDistance: 80,
  };
  it("is exact on the digest that an older lab gave the same numbers", () => {
    const values = { ...final.values, "ndcg@10/mono": 0.5 };
    const now = { ...record, format: AGE, final: { ...final, values } };
    const today = { ...now, digest: digestOf(now) };
    const then = { ...expected, digest: digestOf(record).slice(0, 16) }; // without nDCG
    expect(today.digest.startsWith(then.digest)).toBe(false);
    expect(compareExpected(then, today).verdict).toBe("repeated");
    const other = { ...today, realised: { mono: 9 } };
    expect(compareExpected(then, other).verdict).toBe("reproduced");
  });

  it("is exact on an equal digest, else goes by the four numbers", () => {
    expect(compareExpected(expected, record).verdict).toBe("repeated");
    const other = { ...expected, digest: "d".repeat(16), backend: "webgpu" };
    expect(compareExpected(other, record).verdict).toBe("reproduced");
    expect(compareExpected(other, record).lines.at(-1)).toBe("The sender ran on webgpu, this is wasm.");
    expect(compareExpected({ ...other, map: { ...other.map, cross: 0.3 } }, record).verdict).toBe(
      "different",
    );
    expect(compareExpected({ ...other, rankDistance: 90 }, record).verdict).toBe("different"); // 10 > 2 % of 90
  });
});

describe("evalPoints", () => {
  it("names means without and languages with lang, and leaves undefined means out", () => {
    const points = evalPoints(final, 20, []);
    expect(points).toContainEqual({ step: 20, metric: "map/multi", value: 0.125 });
    expect(points).toContainEqual({ step: 20, metric: "rankDistance", value: 80, lang: "en" });
    expect(points).toContainEqual({ step: 20, metric: "recall@10/multi", value: 0.3 });
    expect(points.filter((p) => p.lang === "sw")).toEqual([]);
    expect(points).toHaveLength(3 + 3 + 4 + 5);
  });
});
