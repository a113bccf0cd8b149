import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { ofKinds, type Ratio } from "../spec/batchKind.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { trainLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { batchPlan } from "./batchPlan.ts";
import { buildPairTable } from "./pairTable.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";
import type { Decision } from "../spec/decision.ts";
import { followTrajectory } from "./trajectory.ts";

const only = (kind: keyof Ratio): Ratio => ofKinds({ [kind]: 1 });
const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1, th: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 4, ratio: only("mono"), ratioEnd: only("cross"), schedule: "linear" },
  steps: 30,
};
const corpus = smallCorpus({ languages: ["de", "en", "th"], nConcepts: 20 });
const plan = (own: ExperimentSpec, ratioOf?: RatioOf) => [
  ...batchPlan(own, buildPairTable(corpus, trainLanguages(own)), ratioOf),
];

describe("followTrajectory", () => {
  it("asks for the latest decision, and for the spec's mix before the first", () => {
    const follow = followTrajectory([
      { step: 10, ratio: only("multi") },
      { step: 12, ratio: only("mono") },
    ]);
    const constant = { ...spec, batch: { ...spec.batch, schedule: "constant" as const } };
    const asked = [9, 10, 11, 12, 29].map((step) => follow(constant, step, 0));
    expect(asked).toEqual(
      ["mono", "multi", "multi", "mono", "mono"].map((kind) => only(kind as keyof Ratio)),
    );
  });

  it("gives a moving mix again from what was recorded of it", () => {
    const recorded = Array.from({ length: 30 }, (_, step) => ({ step, ratio: ratioAt(spec, step) }));
    const still = { ...spec, batch: { ...spec.batch, schedule: "constant" as const } };
    expect(plan(still, followTrajectory(recorded))).toEqual(plan(spec));
    expect(plan(still)).not.toEqual(plan(spec));
  });

  it("follows decisions that are made while the plan is drawn", () => {
    const decisions: Decision[] = [];
    const still = { ...spec, batch: { ...spec.batch, schedule: "constant" as const } };
    const batches = batchPlan(still, buildPairTable(corpus, ["de", "en", "th"]), followTrajectory(decisions));
    const kinds: string[] = [];
    for (const batch of batches) {
      kinds.push(batch.kind);
      if (batch.step === 4) decisions.push({ step: 5, ratio: only("cross") });
    }
    expect(kinds).toEqual([...new Array<string>(5).fill("mono"), ...new Array<string>(25).fill("cross")]);
    // What was decided live is what a replay needs: the same plan comes out of the record of it.
    expect(plan(still, followTrajectory(decisions)).map(({ kind }) => kind)).toEqual(kinds);
  });
});
