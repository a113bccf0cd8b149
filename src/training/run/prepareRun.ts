// From a spec to everything a run needs before its first step: data, vocabulary, weights, evaluations, batch plan.
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { coursePlan, type PlannedStretch } from "../../core/plan/batchPlan.ts";
import { checkHeldOut } from "../../core/languages/languageChoice.ts";
import { ratioAt, type RatioOf } from "../../core/plan/ratioAt.ts";
import { checkMix, checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { createRandom } from "../../core/random.ts";
import { SpecError } from "../../core/inputError.ts";
import { keptFor } from "../../core/keptFor.ts";
import { onceDone } from "../../core/onceDone.ts";
import { checkConsistency, evalLanguages, evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import type { Trajectory } from "../../core/spec/decision.ts";
import { courseOf, type Parent } from "../../core/spec/lineage.ts";
import type { Ratio } from "../../core/spec/batchKind.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import { letGoOfUploaded } from "../model/parameters.ts";
import type { ModelWeights } from "../model/weights.ts";
import { prepareEval, type EvalTask } from "../evaluate/evalTask.ts";
import type { EncoderTexts, Prefixes } from "../text/encoderTexts.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { isAtHand, type EarlyMeasure } from "./earlyStart.ts";
import { loadCorpora, requireLanguages, type EarlyRunUse } from "./loadCorpora.ts";
import type { RunPorts } from "./runPorts.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { checkMemory, deviceLimits } from "./memoryCheck.ts";
import { largestStep, longestBatch } from "./stepSize.ts";
import { buildVocabulary, type Vocabulary } from "../corpus/vocabulary.ts";

export interface PreparedRun {
  readonly train?: LoadedCorpus; // absent when only evaluating
  readonly test: LoadedCorpus;
  readonly vocabulary: Vocabulary;
  readonly texts: EncoderTexts; // how the encoder reads a text
  readonly prefixes: Prefixes; // what stands before it
  readonly config: EncoderConfig; // of the starting weights
  /** The starting weights. Those that are at hand are held until they are first asked for; once nobody has them any more they are made or read again. */
  weights(): Promise<ModelWeights>;
  /** The device has the run's start: arrays that can be made again are given back. */
  onDevice(start: ModelWeights): void;
  readonly encoderSha256: string; // of tokenizer and starting weights
  readonly notices: readonly string[]; // what a person should know of the plan
  readonly live: EvalTask; // during the run
  readonly full: EvalTask; // before and after
  readonly dataSha256: Readonly<Record<string, string>>;
  /** Empty when only evaluating. */
  plan(ratioOf?: RatioOf): Generator<Batch>;
  /** @throws SpecError where batches of the mix cannot be filled from step `from` on */
  checkMix(ratio: Ratio, from: number): void;
}

export interface Preparation {
  /** False for a zero-shot evaluation: no training data is read and the plan is empty. */
  readonly training?: boolean;
  /** Of a branch: all languages of its course are loaded, so that its plan can be drawn from the origin. */
  readonly parent?: Parent | undefined;
  /** Decisions that stand in for its rules. */
  readonly followed?: Trajectory;
  /** Measures the start while the rest of the data is read. */
  readonly early?: EarlyMeasure | undefined;
}

/** Of the last run's data: the next run on the same, tested on the same, has them ready. */
const vocabularies = keptFor<Vocabulary>(1);
const tasks = keptFor<() => Promise<EvalTask>>(2); // a live one beside the full one

/**
 * @throws SpecError, DataError: one sentence for the person who set the field
 */
export async function prepareRun(
  spec: ExperimentSpec,
  ports: RunPorts,
  { training = true, parent, followed, early }: Preparation,
  onProgress: (progress: RunProgress) => void,
): Promise<PreparedRun> {
  if (training) {
    checkConsistency(spec, followed);
    checkHeldOut(spec);
  }
  checkEncoderId(spec.encoder.id);
  const { datasetId, split } = evalTarget(spec);
  const testLanguages = evalLanguages(spec);
  const course = training ? courseOf(spec, parent) : [];
  const trained = [...new Set(course.flatMap((stretch) => trainLanguages(stretch.spec)))].sort();
  let ofPlan: readonly string[] | undefined; // what there is to say of it, once it is checked
  const measureEarly: EarlyRunUse | undefined =
    early &&
    (({ encoder, corpus }) => {
      requireLanguages("languages.eval", testLanguages, corpus.corpus);
      requireLanguages("languages.train", trained, corpus.corpus);
      return early.begin(encoder, corpus, () => {
        ofPlan = checkStretches(planStretches(course, corpus.corpus), spec.data.train);
      });
    });
  const whileLoading = (progress: RunProgress) => {
    if (!early?.isMeasuring) onProgress(progress);
  };
  const loaded = await loadCorpora(
    spec,
    training ? trained : undefined,
    ports,
    whileLoading,
    measureEarly,
  ).finally(() => early?.settled());
  const { encoder, prefixes, maxTokens, test, train } = loaded;
  const stretches = train && planStretches(course, train.corpus);
  ofPlan ??= stretches ? checkStretches(stretches, spec.data.train) : [];

  const corpora = train && train !== test ? [test, train] : [test];
  const used = corpora.map(({ usedPieces }) => usedPieces);
  const vocabulary =
    used.length === 1 ? vocabularies(used[0]!, "", () => buildVocabulary(used)) : buildVocabulary(used);
  const random = createRandom(spec.seed);
  const evaluation = async (maxQueries: number): Promise<EvalTask> => {
    const options = { languages: testLanguages, split, maxQueries, random: random.fork("eval") };
    const asked = JSON.stringify([
      datasetId,
      testLanguages,
      split,
      maxQueries,
      maxQueries > 0 ? spec.seed : 0,
    ]);
    const task = tasks(vocabulary, asked, () => onceDone(() => prepareEval(test, vocabulary, options)));
    return { ...(await task()), cuts: spec.evaluate.cuts };
  };
  const full = await evaluation(0);
  if (split === "devConcepts" && full.set.queryLangs.length === 0) {
    throw new SpecError(
      `data.split: ${datasetId} has no dev part in the evaluated languages: too few concepts to train on; choose heldOut (test) or all`,
    );
  }
  const { liveQueries } = spec.data;
  const longestText = Math.max(...corpora.map((corpus) => corpus.longestText));
  const ofMemory =
    train && stretches
      ? await checkMemory(
          encoder.config(spec.encoder, vocabulary.pieceIds.length),
          spec,
          deviceLimits(),
          largestStep(spec, Math.min(train.longestText, maxTokens)),
          () => longestBatch(ownBatches(stretches), train),
        )
      : undefined;
  const read = (told: typeof onProgress) =>
    encoder.load(spec.encoder, vocabulary.pieceIds, random, told, longestText);
  const { weights, again, sha256, notice } = await read(onProgress);
  let held: ModelWeights | undefined = weights;
  let lent: WeakRef<ModelWeights> | undefined; // who asks soon again needs no second read
  return {
    ...(train && { train }),
    test,
    vocabulary,
    texts: encoder.texts,
    prefixes,
    config: weights.config,
    async weights() {
      const now = held ?? lent?.deref() ?? again?.() ?? (await read(() => undefined)).weights;
      lent = new WeakRef(now);
      if (isAtHand(spec.encoder.id)) held = undefined;
      return now;
    },
    onDevice(start) {
      if (!again) return; // whoever keeps the encoder may have the same
      letGoOfUploaded(start);
      held = lent = undefined;
    },
    encoderSha256: sha256,
    notices: [
      ...encoder.notes(spec.encoder),
      ...[notice, ofMemory].filter((said) => said !== undefined),
      ...ofPlan,
    ],
    full,
    live:
      liveQueries === 0 || liveQueries >= full.set.queryLangs.length ? full : await evaluation(liveQueries),
    dataSha256: Object.fromEntries(corpora.map(({ corpus }) => [corpus.datasetId, corpus.sha256])),
    *plan(ratioOf) {
      if (stretches) yield* coursePlan(stretches, ratioOf ?? ratioAt);
    },
    checkMix: (ratio, from) => checkMix(stretches ?? [], ratio, from),
  };
}

/** A branch's plan from where it leaves its parent's. */
function* ownBatches(stretches: readonly PlannedStretch[]): Generator<Batch> {
  const { since } = stretches.at(-1)!;
  for (const batch of coursePlan(stretches, ratioAt)) if (batch.step >= since) yield batch;
}
