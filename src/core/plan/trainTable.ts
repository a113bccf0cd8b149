// The pairs that a spec trains on: those of its languages, less the part of the data that it is evaluated on.
import type { Corpus } from "../data/corpus.ts";
import { keptFor } from "../keptFor.ts";
import { leavesDevOut, trainLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { buildPairTable, type PairTable } from "./pairTable.ts";

/** The last of a corpus stays for the next run of the same languages. */
const tables = keptFor<PairTable>(1);

/** @throws as buildPairTable does */
export function trainTable(spec: ExperimentSpec, corpus: Corpus): PairTable {
  const [languages, isLeft] = [trainLanguages(spec), leavesDevOut(spec)];
  return tables(corpus, JSON.stringify([languages, isLeft]), () => buildPairTable(corpus, languages, isLeft));
}
