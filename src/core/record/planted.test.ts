// A later lab, made by planting rows: a field, a batch kind, a metric and a changed default, all of the age after the newest. What today's
// and older labs wrote must keep digest and meaning in it.
import { beforeAll, describe, expect, it, vi } from "vitest";
import type * as Ages from "../age.ts";
import type * as Kinds from "../spec/kindFacts.ts";
import type * as Fields from "../spec/fields.ts";
import type * as MetricTable from "../metrics/metricTable.ts";
import { readJson, RECORDS } from "../../testing/history/readHistory.ts";
import { testRecord } from "../../testing/testRecord.ts";
import { closeRecord } from "../../training/run/closeRecord.ts";
import { decodeLink, encodeLink } from "../spec/link.ts";
import { parseSpec } from "../spec/parseSpec.ts";
import { DEFAULT_SPEC, findPreset } from "../spec/presets.ts";
import { withPath, type SpecPath } from "../spec/spec.ts";
import { compareExpected } from "./compareLink.ts";
import { compareRecords } from "./compareRuns.ts";
import { digestOf, fitsDigest } from "./digest.ts";
import { expectedResult } from "./expectedResult.ts";
import { parseRunRecord } from "./parseRunRecord.ts";
import { recipeCode } from "./recipeCode.ts";
import { writtenRecord, type RunRecord } from "./runRecord.ts";

vi.mock("../age.ts", async (original) => {
  const { AGES } = await original<typeof Ages>();
  return { AGES: { ...AGES, 11: "planted" }, AGE: 11 };
});
vi.mock("../spec/kindFacts.ts", async (original) => {
  const { KIND_FACTS } = await original<typeof Kinds>();
  return { KIND_FACTS: { ...KIND_FACTS, planted: { ...KIND_FACTS.cross, since: 11 } } };
});
vi.mock("../spec/fields.ts", async (original) => {
  const { FIELDS: today } = await original<typeof Fields>();
  const FIELDS = {
    ...today,
    "data.split": {
      ...today["data.split"],
      default: "dev",
      formerly: [...today["data.split"].formerly, { until: 8, value: "devConcepts" }],
    },
    steps: { ...today.steps, default: 100, formerly: [{ until: 8, value: 300 }] },
    "plan.law": { ...today.seed, key: "planted", since: 8, before: 1, default: 2 },
  };
  return {
    FIELDS,
    SPEC_PATHS: Object.keys(FIELDS),
    fieldAt: (path: keyof typeof FIELDS) => FIELDS[path],
    specPath: (name: string) => Object.keys(FIELDS).find((path) => path === name),
  };
});
vi.mock("../metrics/metricTable.ts", async (original) => {
  const table = await original<typeof MetricTable>();
  const planted = { ...table.metricAt("ndcg@10/mono"), path: "ndcg@20/mono", since: 8 };
  return {
    ...table,
    EVAL_METRICS: [...table.EVAL_METRICS, planted],
    findMetric: (path: string) => (path === planted.path ? planted : table.findMetric(path)),
  };
});

const LAW = "plan.law" as SpecPath;
const lawOf = (spec: object) => (spec as { plan?: { law?: number } }).plan?.law;

/** What a lab of age 3 and one of age 2 wrote of one run; the digest is of 497d8ca, the last commit of age 2. */
const DIGEST = "40900e2de425a2565a555e54f007b20c2428b0619eba64969f41e862531bce7c";
const { plan: _, ...specThen } = testRecord.spec as typeof testRecord.spec & { plan?: unknown };
const { law: _law, ...batchThen } = specThen.batch;
const four = { mono: 0.5, cross: 0.5, multi: 0, mixedMono: 0 };
const written = {
  ...writtenRecord(testRecord),
  spec: {
    ...specThen,
    data: { ...specThen.data, split: "heldOut" },
    batch: { ...batchThen, ratio: four, ratioEnd: { ...four, mono: 0, cross: 1 } },
    loss: {
      ...specThen.loss,
      teacher: "distilled-mini",
      weights: { mono: 1, cross: 1, multi: 1, mixedMono: 1 },
    },
    encoder: { ...specThen.encoder, id: "distilled-mini" },
    optimizer: { ...specThen.optimizer, learningRate: 0.01 },
  },
  digest: DIGEST,
};
/** A run of age 8 whose kinds moved in every way there is; its digest is of 297b291. */
const MOVED = "0dbc78fd8f1ce221413be364fdc928e87dd6f21257468a5cc3521001fb1e9048";
const ones = { mono: 1, cross: 1, multi: 1, mixedMono: 1 };
const curve = [0, 1].map((at) => ({ at, weights: { ...ones, mono: at } }));
const decided = [{ step: 5, ratio: { ...four, mono: 0.25, cross: 0.75 }, weights: { ...ones, mono: 2 } }];
const movedSpec = {
  ...written.spec,
  batch: { ...written.spec.batch, schedule: "drawn", curve },
  loss: { ...written.spec.loss, weighting: "drawn", curve },
  rule: { reference: four, transfer: { ...four, mono: four, cross: four, multi: four, mixedMono: four } },
};
const parent = { spec: movedSpec, step: 10, digest: "c".repeat(64), trajectory: decided };
const moved = { ...written, format: 11, spec: movedSpec, parent, trajectory: decided, digest: MOVED };
/** As files of then hold it: without the planted kind. */
const fileOf = (value: object) =>
  JSON.stringify(value, (key, one: unknown) => (key === "planted" ? undefined : one));
