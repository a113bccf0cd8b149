// What a branch says of its parent: a digest of the parent's points up to the branch.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../data/canonicalJson.ts";
import type { Point } from "./point.ts";
import { isTiming } from "./runRecord.ts";

/**
 * Of all points before the step, and of the losses at it: what the batches up to there have told. An evaluation at the very
 * step is left out, for whether there is one depends on how the parent ended.
 */
export function branchDigest(points: readonly Point[], step: number): string {
  const told = points.filter(
    (point) =>
      !isTiming(point) &&
      (point.step < step || (point.step === step && /^(loss\/|distillation\/loss$)/.test(point.metric))),
  );
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(told))));
}
