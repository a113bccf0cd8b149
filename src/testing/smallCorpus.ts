// A tiny invented corpus for tests: concepts x languages, one passage and a few queries each.
import type { Corpus, TextColumns, TokenRows } from "../core/data/corpus.ts";

/** A side with what a real corpus looks up by row. */
export interface HeldColumns extends TextColumns, TokenRows {
  readonly ids: readonly string[];
}

export interface HeldCorpus extends Corpus {
  readonly conceptNames: readonly string[];
  readonly queries: HeldColumns;
  readonly passages: HeldColumns;
}

interface Row {
  readonly id: string;
  readonly lang: number;
  readonly split: number;
  readonly concepts: readonly number[];
  readonly tokens: readonly number[];
  readonly inDev: boolean;
}

function columns(rows: readonly Row[]): HeldColumns {
  const offsetsOf = (lists: readonly (readonly number[])[]) => {
    const offsets = new Int32Array(lists.length + 1);
    lists.forEach((list, i) => (offsets[i + 1] = offsets[i]! + list.length));
    return offsets;
  };
  return {
    ids: rows.map((row) => row.id),
    langs: Uint16Array.from(rows, (row) => row.lang),
    splits: Uint8Array.from(rows, (row) => row.split),
    inDev: Uint8Array.from(rows, (row) => Number(row.inDev)),
    conceptOffsets: offsetsOf(rows.map((row) => row.concepts)),
    concepts: Int32Array.from(rows.flatMap((row) => row.concepts)),
    offsets: offsetsOf(rows.map((row) => row.tokens)),
    tokens: Int32Array.from(rows.flatMap((row) => row.tokens)),
  };
}

/**
 * The last quarter of the concepts is the test split (2), every fifth of the others the dev part. Each concept's texts share one concept-and-language
 * token and carry one language token, so that a bag of pieces can learn them.
 * @param lacks concept-language pairs without any text
 */
export function smallCorpus(options: {
  languages: readonly string[];
  nConcepts: number;
  nQueries?: number; // per concept and language
  lacks?: (concept: number, lang: number) => boolean;
}): HeldCorpus {
  const { languages, nConcepts, nQueries = 2, lacks = () => false } = options;
  const queries: Row[] = [];
  const passages: Row[] = [];
  languages.forEach((name, lang) => {
    for (let c = 0; c < nConcepts; c++) {
      if (lacks(c, lang)) continue;
      const split = c >= nConcepts * 0.75 ? 2 : 0;
      const inDev = split === 0 && c % 5 === 4;
      const tokens = [4 + lang, 4 + languages.length + c * languages.length + lang];
      passages.push({ id: `${name}:c${c}`, lang, split, concepts: [c], tokens, inDev });
      for (let q = 0; q < nQueries; q++) {
        queries.push({
          id: `${name}:c${c}:${q}`,
          lang,
          split,
          concepts: [c],
          tokens: [...tokens].reverse(),
          inDev,
        });
      }
    }
  });
  return {
    datasetId: "small",
    sha256: "0".repeat(64),
    languages,
    nConcepts,
    conceptNames: Array.from({ length: nConcepts }, (_, c) => `c${c}`),
    queries: columns(queries),
    passages: columns(passages),
  };
}
