// A run that is killed and goes on from its last snapshot must end with the digest of one that was never disturbed:
// checks for every backend, on models small enough for SwiftShader.
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { BackendName } from "../../core/spec/backend.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { searchPool } from "../../training/pool/searchPool.ts";
import { runExperiment, type RunOptions, type RunResources } from "../../training/run/runExperiment.ts";
import type { RunEvent, RunPorts } from "../../training/run/runPorts.ts";
import { lastSnapshot } from "../../training/snapshot/lastSnapshot.ts";
import { memoryPorts, openControl } from "../memoryPorts.ts";
import { memorySnapshots } from "../memorySnapshots.ts";
import { smallCorpus } from "../smallCorpus.ts";
import { startNodeBackend } from "./nodeBackends.ts";

const corpus = smallCorpus({ languages: ["de", "en", "th"], nConcepts: 24 });

export const RESUME_BASE: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all", liveQueries: 30 },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: ["th"] },
  batch: { ...DEFAULT_SPEC.batch, size: 4, ratio: ofKinds({ mono: 0.5, cross: 0.5 }) },
  encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 16 },
  optimizer: { ...DEFAULT_SPEC.optimizer, learningRate: 0.05, warmup: 3 },
  steps: 14,
  evalEvery: 5,
};

/** Ports of one backend; an encoder of any id but `random` is drawn from another seed, to be a teacher. */
export function resumePorts(backend: BackendName): RunPorts {
  const memory = memoryPorts(corpus);
  return {
    ...memory,
    startDevice: () => startNodeBackend(backend),
    async openEncoder(id, onProgress) {
      const encoder = await memory.openEncoder(id, onProgress);
      if (id === "random") return encoder;
      return {
        ...encoder,
        load: async (spec, pieceIds, _, progress) => ({
          ...(await encoder.load(spec, pieceIds, createRandom(99), progress)),
          sha256: "e".repeat(64),
        }),
      };
    },
  };
}

export interface Finished {
  readonly events: readonly RunEvent[];
  readonly record: RunRecord | undefined;
  readonly resources: RunResources | undefined;
}

/** Runs to the end, or to the error that the control throws: then there is no record. */
export async function runThrough(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  options: RunOptions = {},
): Promise<Finished> {
  const events: RunEvent[] = [];
  let resources: RunResources | undefined;
  try {
    for await (const event of runExperiment(spec, ports, control, (kept) => (resources = kept), options)) {
      events.push(event);
    }
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  const last = events.at(-1);
  return { events, record: last?.type === "finished" ? last.record : undefined, resources };
}

class Killed extends Error {}

/** Kills the process at the gate before the given step; nothing after it runs. */
export function killAt(step: number): RunControl {
  let passed = 0;
  return {
    ...openControl,
    trainGate: () => (passed++ === step ? Promise.reject(new Killed("killed")) : Promise.resolve()),
  };
}

const layers = { encoder: { ...RESUME_BASE.encoder, layers: 1 } };
const CASES: Record<string, Partial<ExperimentSpec>> = {
  "a bag": {},
  "layers, cosine rate, clipped": {
    ...layers,
    optimizer: { ...RESUME_BASE.optimizer, schedule: "cosine", clipNorm: 0.5 },
  },
  "rows of several kinds, a mix that moves": {
    batch: {
      ...RESUME_BASE.batch,
      unit: "row",
      schedule: "linear",
      ratioEnd: ofKinds({ multi: 1 }),
    },
    optimizer: { ...RESUME_BASE.optimizer, schedule: "linear" },
  },
  "a mix that jumps, frozen embeddings, no live subset": {
    data: { ...RESUME_BASE.data, liveQueries: 0 },
    encoder: { ...layers.encoder, frozen: "embeddings" },
    batch: {
      ...RESUME_BASE.batch,
      schedule: "step",
      ratioEnd: ofKinds({ mixedMono: 1 }),
    },
    optimizer: { ...RESUME_BASE.optimizer, schedule: "constant" },
  },
  "a teacher": {
    loss: { ...RESUME_BASE.loss, distillation: "cosine", distillationWeight: 0.5, teacher: "distilled-mini" },
    batch: {
      ...RESUME_BASE.batch,
      schedule: "cosine",
      ratioEnd: ofKinds({ cross: 1 }),
    },
  },
  "a teacher of scores, layers": {
    ...layers,
    loss: { ...RESUME_BASE.loss, distillation: "scores", teacher: "distilled-mini" },
  },
};

/** @param only names of cases; left out: all */
export function resumeSuite(backend: BackendName, only?: readonly string[]): void {
  const cases = Object.entries(CASES).filter(([name]) => only?.includes(name) ?? true);
  describe.each(cases)("%s", (_, changes) => {
    const spec = { ...RESUME_BASE, ...changes };

    it("ends with the undisturbed digest, killed at any moment", async () => {
      const undisturbed = await runThrough(spec, resumePorts(backend), openControl);
      const { digest } = undisturbed.record!;
      const query = { text: "t5 t8", languages: [], k: 5 };
      const answer = await searchPool(undisturbed.resources!, query);
      undisturbed.resources!.model.dispose();

      // Snapshots after steps 3, 6, 9, 12; kills before steps 5, 6 and 13, one of them before anything new is kept.
      const snapshots = memorySnapshots();
      const ports = { ...resumePorts(backend), snapshots };
      let restored = 0;
      for (const kill of [5, 6, 13, Infinity]) {
        const from = await lastSnapshot(snapshots, "memory", (sentence) => expect.fail(sentence));
        const control = killAt(kill - (from?.state.step ?? 0));
        const options = { checkpointEvery: { steps: 3 }, ...(from && { from }) };
        const { record, resources, events } = await runThrough(spec, ports, control, options);
        restored += events.filter(({ type }) => type === "restored").length;
        if (kill === Infinity) {
          expect(record!.digest).toBe(digest);
          expect(await searchPool(resources!, query)).toEqual(answer);
        } else expect(record).toBeUndefined();
        resources!.model.dispose();
      }
      expect(restored).toBe(3);
      expect(snapshots.written).toEqual([3, 6, 9, 12]);
      expect([...snapshots.files.keys()]).toEqual([9, 12]);
    });
  });
}
