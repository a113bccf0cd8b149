// What a spec's shorthands stand for: "same" test set, empty language lists. Pure derivations, no defaults of its own.
import { PART_WORDS } from "../metrics/evalSplit.ts";
import { kindFacts } from "./batchKind.ts";
import type { Trajectory } from "./decision.ts";
import type { ExperimentSpec } from "./spec.ts";
import { SpecError } from "../inputError.ts";
import { checkRules } from "./ruleChecks.ts";
import { mixRule, usedKinds } from "./ruleFacts.ts";

/** Languages that batches may use: those with a weight, less the held-out ones; sorted. */
export function trainLanguages(spec: ExperimentSpec): string[] {
  const { train, heldOut } = spec.languages;
  return Object.keys(train)
    .filter((lang) => !heldOut.includes(lang))
    .sort();
}

/** Languages of queries and pool; sorted, each once. */
export function evalLanguages(spec: ExperimentSpec): string[] {
  const { eval: chosen, train, heldOut } = spec.languages;
  return [...new Set(chosen.length > 0 ? chosen : [...Object.keys(train), ...heldOut])].sort();
}

/** The dataset that is tested on, and which part of it. A set that was not trained on is tested whole. */
export function evalTarget(spec: ExperimentSpec): {
  datasetId: string;
  split: ExperimentSpec["data"]["split"];
} {
  const same = spec.data.eval === "same" || spec.data.eval === spec.data.train;
  return same
    ? { datasetId: spec.data.train, split: spec.data.split }
    : { datasetId: spec.data.eval, split: "all" };
}

/** What the numbers of a run are called: "dev", "test"; of a set that was not trained on always the latter. */
export function partName(spec: ExperimentSpec): string {
  const { datasetId, split } = evalTarget(spec);
  return datasetId === spec.data.train ? PART_WORDS[split] : PART_WORDS.heldOut;
}

/** Whether the run trains on all but the dev part of its data: the part that it is evaluated on. */
export const leavesDevOut = (spec: ExperimentSpec): boolean => evalTarget(spec).split === "devConcepts";

/** Whether evaluations ask rows that the final test is kept for, be it among others. */
const asksTest = (spec: ExperimentSpec): boolean => {
  const { datasetId, split } = evalTarget(spec);
  return datasetId !== spec.data.train || split === "heldOut" || split === "all";
};

/**
 * @param followed decisions of a run that is trained again: its rule then reads nothing
 * @throws SpecError if fields that are fine alone contradict each other
 */
export function checkConsistency(spec: ExperimentSpec, followed: Trajectory = []): void {
  const languages = trainLanguages(spec);
  if (languages.length === 0) {
    throw new SpecError(
      "languages.train: every training language is also held out; leave at least one to train on",
    );
  }
  const { positives } = spec.batch;
  const usable =
    spec.languages.perBatch === 0 ? languages.length : Math.min(spec.languages.perBatch, languages.length);
  const used = usedKinds(spec);
  const joining = used.find((kind) => kindFacts(kind).answers === "another");
  if (joining && usable < 2) {
    throw new SpecError(
      `batch.ratio: ${kindFacts(joining).label.toLowerCase()} batches need 2 languages in a batch, got ${usable}; add a training language or raise languages.perBatch`,
    );
  }
  if (used.some((kind) => kindFacts(kind).answers === "several") && usable < positives) {
    throw new SpecError(
      `batch.positives: ${positives} positives need as many languages in a batch, got ${usable}; lower batch.positives or add training languages`,
    );
  }
  checkRules(spec);
  if (mixRule(spec).observes === "dev" && asksTest(spec) && !followed.some(({ ratio }) => ratio)) {
    const right =
      evalTarget(spec).datasetId === spec.data.train
        ? "data.split to devConcepts (dev)"
        : "data.eval to same";
    throw new SpecError(
      `batch.schedule: ${spec.batch.schedule} moves the mix by what evaluations measure, and this run’s ask test rows; set ${right} and look at test once, at the end`,
    );
  }
}
