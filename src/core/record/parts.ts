// The three parts of a run that are told apart when it is made again: which batches were drawn, every loss, the last
// evaluation. Their digests go with a link or a study's file; the digest of the whole is digest.ts.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../data/canonicalJson.ts";
import { SHORT_DIGITS } from "../spec/linkMade.ts";
import { writtenFinal } from "./finalForm.ts";
import type { Point } from "./point.ts";
import { agesOf, asOfAge } from "./recordAge.ts";
import type { RunRecord } from "./runRecord.ts";

/** In the order in which one follows from the other. */
export const PARTS = ["plan", "losses", "metrics"] as const;
export type Part = (typeof PARTS)[number];

/** Of each part the first digits of its digest, and of the losses their mean over all batches, where there are some. */
export interface RunParts extends Readonly<Record<Part, string>> {
  readonly loss?: number;
}

type Parted = Pick<RunRecord, "format" | "spec" | "points" | "realised" | "final" | "stoppedAt">;

const isLoss = ({ metric }: Point): boolean => metric.startsWith("loss/") || metric === "distillation/loss";

/**
 * Of the plan what every record says of it, also an old one: the kinds of each batch, and how many texts of each language.
 * The rows themselves follow from spec and data, whose hashes stand beside it. Mixes that a rule asked for are none of it: two
 * devices may ask for .2 and .2000001 and draw the same.
 */
function partText(part: Part, { points, realised, final }: Parted): string {
  if (part === "metrics") {
    const { skippedPairs: _, ...written } = writtenFinal(final); // as digestText has it
    return canonicalJson(written);
  }
  const losses = points.filter(isLoss);
  if (part === "losses") return canonicalJson(losses.map(({ step, metric, value }) => [step, metric, value]));
  return canonicalJson([realised, losses.map(({ step, metric }) => [step, metric])]);
}

const short = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, SHORT_DIGITS);

export function partsOf(record: Parted): RunParts {
  const digests = Object.fromEntries(PARTS.map((part) => [part, short(partText(part, record))]));
  const loss = meanLoss(record);
  return { ...(digests as Record<Part, string>), ...(loss !== undefined && { loss }) };
}

/** Whether the part has this digest: as it is, or as an older lab measured it. */
export const fitsPart = (part: Part, record: Parted, digest: string): boolean =>
  [...new Set(agesOf(record).map((age) => asOfAge(record, age)))].some(
    (seen) => short(partText(part, seen)) === digest,
  );

/** Over all batches, the teacher's part left out; undefined where nothing was trained. */
export function meanLoss({ points }: Pick<Parted, "points">): number | undefined {
  const losses = points.filter(({ metric }) => metric.startsWith("loss/"));
  return losses.length === 0 ? undefined : losses.reduce((sum, { value }) => sum + value, 0) / losses.length;
}
