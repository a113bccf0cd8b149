// What a run made again says of the one before it: three words, what each means, what may stand behind a difference, and what
// a digest covers. The same on the page and on the command line. Compares nothing (compareRuns.ts).
import { SHORT_BITS } from "../spec/linkMade.ts";
import { makerName } from "./maker.ts";
import type { Part } from "./parts.ts";
import type { RunRecord } from "./runRecord.ts";

/**
 * `repeated`: to the last bit, which one arithmetic on one class of devices owes; `reproduced`: within tolerance on another one;
 * `different`: neither.
 */
export type Verdict = "repeated" | "reproduced" | "different";

export const REPEAT_TITLES: Readonly<Record<Verdict, string>> = {
  repeated: "Repeated, to the last bit",
  reproduced: "Reproduced, within tolerance",
  different: "Different",
};

const TOLERANCES = ".01 on scores, 2 % on all else"; // TOLERANCE_CLASS 1: as the metric table has it

export const REPEAT_MEANINGS: Readonly<Record<Verdict, string>> = {
  repeated: "Every number is the same, to the last bit.",
  reproduced: `Another device or arithmetic gave these numbers within what such devices may drift apart: ${TOLERANCES}.`,
  different: "At least one number is further off than devices may drift apart.",
};

/** What is the same where a part is repeated. */
export const PART_WORDS: Readonly<Record<Part, string>> = {
  plan: "the same batches, kind by kind, with as many texts of each language",
  losses: "every loss, to the last bit",
  metrics: "every number of the last evaluation, to the last bit",
};

/** What was run again here. @param trained whether the run trained, or only evaluated its start */
export const againWords = (trained: boolean): string =>
  trained
    ? "Run again here: training, evaluation, and every number made from them."
    : "Run again here: the evaluation, and every number made from it; nothing was trained.";

/** What is hashed, and what that proves. */
export const DIGEST_WORDS =
  "A digest covers the spec, the hashes of data and encoder, the batches drawn, every loss and every number of the evaluations, no time and no device. It proves that numbers are equal, not who made them.";

/** The same of what a link has of it. */
export const LINK_DIGEST_WORDS = `A link has 64 bits of the digest of the whole and ${SHORT_BITS} bits of each hash and each part’s digest.`;

type Environment = RunRecord["environment"];

/** What may stand behind a difference, each as [which, one sentence]: device and version; data and encoder have their hashes. */
export function makerReasons(expected: Environment, here: Environment): [which: string, what: string][] {
  const labOf = ({ versions }: Environment) => versions["lab"] ?? "unknown";
  const reasons: [string, string][] = [];
  if (makerName(expected) !== makerName(here))
    reasons.push(["device", `the record is of ${makerName(expected)}, this is of ${makerName(here)}`]);
  if (labOf(expected) !== labOf(here))
    reasons.push(["version", `the record is of lab ${labOf(expected)}, this is of lab ${labOf(here)}`]);
  return reasons;
}
