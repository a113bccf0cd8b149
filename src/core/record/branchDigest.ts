// What a branch says of its parent: a digest of the parent's points up to the branch.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Age } from "../age.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import { findMetric } from "../metrics/metricTable.ts";
import type { Point } from "./point.ts";
import { isTiming } from "./runRecord.ts";

/** Since this age runs branch. What later ones measure besides enters no such digest, so that it keeps. */
export const BRANCH_AGE: Age = 3;

/**
 * Of all points before the step, and of the losses at it: what the batches up to there have told. An evaluation at the very
 * step is left out, for whether there is one depends on how the parent ended.
 */
export function branchDigest(points: readonly Point[], step: number): string {
  const told = points.filter(
    (point) =>
      !isTiming(point) &&
      (findMetric(point.metric)?.since ?? 1) <= BRANCH_AGE &&
      (point.step < step || (point.step === step && /^(loss\/|distillation\/loss$)/.test(point.metric))),
  );
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(told))));
}
