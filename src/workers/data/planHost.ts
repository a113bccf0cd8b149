// What there is to say of a plan before it is trained, from the dataset's counts. Draws no batch and trains nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import { SpecError } from "../../core/inputError.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { lackingLanguages } from "../../core/languages/languageChoice.ts";
import { checkConsistency, evalLanguages, evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import { openCounts } from "../../training/corpus/openCounts.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";
import type { DataRequests, PlanCheck } from "../protocol.ts";
import type { Handlers } from "../rpc.ts";

/** Larger sets are counted when a run starts, not while a person chooses. */
const MOST_BYTES = 2 ** 23; // of the languages' files

export function planHandlers(
  sourceOf: (id: string) => Promise<ShardSource>,
): Pick<Handlers<DataRequests>, "checkPlan"> {
  let last: { readonly key: string; readonly corpus: Promise<Corpus> } | undefined;
  return {
    async checkPlan({ spec, parent, starting = false }): Promise<PlanCheck> {
      const source = await sourceOf(spec.data.train);
      const { sha256, languages, shards } = await source.manifest();
      const trained = trainLanguages(spec);
      if (starting) {
        const test = await (await sourceOf(evalTarget(spec).datasetId)).manifest();
        const refusal =
          lackingLanguages("languages.train", trained, { id: spec.data.train, languages }) ??
          lackingLanguages("languages.eval", evalLanguages(spec), test);
        if (refusal !== undefined) return { notices: [], refusal };
      } else {
        const bytes = shards.reduce(
          (sum, shard) => sum + (trained.includes(shard.lang) ? shard.bytes : 0),
          0,
        );
        if (bytes > MOST_BYTES || trained.some((lang) => !languages.includes(lang))) return { notices: [] };
      }
      const key = `${sha256} ${trained.join()}`;
      if (last?.key !== key) last = { key, corpus: openCounts(source, trained) };
      last.corpus.catch(() => (last = undefined));
      const corpus = await last.corpus;
      try {
        checkConsistency(spec);
        const stretches = planStretches([{ spec, from: parent?.step ?? 0 }], corpus);
        return { notices: checkStretches(stretches, spec.data.train) };
      } catch (error) {
        if (error instanceof SpecError) return { notices: [], refusal: error.message };
        throw error;
      }
    },
  };
}
