// A run's digest, and those that older labs would have given it. What it covers: digestText.ts.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Age } from "../age.ts";
import { digestText } from "./digestText.ts";
import { agesOf, asOfAge } from "./recordAge.ts";
import type { RunRecord } from "./runRecord.ts";

/** sha256 over `digestText`, as 64 hex digits. @param age as `digestText` has it */
export function digestOf(record: Omit<RunRecord, "digest">, age?: Age): string {
  return bytesToHex(sha256(utf8ToBytes(digestText(record, age))));
}

/**
 * Whether a digest, or its first digits, stands for the numbers of this record: as it is, or as an older lab measured them.
 * A digest that fits proves all it covers, so every age may be tried; the one that made it need not be known.
 */
export function fitsDigest(record: RunRecord, digest: string): boolean {
  if (record.digest.startsWith(digest)) return true;
  const older = new Set(agesOf(record).map((age) => asOfAge(record, age))); // the same object where nothing is newer
  older.delete(record);
  return [...older].some((seen) => digestOf(seen).startsWith(digest));
}
