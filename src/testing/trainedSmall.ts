// A run over a small corpus, trained in a moment: for tests of what is asked of weights. Its languages are German, English, Thai.
import { ofKinds } from "../core/spec/batchKind.ts";
import type { RunResources } from "../training/run/runExperiment.ts";
import { smallCorpus } from "./smallCorpus.ts";
import { SMALL_SPEC, smallRun } from "./smallRun.ts";

export const SMALL_LANGUAGES = ["de", "en", "th"];

/** @param lacks whether a concept has no text in a language, by its index */
export async function trainedSmall(
  lacks: (concept: number, lang: number) => boolean = () => false,
  training = true,
): Promise<RunResources> {
  const spec = {
    ...SMALL_SPEC,
    data: { ...SMALL_SPEC.data, split: "all" as const },
    languages: { ...SMALL_SPEC.languages, train: { de: 1, en: 1, th: 1 } },
    batch: { ...SMALL_SPEC.batch, ratio: ofKinds({ cross: 1 }) },
    steps: 40,
  };
  const corpus = smallCorpus({ languages: SMALL_LANGUAGES, nConcepts: 16, lacks });
  return (await smallRun(spec, corpus, training)).resources;
}
