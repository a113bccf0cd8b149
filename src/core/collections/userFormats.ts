// The formats a person's own folder may be in, recognised from its file names. Reads no file.
import { createSquadConverter } from "./squadSentences.ts";
import type { Converter } from "../converters/converter.ts";
import { createBeirConverter } from "./beir.ts";
import { createPairsConverter, type PairOptions } from "./trainingPairs.ts";

export interface UserFormat {
  readonly id: string;
  readonly title: string;
  /** @param datasetId what the person calls the set */
  create(datasetId: string, options: PairOptions): Converter;
}

/** In the order in which they are tried: a folder of a later one may hold files of an earlier one's kind, not the reverse. */
export const USER_FORMATS: readonly UserFormat[] = [
  {
    id: "beir",
    title: "BEIR or MTEB folder: corpus, queries and qrels as JSON lines, TSV or Parquet",
    create: (datasetId, { lang }) => createBeirConverter(datasetId, lang),
  },
  {
    id: "pairs",
    title:
      "Pairs or triplets (sentence-transformers, Tevatron, BGE, own columns) as JSON lines, CSV, TSV or Parquet",
    create: createPairsConverter,
  },
  {
    id: "squad",
    title: "SQuAD-shaped JSON with sentence_breaks, a file per language",
    create: (datasetId) => createSquadConverter(datasetId),
  },
];

/** The first format that the files are enough for; undefined where none is. @param names as unpackFiles gives them */
export function recogniseFormat(names: readonly string[]): UserFormat | undefined {
  return USER_FORMATS.find((format) => format.create("any", {}).accepts(names));
}
