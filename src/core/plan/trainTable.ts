// The pairs that a spec trains on: those of its languages, less the part of the data that it is evaluated on.
import type { Corpus } from "../data/corpus.ts";
import { leavesDevOut, trainLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { buildPairTable, type PairTable } from "./pairTable.ts";

/** @throws as buildPairTable does */
export const trainTable = (spec: ExperimentSpec, corpus: Corpus): PairTable =>
  buildPairTable(corpus, trainLanguages(spec), leavesDevOut(spec));
