// Which queries can meet which passages, by language: all that the batch plan needs to know of a dataset.
import type { Corpus } from "../data/corpus.ts";
import { SPLITS } from "../data/records.ts";

export interface PairTable {
  readonly languages: readonly string[];
  readonly queries: readonly Int32Array[]; // [language] -> training query rows, in corpus order
  readonly conceptOf: Int32Array; // query row -> concept
  /** Passage rows of a concept in a language (an index into `languages`); empty where there is none. */
  passagesOf(concept: number, lang: number): readonly number[];
}

/**
 * The training pairs of `languages`. A query whose concept has no passage in any of them is left out.
 * @throws RangeError if a language has no training query: the message names it
 */
export function buildPairTable(corpus: Corpus, languages: readonly string[]): PairTable {
  const { queries, passages } = corpus;
  const train = SPLITS.indexOf("train");
  const own = corpus.languages.map((lang) => languages.indexOf(lang)); // corpus language -> ours, or -1
  const nLangs = languages.length;
  const passagesAt = new Map<number, number[]>(); // concept * nLangs + lang
  const reachable = new Set<number>();
  for (let p = 0; p < passages.ids.length; p++) {
    const lang = own[passages.langs[p]!]!;
    if (lang < 0 || passages.splits[p] !== train) continue;
    for (let c = passages.conceptOffsets[p]!; c < passages.conceptOffsets[p + 1]!; c++) {
      const concept = passages.concepts[c]!;
      reachable.add(concept);
      const at = passagesAt.get(concept * nLangs + lang);
      if (at) at.push(p);
      else passagesAt.set(concept * nLangs + lang, [p]);
    }
  }
  const rows: number[][] = languages.map(() => []);
  const conceptOf = new Int32Array(queries.ids.length);
  for (let q = 0; q < queries.ids.length; q++) {
    conceptOf[q] = queries.concepts[queries.conceptOffsets[q]!]!;
    const lang = own[queries.langs[q]!]!;
    if (lang >= 0 && queries.splits[q] === train && reachable.has(conceptOf[q]!)) rows[lang]!.push(q);
  }
  const missing = languages.find((_, lang) => rows[lang]!.length === 0);
  if (missing !== undefined) {
    throw new RangeError(
      `languages.train: ${corpus.datasetId} has no training pair in "${missing}"; it has ${corpus.languages.join(", ")}`,
    );
  }
  const none: readonly number[] = [];
  return {
    languages,
    queries: rows.map((list) => Int32Array.from(list)),
    conceptOf,
    passagesOf: (concept, lang) => passagesAt.get(concept * nLangs + lang) ?? none,
  };
}
