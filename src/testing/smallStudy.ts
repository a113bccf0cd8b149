// A study that trains in a second: three mixes of two languages from random weights, for tests of sweeps.
import { ofKinds } from "../core/spec/batchKind.ts";
import { STUDY_SCHEMA } from "../core/study/study.ts";

const ratio = (mono: number, cross: number) => ofKinds({ mono, cross });

/** As its file says it. */
export const SMALL_STUDY = {
  schema: STUDY_SCHEMA,
  title: "Small",
  question: "Does it run?",
  spec: {
    languages: { train: { en: 1, de: 1 }, heldOut: [] },
    batch: { size: 16 },
    encoder: { id: "random", width: 16 },
    data: { split: "heldOut" },
    steps: 4,
    evalEvery: 0,
    compute: { backend: "wasm" },
  },
  cells: [
    { name: "cross", changes: { "batch.ratio": ratio(0, 1) } },
    { name: "hybrid", changes: { "batch.ratio": ratio(0.5, 0.5) } },
    { name: "mono", changes: { "batch.ratio": ratio(1, 0) } },
  ],
  seeds: [1, 2],
  primary: "map/cross",
  smallestEffect: 0.01,
} as const;
