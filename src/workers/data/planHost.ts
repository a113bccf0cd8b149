// What there is to say of a plan before it is trained, from the dataset's counts. Draws no batch and trains nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SpecError } from "../../core/inputError.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { lackingLanguages } from "../../core/languages/languageChoice.ts";
import { checkConsistency, evalLanguages, evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import { openCounts } from "../../training/corpus/openCounts.ts";
import type { CountedCorpora } from "../../training/corpus/openCorpus.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";
import type { DataRequests, PlanCheck } from "../protocol.ts";
import type { Handlers } from "../rpc.ts";

/** Larger sets are counted when a run starts, not while a person chooses. */
const MOST_BYTES = 2 ** 23; // of the languages' files

export interface PlanHost {
  readonly handlers: Pick<Handlers<DataRequests>, "checkPlan">;
  /** What was counted last: whoever opens the same reads it no second time. */
  readonly counted: CountedCorpora;
  /** A run loads and checks its plan itself: what the form asks waits until the function that this gives is called. */
  holdBack(): () => void;
}

const keyOf = ({ sha256 }: Pick<Manifest, "sha256">, languages: readonly string[]) =>
  [sha256, ...[...languages].sort()].join(" ");

export function createPlanHost(sourceOf: (id: string) => Promise<ShardSource>): PlanHost {
  let loading = Promise.resolve();
  let last: { readonly key: string; readonly corpus: Promise<Corpus> } | undefined;
  const handlers: PlanHost["handlers"] = {
    async checkPlan({ spec, parent, starting = false }): Promise<PlanCheck> {
      const source = await sourceOf(spec.data.train);
      const manifest = await source.manifest();
      const { languages, shards } = manifest;
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
      const key = keyOf(manifest, trained);
      if (last?.key !== key) last = { key, corpus: openCounts(source, trained) };
      last.corpus.catch(() => (last = undefined));
      const corpus = await last.corpus;
      if (!starting) await loading;
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
  return {
    handlers,
    counted: (manifest, languages) => (last?.key === keyOf(manifest, languages) ? last.corpus : undefined),
    holdBack() {
      let goOn = () => {};
      loading = new Promise((resolve) => (goOn = resolve));
      return () => goOn();
    },
  };
}
