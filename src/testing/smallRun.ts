// A run over an invented corpus, made in a moment, with what is left of it: its record and its weights.
import type { RunRecord } from "../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { runExperiment, type RunResources } from "../training/run/runExperiment.ts";
import { memoryPorts, openControl } from "./memoryPorts.ts";
import type { smallCorpus } from "./smallCorpus.ts";

/** Of German and English, five steps of a narrow random encoder. */
export const SMALL_SPEC: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 8 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  steps: 5,
  evalEvery: 0,
};

/** @param training false: its start is evaluated, and nothing trained */
export async function smallRun(
  spec: ExperimentSpec,
  corpus: ReturnType<typeof smallCorpus>,
  training = true,
): Promise<{ readonly resources: RunResources; readonly record: RunRecord }> {
  let resources: RunResources | undefined;
  let record: RunRecord | undefined;
  const events = runExperiment(spec, memoryPorts(corpus), openControl, (kept) => (resources = kept), {
    training,
  });
  for await (const event of events) if (event.type === "finished") record = event.record;
  return { resources: resources!, record: record! };
}
