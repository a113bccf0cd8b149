// The final test of a run: its last weights on the test part, once, for a run that was evaluated on dev. A part of the record
// beside what the run's digest covers, with a digest of its own. Evaluates nothing.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { canonicalJson } from "../data/canonicalJson.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import { evalTarget } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { finalSchema, writtenFinal } from "./finalForm.ts";

export interface FinalTest {
  readonly part: "heldOut"; // the test part of the set that was trained on
  readonly result: EvalResult;
  readonly digest: string; // sha256 over the run's digest and the result
}

/** The means of a final test, as a list has them. */
export interface FinalTestNumbers {
  readonly values: Readonly<Record<string, number>>; // by metric path; those that have one
  readonly queries: number;
  readonly pool: number;
}

export function finalTestNumbers({ result }: FinalTest): FinalTestNumbers {
  const { values, queries, pool } = result;
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null);
  return { values: Object.fromEntries(known), queries, pool };
}

/** Why a run of these settings has no final test to come; undefined where it has. */
export function noFinalTest(spec: ExperimentSpec, had: FinalTest | undefined): string | undefined {
  const { datasetId, split } = evalTarget(spec);
  if (had) return "this run has had its final test; look at test once";
  if (datasetId !== spec.data.train || split === "heldOut") return "this run is evaluated on test already";
  return split === "all" ? "this run is evaluated on all rows, those of test among them" : undefined;
}

/** @param runDigest of the record that it becomes a part of */
export function closeFinalTest(result: EvalResult, runDigest: string): FinalTest {
  return { part: "heldOut", result, digest: digestOfTest({ part: "heldOut", result }, runDigest) };
}

/** Whether its numbers are those that it was closed with, and of this run. */
export const fitsFinalTest = (test: FinalTest, runDigest: string): boolean =>
  test.digest === digestOfTest(test, runDigest);

function digestOfTest({ part, result }: Omit<FinalTest, "digest">, run: string): string {
  const { skippedPairs: _, ...final } = writtenFinal(result); // follows from the data, as in a run's digest
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ run, part, final }))));
}

/** As it stands in a file. */
export const writtenFinalTest = ({ part, result, digest }: FinalTest): object => ({
  part,
  result: writtenFinal(result),
  digest,
});

export const finalTestSchema = v.object({
  part: v.literal("heldOut"),
  result: finalSchema,
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits")),
});
