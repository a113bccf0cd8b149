// A branch has one digest however it comes about, and one that changes nothing trains on as its parent would have: checks
// for every backend, on models small enough for SwiftShader.
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { BackendName } from "../../core/spec/backend.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { RunOptions } from "../../training/run/runExperiment.ts";
import { lastSnapshot } from "../../training/snapshot/lastSnapshot.ts";
import { openControl } from "../memoryPorts.ts";
import { memorySnapshots } from "../memorySnapshots.ts";
import { killAt, RESUME_BASE, resumePorts, runThrough } from "./resumeSuite.ts";

/** What a branch may change, as the issue names it: another mix, one more language, loss, rate and length. */
export const branchOf = (parent: ExperimentSpec): ExperimentSpec => ({
  ...parent,
  languages: { ...parent.languages, train: { de: 1, en: 1, th: 2 }, heldOut: [] },
  batch: { ...parent.batch, schedule: "constant", ratio: ofKinds({ cross: 1 }) },
  loss: { ...parent.loss, temperature: parent.loss.temperature / 2 },
  optimizer: { ...parent.optimizer, learningRate: parent.optimizer.learningRate / 2 },
  steps: 18,
});

const layers = { encoder: { ...RESUME_BASE.encoder, layers: 1 } };
const CASES: Record<string, Partial<ExperimentSpec>> = {
  "a bag": {},
  "layers, cosine rate, clipped": {
    ...layers,
    optimizer: { ...RESUME_BASE.optimizer, schedule: "cosine", clipNorm: 0.5 },
  },
  "frozen embeddings, a mix that moves": {
    encoder: { ...layers.encoder, frozen: "embeddings" },
    batch: {
      ...RESUME_BASE.batch,
      unit: "row",
      schedule: "linear",
      ratioEnd: ofKinds({ multi: 1 }),
    },
  },
  "a teacher": {
    loss: { ...RESUME_BASE.loss, distillation: "cosine", distillationWeight: 0.5, teacher: "distilled-mini" },
  },
};

const lossesAfter = (record: RunRecord, step: number) =>
  record.points.filter((point) => point.metric.startsWith("loss/") && point.step > step);

/** @param only names of cases; left out: all */
export function branchSuite(backend: BackendName, only?: readonly string[]): void {
  const cases = Object.entries(CASES).filter(([name]) => only?.includes(name) ?? true);
  const run = async (spec: ExperimentSpec, options: RunOptions = {}) => {
    const { record, resources } = await runThrough(spec, resumePorts(backend), openControl, options);
    resources!.model.dispose();
    return record!;
  };
  describe.each(cases)("%s", (_, changes) => {
    const origin = { ...RESUME_BASE, ...changes };
    const parent = { spec: origin, step: 6, digest: "" };

    it("has one digest: from a snapshot, after the parent's steps again, and after a kill of its own", async () => {
      const child = branchOf(origin);
      const snapshots = memorySnapshots();
      const last = async () => (await lastSnapshot(snapshots, "memory", (why) => expect.fail(why)))!;
      const ports = { ...resumePorts(backend), snapshots };
      const kept = await runThrough(origin, ports, killAt(7), { checkpointEvery: { steps: 6 } });
      kept.resources!.model.dispose();
      const from = await last();
      expect(from.state.step).toBe(6);
      const { digest, ...rest } = await run(child, { parent, from });
      expect(rest.parent!.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(rest.points[0]!.step).toBe(6);
      expect((await run(child, { parent })).digest).toBe(digest);

      const killed = await runThrough(child, ports, killAt(5), {
        parent,
        from,
        checkpointEvery: { steps: 5 },
      });
      killed.resources!.model.dispose();
      const own = await last();
      expect([own.state.step, own.parent!.step]).toEqual([10, 6]);
      expect((await run(child, { from: own })).digest).toBe(digest);
    });

    it("that changes nothing trains on as its parent would have", async () => {
      const [whole, branch] = [await run(origin), await run(origin, { parent })];
      expect(lossesAfter(branch, 6)).toEqual(lossesAfter(whole, 6));
      expect(branch.final).toEqual(whole.final);
    });
  });
}
