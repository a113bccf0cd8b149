import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { partsOf } from "../record/parts.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { collectRun } from "./collectRun.ts";

const values = { "map/mono": 0.5, "map/cross": 0.4, "map/multi": null };
const record: RunRecord = {
  schema: "hybrid-batch-lab/run@1",
  spec: withPath(withPath(DEFAULT_SPEC, "steps", 4), "batch.size", 8),
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD, 2 threads",
    versions: { lab: "0.3.0" },
    arithmetic: 2,
    dataSha256: { "cldr-emoji": "a".repeat(64) },
    encoderSha256: "0".repeat(64),
  },
  points: [
    { step: 0, metric: "map/mono", value: 0.1 },
    { step: 0, metric: "map/mono", value: 0.2, lang: "en" },
    { step: 1, metric: "loss/mono", value: 3 },
    { step: 2, metric: "perf/pairs_per_s", value: 3 },
    { step: 4, metric: "ratio/mono", value: 0.5 },
    { step: 4, metric: "map/mono", value: 0.5 },
    { step: 4, metric: "map/mono", value: 0.6, lang: "en" },
  ],
  // 1 mono and 2 cross batches of 8 rows with 2 texts, 1 multi batch of 8 rows with 3: 16 + 32 + 24 texts
  realised: { mono: 1, cross: 2, multi: 1, en: 40, de: 32 },
  final: {
    values,
    perLanguage: { en: { values: { "map/mono": 0.6 }, queries: 3 } },
    matrix: {},
    queries: 3,
    skippedQueries: 0,
    skippedPairs: {},
    pool: 9,
  },
  digest: "1".repeat(64),
};

it("keeps of a record what a study's analysis asks for", () => {
  expect(collectRun({ cell: "hybrid", seed: 1 }, record)).toEqual({
    cell: "hybrid",
    seed: 1,
    digest: record.digest,
    device: "2 wasm: wasm SIMD",
    made: { lab: "0.3.0", data: { "cldr-emoji": "a".repeat(64) }, encoder: "0".repeat(64) },
    parts: partsOf(record), // one loss, of 3
    start: { values: { "map/mono": 0.1 }, perLanguage: { en: { "map/mono": 0.2 } } },
    end: { values, perLanguage: { en: { "map/mono": 0.6 } } },
    spent: { steps: 4, crossBatches: 2, pairs: 8 * (1 + 2) + 8 * 2 },
    realised: record.realised,
    course: [
      { step: 0, metric: "map/mono", value: 0.1 },
      { step: 4, metric: "ratio/mono", value: 0.5 },
      { step: 4, metric: "map/mono", value: 0.5 },
    ],
  });
});
