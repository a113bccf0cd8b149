// What a run's numbers are held against: BM25, and language means subtracted. A part of the record beside what the run's digest
// covers, with a digest of its own. Measures nothing.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { canonicalJson } from "../data/canonicalJson.ts";
import type { Values } from "../metrics/evaluation.ts";

/** Numbers of one baseline; of BM25 those alone that ask for the own language's pool. */
export interface BaselineValues {
  readonly values: Values;
  readonly perLanguage: Readonly<Record<string, Values>>;
}

/**
 * What a language's mean is a mean of: sentences that training may draw from, sentences that it never drew from (unlabelled text
 * of a language that is held out), or, where the set has no others, the very passages that are searched.
 */
export const MEANS_FROM = ["training", "unseen", "pool"] as const;
export interface MeansTexts {
  readonly n: number;
  readonly from: (typeof MEANS_FROM)[number];
}

/** Of one encoder's vectors. */
export interface WithoutLanguages {
  readonly languageMeans: BaselineValues; // taken off queries and passages alike
  readonly shift: BaselineValues; // SHIFT: off passages alone, relative to the pivot
}

export interface Baselines {
  readonly bm25?: BaselineValues; // left out: a pool is too large to hold its texts
  readonly start: WithoutLanguages; // of the weights before training
  readonly end?: WithoutLanguages; // of those at the end, of a run that trained
  readonly texts: Readonly<Record<string, MeansTexts>>; // by language
  readonly pivot: string;
  readonly digest: string; // sha256 over the run's digest and all of these
}

type OpenBaselines = Omit<Baselines, "digest">;

/** @param runDigest of the record that they become a part of */
export const closeBaselines = (open: OpenBaselines, runDigest: string): Baselines => ({
  ...open,
  digest: digestOfBaselines(open, runDigest),
});

/** Whether their numbers are those that they were closed with, and of this run. */
export const fitsBaselines = ({ digest, ...open }: Baselines, runDigest: string): boolean =>
  digest === digestOfBaselines(open, runDigest);

const digestOfBaselines = (open: OpenBaselines, run: string): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson({ run, ...open }))));

const name = v.pipe(v.string(), v.maxLength(200));
const values = v.record(name, v.nullable(v.pipe(v.number(), v.finite())));
const baselineValues = v.object({ values, perLanguage: v.record(name, values) });
const withoutLanguages = v.object({ languageMeans: baselineValues, shift: baselineValues });

export const baselinesSchema = v.object({
  bm25: v.exactOptional(baselineValues),
  start: withoutLanguages,
  end: v.exactOptional(withoutLanguages),
  texts: v.record(
    name,
    v.object({ n: v.pipe(v.number(), v.integer(), v.minValue(0)), from: v.picklist(MEANS_FROM) }),
  ),
  pivot: name,
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits")),
});
