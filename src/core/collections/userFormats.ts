// The formats a person's own folder may be in, recognised from its file names. Reads no file.
import { createSquadConverter } from "./squadSentences.ts";
import type { Converter } from "../converters/converter.ts";
import { createBeirConverter } from "./beir.ts";
import { createParallelConverter } from "./parallelFiles.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { createPairsConverter } from "./trainingPairs.ts";

export interface UserFormat {
  readonly id: string;
  readonly title: string;
  readonly takes: readonly (keyof FormatOptions)[]; // of what a person may say
  /** @param datasetId what the person calls the set */
  create(datasetId: string, options: FormatOptions): Converter;
}

/** In the order in which they are tried: a folder of a later one may hold files of an earlier one's kind, not the reverse. */
export const USER_FORMATS: readonly UserFormat[] = [
  {
    id: "beir",
    title: "BEIR or MTEB folder: corpus, queries and qrels as JSON lines, TSV or Parquet",
    takes: ["lang", "passageLang", "leaveOutOwn", "unquote"],
    create: createBeirConverter,
  },
  {
    id: "pairs",
    title:
      "Pairs or triplets (sentence-transformers, Tevatron, BGE, own columns) as JSON lines, CSV, TSV or Parquet",
    takes: ["lang", "passageLang", "columns", "unquote"],
    create: createPairsConverter,
  },
  {
    id: "parallel",
    title:
      "Parallel text: a file per language with equal lines (a.en, a.de), TMX, or a table with a column translation",
    takes: [],
    create: createParallelConverter,
  },
  {
    id: "squad",
    title: "SQuAD-shaped JSON with sentence_breaks, a file per language",
    takes: [],
    create: (datasetId) => createSquadConverter(datasetId),
  },
];

/** The formats that the files are enough for, in that order. @param names as unpackFiles gives them */
export function formatsFor(names: readonly string[]): readonly UserFormat[] {
  return USER_FORMATS.filter((format) => format.create("any", {}).accepts(names));
}
