// Closes what a run produced into a run record with its digest.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import { digestText } from "../../core/record/digestText.ts";
import { RUN_SCHEMA, type Environment, type RunRecord } from "../../core/record/runRecord.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { roundCount } from "./runCounts.ts";
import type { RunState } from "./runState.ts";

export function closeRecord(
  spec: ExperimentSpec,
  { points, counts }: Pick<RunState, "points" | "counts">,
  final: EvalResult,
  environment: Environment,
): RunRecord {
  const realised = Object.fromEntries(
    Object.entries(counts.realised).map(([key, n]) => [key, roundCount(n)]),
  );
  const open = { schema: RUN_SCHEMA, spec, environment, points: [...points], realised, final } as const;
  return { ...open, digest: digestOf(open) };
}

/** sha256 over `digestText`, as 64 hex digits. */
export function digestOf(record: Omit<RunRecord, "digest">): string {
  return bytesToHex(sha256(utf8ToBytes(digestText(record))));
}