const read = (value: object) => parseRunRecord(JSON.parse(fileOf(value)), "old.json");
const ofAge2 = read(written);
const ofAge3 = read({ ...written, format: 3 });

/** The same run made by the later lab: with its number, and the new metric. */
let again: RunRecord;
beforeAll(() => {
  const { final, environment, realised, points } = testRecord;
  const measured = { ...final, values: { ...final.values, "ndcg@20/mono": 0.75 } };
  const state = {
    points: [...points, { step: 20, metric: "ndcg@20/mono", value: 0.75 }],
    counts: { realised, recent: {} },
    trajectory: [],
  };
  again = closeRecord(ofAge2.spec, state, measured, environment);
});

describe("in a later lab", () => {
  it("records of today and before keep their digest", () => {
    for (const record of [ofAge2, ofAge3]) expect(digestOf(record)).toBe(DIGEST);
  });

  it.each(RECORDS)("%s keeps its digest, too", (id) => {
    const record = parseRunRecord(readJson(`${id}.json`), id);
    expect(digestOf(record)).toBe(record.digest);
    expect(lawOf(record.spec)).toBe(1);
  });

  it("so does a run of moving kinds, and its recipe's code stays", () => {
    const record = read(moved);
    expect(digestOf(record)).toBe(MOVED);
    expect(record.trajectory![0]).toMatchObject({ ratio: { planted: 0 }, weights: { planted: 1 } });
    expect(recipeCode(record)).toBe("YD6K2-QPZ1B");
  });

  it("they mean what labs without the new field did", () => {
    expect(lawOf(ofAge2.spec)).toBe(1);
    expect(lawOf(ofAge3.spec)).toBe(1);
    expect(ofAge3.spec.data.split).toBe("heldOut");
    expect(ofAge3.spec.batch.ratio).toMatchObject({ mono: 0.5, planted: 0 });
  });

  it("a run made again says the new number and is compared by what was measured then", () => {
    expect(again).toMatchObject({ format: 11 });
    expect(again.digest).not.toBe(DIGEST); // it covers the new metric
    for (const record of [ofAge2, ofAge3]) {
      expect(compareRecords(record, again, true)).toEqual({ verdict: "repeated", differences: [] });
      expect(compareExpected(expectedResult(record)!, again).verdict).toBe("repeated");
    }
    expect(fitsDigest(again, DIGEST)).toBe(true);
    const off = { ...again, realised: { ...again.realised, mono: 21 } };
    expect(fitsDigest({ ...off, digest: digestOf(off) }, DIGEST)).toBe(false);
    expect(compareRecords(again, ofAge3, true).differences).toEqual([
      { what: "ndcg@20/mono at step 20", expected: 0.75, got: undefined },
      { what: "final.ndcg.ndcg@20/mono", expected: 0.75, got: undefined },
    ]);
  });

  it("a new field, kind and metric that are made use of are covered by the digest", () => {
    const remade = (spec: object) => digestOf({ ...again, spec: { ...again.spec, ...spec } });
    const { batch } = again.spec;
    expect(remade({ plan: { law: 2 } })).not.toBe(again.digest);
    expect(remade({ plan: { law: 1 } })).toBe(again.digest);
    expect(remade({ batch: { ...batch, ratio: { ...batch.ratio, planted: 0.5 } } })).not.toBe(again.digest);
    const other = { ...again.final.values, "ndcg@20/mono": 0.5 };
    expect(digestOf({ ...again, final: { ...again.final, values: other } })).not.toBe(again.digest);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])("links of version %i mean what they meant", (version) => {
    const { spec, problems } = decodeLink(`v=${version}&preset=hybrid&seed=7`);
    expect(problems).toEqual([]);
    const part = version < 5 ? "heldOut" : "devConcepts";
    expect([lawOf(spec), spec.data.split, spec.seed]).toEqual([1, part, 7]);
    const mini = "distilled-mini";
    const starts = ["random", mini, mini, mini, mini, "distilled-bag", "distilled-bag"];
    expect(spec.encoder.id).toBe(starts[version - 1]);
    const hybrid = findPreset("hybrid")!;
    const shared = encodeLink(spec, hybrid);
    expect(shared).toContain(`v=11&preset=hybrid&split=${part}`);
    expect(decodeLink(shared).spec).toEqual(spec);
  });

  it("a former default takes no field that the link's preset sets", () => {
    const stepsOf = (preset: string, version: number) =>
      decodeLink(`v=${version}&preset=${preset}`).spec.steps;
    expect([stepsOf("hybrid", 3), stepsOf("hybrid", 8)]).toEqual([300, 100]);
    expect([stepsOf("quickstart", 3), stepsOf("quickstart", 8)]).toEqual([200, 200]);
  });

  it("links and specs of its own mean its defaults", () => {
    const { spec } = decodeLink("v=11&preset=hybrid");
    expect([lawOf(spec), spec.data.split]).toEqual([2, "dev"]);
    expect(lawOf(parseSpec({ steps: 5 }))).toBe(2);
    const chosen = withPath(DEFAULT_SPEC, LAW, 1);
    expect(lawOf(decodeLink(encodeLink(chosen, findPreset("hybrid")!)).spec)).toBe(1);
  });
});
