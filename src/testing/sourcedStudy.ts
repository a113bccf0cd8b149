// A small study in which cells are made from other cells' runs: controls of rules, and rules with a reference.
import { ofKinds } from "../core/spec/batchKind.ts";
import { SMALL_STUDY } from "./smallStudy.ts";

const half = ofKinds({ mono: 0.5, cross: 0.5 });
const ruled = (schedule: string, more: object = {}) => {
  return { "batch.ratio": half, "batch.schedule": schedule, ...more };
};

/** As its file says it. */
export const SOURCED = {
  ...SMALL_STUDY,
  title: "Sourced",
  spec: { ...SMALL_STUDY.spec, data: {}, steps: 20, rule: { every: 2 } }, // evaluated on dev
  cells: [
    ...SMALL_STUDY.cells,
    { name: "drifting", changes: ruled("linear", { "batch.ratioEnd": { ...half, mono: 0.9, cross: 0.1 } }) },
    { name: "exp3", label: "bandit", changes: ruled("exp3", { "rule.rate": 1 }) },
    { controlOf: "exp3", made: "mean" },
    { name: "back", controlOf: "exp3", made: "reversed" },
    { name: "dwa", changes: { "batch.ratio": half, "loss.weighting": "dwa" } },
    { controlOf: "dwa", made: "mean" },
    { name: "doremi", changes: ruled("doremi"), reference: { mono: "hybrid", cross: "hybrid" } },
    { controlOf: "doremi", made: "mean" },
    {
      name: "devGap",
      changes: ruled("devGap", { evalEvery: 5 }),
      reference: { mono: "mono", cross: "cross" },
    },
  ],
} as const;
