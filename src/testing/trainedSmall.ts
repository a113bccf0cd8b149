// A run over a small corpus, trained in a moment: for tests of what is asked of weights. Its languages are German, English, Thai.
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { runExperiment, type RunResources } from "../training/run/runExperiment.ts";
import { memoryPorts, openControl } from "./memoryPorts.ts";
import { smallCorpus } from "./smallCorpus.ts";

export const SMALL_LANGUAGES = ["de", "en", "th"];

/** @param lacks whether a concept has no text in a language, by its index */
export async function trainedSmall(
  lacks: (concept: number, lang: number) => boolean = () => false,
  training = true,
): Promise<RunResources> {
  const spec = {
    ...DEFAULT_SPEC,
    data: { ...DEFAULT_SPEC.data, train: "small", split: "all" as const },
    languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1, th: 1 }, heldOut: [] },
    batch: { ...DEFAULT_SPEC.batch, size: 8, ratio: { mono: 0, cross: 1, multi: 0, mixedMono: 0 } },
    encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
    steps: 40,
    evalEvery: 0,
  };
  let kept: RunResources | undefined;
  const ports = memoryPorts(smallCorpus({ languages: SMALL_LANGUAGES, nConcepts: 16, lacks }));
  for await (const _ of runExperiment(spec, ports, openControl, (own) => (kept = own), { training }));
  return kept!;
}
