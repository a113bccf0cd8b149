// A small finished run with invented numbers, for tests of what is made from records. Not the result of any run.
import type { RunRecord } from "../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";

const list = (...values: number[]) => Float32Array.from(values);

/** Two concepts asked in German and English, and a third in English only. */
export const testValues: QueryValues = {
  languages: ["de", "en"],
  queryLangs: Uint16Array.of(0, 0, 1, 1, 1),
  clusters: Int32Array.of(0, 1, 0, 1, 2),
  crossPools: Int32Array.of(1, 1),
  values: {
    "map/mono": list(0.5, 0.25, 1, 0.5, 0.75),
    "map/cross": list(0.5, 0, 0.25, 0.25, NaN),
    "map/multi": list(0.25, 0.125, 0.5, 0.25, 0.75),
    rankDistance: list(4, 8, 2, 10, NaN),
    sameLanguageShare: list(0.5, 0.75, 0.5, 0.25, 1),
    "ndcg@10/mono": list(0.5, 0.5, 1, 0.75, 1),
  },
};

export const testRecord: RunRecord = {
  schema: "hybrid-batch-lab/run@1",
  spec: {
    ...DEFAULT_SPEC,
    steps: 20,
    seed: 7,
    languages: { ...DEFAULT_SPEC.languages, train: { en: 1 }, heldOut: ["de"], eval: ["de", "en"] },
  },
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD",
    versions: { lab: "0.1.0" },
    dataSha256: { "cldr-emoji": "a".repeat(64) },
    encoderSha256: "b".repeat(64),
  },
  points: [
    { step: 0, metric: "map/multi", value: 0.125 },
    { step: 1, metric: "loss/mono", value: 2.5, kind: "mono" },
    { step: 20, metric: "map/multi", value: 0.34375 },
    { step: 20, metric: "map/mono", value: 0.375, lang: "de" },
  ],
  realised: { mono: 20, en: 1280 },
  final: {
    // the means of testValues: Mo (.375 + .75)/2, Cr (.25 + .25)/2, Mul (.1875 + .5)/2
    values: {
      "map/mono": 0.5625,
      "map/cross": 0.25,
      "map/multi": 0.34375,
      "recall@1/mono": 0.4,
      "recall@1/cross": 0.2,
      "recall@10/multi": 0.5,
      "recall@100/mono": 1,
      "ndcg@10/mono": 0.70833,
      rankDistance: 6,
      maxAtR: 12,
      sameLanguageShare: 0.6041667,
      sameLanguageBase: 0.5,
    },
    perLanguage: {
      de: {
        values: {
          "map/mono": 0.375,
          "map/cross": 0.25,
          "map/multi": 0.1875,
          "recall@100/mono": 1,
          "ndcg@10/mono": 0.5,
          rankDistance: 6,
          sameLanguageShare: 0.625,
        },
        queries: 2,
      },
      en: {
        values: {
          "map/mono": 0.75,
          "map/cross": 0.25,
          "map/multi": 0.5,
          "recall@100/mono": 1,
          "ndcg@10/mono": 0.9166667,
          rankDistance: 6,
          sameLanguageShare: 0.5833333,
        },
        queries: 3,
      },
    },
    matrix: { de: { de: 0.375, en: 0.25 }, en: { de: 0.25, en: 0.75 } },
    queries: 5,
    skippedQueries: 1,
    skippedPairs: {},
    pool: 12,
  },
  digest: "c".repeat(64),
};
