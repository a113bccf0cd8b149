// What may stand behind numbers that differ: data, tokenizer, encoder, teacher, arithmetic, device, each by what a result says it was
// made of. The same words before training, for what will differ, and afterwards. Compares no number.
import { deviceSlug, labSlug, type ExpectedMade } from "../spec/linkMade.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { datasetsOf, short } from "./expectedMade.ts";
import { arithmeticOf } from "./maker.ts";
import type { Part } from "./parts.ts";
import type { Verdict } from "./repeatWords.ts";
import type { Environment, RunRecord } from "./runRecord.ts";
import { capitalised } from "../capitalised.ts";

export interface Reason {
  readonly which: "data" | "tokenizer" | "encoder" | "teacher" | "version" | "device";
  readonly what: string; // one sentence, without its end
}

export type Inputs = Pick<Environment, "dataSha256"> &
  Partial<Pick<Environment, "encoderSha256" | "tokenizerSha256" | "teacherSha256">>;

/** What goes into a run here and is not what the result was made of; a hash that either side lacks says nothing. */
export function inputReasons(made: ExpectedMade, spec: ExperimentSpec, here: Inputs): Reason[] {
  const differs = (there: string | undefined, sha: string | undefined): boolean =>
    there !== undefined && sha !== undefined && there !== short(sha);
  const hashes = (there: string, sha: string) => `(hash ${there} there, ${short(sha)} here)`;
  const reasons: Reason[] = datasetsOf(spec).flatMap((id, i) => {
    const [there, sha] = [made.data[i], here.dataSha256[id]];
    return differs(there, sha)
      ? [{ which: "data", what: `${id} is not the dataset it was made of ${hashes(there!, sha!)}` } as const]
      : [];
  });
  const { tokenizerSha256, encoderSha256, teacherSha256 } = here;
  const otherTokenizer = differs(made.tokenizer, tokenizerSha256);
  if (otherTokenizer) {
    const what = `${spec.encoder.id} has another tokenizer ${hashes(made.tokenizer!, tokenizerSha256!)}`;
    reasons.push({ which: "tokenizer", what });
  } else if (differs(made.encoder, encoderSha256)) {
    const what = `${spec.encoder.id} is not the encoder it began with ${hashes(made.encoder, encoderSha256!)}`;
    reasons.push({ which: "encoder", what });
  }
  if (differs(made.teacher, teacherSha256)) {
    const what = `${spec.loss.teacher} is not the teacher it learned from ${hashes(made.teacher!, teacherSha256!)}`;
    reasons.push({ which: "teacher", what });
  }
  return reasons;
}

/** Said before training: what then differs is no fault of the device. */
export const beforeWords = ({ what }: Reason): string =>
  `Other numbers than the result’s are to be expected: ${what}.`;

/** All that may stand behind a difference, what comes first in a run first. @param backend of the result */
export function causesOf(
  made: ExpectedMade,
  backend: string,
  { spec, environment: here }: Pick<RunRecord, "spec" | "environment">,
): Reason[] {
  const reasons = inputReasons(made, spec, here);
  const [arithmetic, lab] = [arithmeticOf(here), labSlug(here.versions["lab"] ?? "")];
  if (made.arithmetic !== arithmetic) {
    const what = `made by lab ${made.lab}, arithmetic ${made.arithmetic}; this is lab ${lab}, arithmetic ${arithmetic}`;
    reasons.push({ which: "version", what });
  }
  const [there, device] = [`${made.device} (${backend})`, `${deviceSlug(here.adapter)} (${here.backend})`];
  if (there !== device) reasons.push({ which: "device", what: `made on ${there}; this is ${device}` });
  return reasons;
}

export const causeWords = ({ which, what }: Reason): string => `${capitalised(which)}: ${what}.`;

/** How one part came out. */
export interface PartFinding {
  readonly part: Part;
  readonly verdict: Verdict;
  readonly what: string; // a few words behind the verdict
}

/** What differs first: of what went in and what computed, else of what came out, for which there then is no excuse. */
export function firstWords(parts: readonly PartFinding[], causes: readonly Reason[]): string[] {
  const first = (what: string) => `The first thing that differs: ${what}.`;
  if (causes.length > 0) return [first(`the ${causes[0]!.which}`)];
  const part = parts.find(({ verdict }) => verdict !== "repeated")?.part;
  return [
    first(part === undefined ? "evaluations on the way, or what they are held against" : `the ${part}`),
    "Data, encoder, arithmetic and device class are the same, so every number should be: the result was altered, or one of the two devices errs.",
  ];
}
