// Which queries can meet which passages, by language: all that the batch plan needs to know of a dataset.
import { SpecError } from "../inputError.ts";
import type { Corpus, TextColumns } from "../data/corpus.ts";
import { SPLITS } from "../data/records.ts";

export interface PairTable {
  readonly languages: readonly string[];
  readonly queries: readonly Int32Array[]; // [language] -> training query rows, in corpus order
  readonly conceptOf: Int32Array; // query row -> concept
  /** Passage rows of a concept in a language (an index into `languages`), ascending; empty where there is none. */
  passagesOf(concept: number, lang: number): readonly number[];
  /** Languages that hold a passage of a concept (indices into `languages`), ascending. */
  holdersOf(concept: number): readonly number[];
}

/**
 * The training pairs of `languages`, in about 16 bytes a pair. A query whose concept has no passage in any of them is
 * left out.
 * @param leavesDevOut of a run that is evaluated on the dev part
 * @throws SpecError if a language has no training query: the message names it
 */
export function buildPairTable(
  corpus: Corpus,
  languages: readonly string[],
  leavesDevOut = false,
): PairTable {
  const { queries, passages, nConcepts } = corpus;
  const own = corpus.languages.map((lang) => languages.indexOf(lang)); // corpus language -> ours, or -1
  const trains = (side: Corpus["queries"], row: number) =>
    own[side.langs[row]!]! >= 0 && isTrained(side, row, leavesDevOut);

  // Passages by concept, in compressed rows: those of concept c are rows[starts[c] .. starts[c + 1]].
  const starts = new Int32Array(nConcepts + 1);
  const visit = (onPair: (concept: number, passage: number) => void) => {
    for (let p = 0; p < passages.langs.length; p++) {
      if (!trains(passages, p)) continue;
      for (let c = passages.conceptOffsets[p]!; c < passages.conceptOffsets[p + 1]!; c++) {
        onPair(passages.concepts[c]!, p);
      }
    }
  };
  visit((concept) => starts[concept + 1]!++);
  for (let c = 0; c < nConcepts; c++) starts[c + 1]! += starts[c]!;
  const rows = new Int32Array(starts[nConcepts]!);
  const next = starts.slice();
  visit((concept, passage) => (rows[next[concept]!++] = passage));

  const conceptOf = queries.concepts; // one each
  const usable = (q: number) => trains(queries, q) && starts[conceptOf[q]! + 1]! > starts[conceptOf[q]!]!;
  const counts = new Int32Array(languages.length);
  for (let q = 0; q < queries.langs.length; q++) if (usable(q)) counts[own[queries.langs[q]!]!]!++;
  const missing = languages.find((_, lang) => counts[lang] === 0);
  if (missing !== undefined) throw new SpecError(withoutPairs(corpus, missing, leavesDevOut));
  const lists = Array.from(counts, (n) => new Int32Array(n));
  counts.fill(0);
  for (let q = 0; q < queries.langs.length; q++) {
    const lang = own[queries.langs[q]!]!;
    if (usable(q)) lists[lang]![counts[lang]!++] = q;
  }
  return {
    languages,
    queries: lists,
    conceptOf,
    passagesOf(concept, lang) {
      const found: number[] = [];
      for (let i = starts[concept]!; i < starts[concept + 1]!; i++) {
        if (own[passages.langs[rows[i]!]!] === lang) found.push(rows[i]!);
      }
      return found;
    },
    holdersOf(concept) {
      const found: number[] = [];
      let inOrder = true;
      for (let i = starts[concept]!; i < starts[concept + 1]!; i++) {
        const lang = own[passages.langs[rows[i]!]!]!;
        const last = found.at(-1);
        if (lang === last) continue;
        inOrder &&= last === undefined || lang > last;
        found.push(lang);
      }
      return inOrder ? found : [...new Set(found)].sort((a, b) => a - b);
    },
  };
}

const TRAIN = SPLITS.indexOf("train");
const ANY = SPLITS.indexOf("any");

function isTrained({ splits, inDev }: TextColumns, row: number, leavesDevOut: boolean): boolean {
  return (splits[row] === TRAIN || splits[row] === ANY) && !(leavesDevOut && inDev?.[row] === 1);
}

/** Why a language has no training pair, and which languages have some. */
function withoutPairs(
  { datasetId, languages, queries, passages }: Corpus,
  missing: string,
  leavesDevOut: boolean,
): string {
  const answered = new Set<number>();
  passages.langs.forEach((_, p) => {
    if (!isTrained(passages, p, leavesDevOut)) return;
    for (let c = passages.conceptOffsets[p]!; c < passages.conceptOffsets[p + 1]!; c++) {
      answered.add(passages.concepts[c]!);
    }
  });
  const paired = new Set<string>();
  let asked = 0;
  queries.langs.forEach((lang, q) => {
    if (!isTrained(queries, q, leavesDevOut)) return;
    if (languages[lang] === missing) asked++;
    else if (answered.has(queries.concepts[q]!)) paired.add(languages[lang]!);
  });
  const why =
    asked === 0 ? "no query for training" : "no passage for its training queries in any language trained on";
  const others = [...paired].sort().join(", ");
  return `languages.train: ${datasetId} has no training pair in "${missing}": ${why}; ${others ? `leave it out, or choose among ${others}` : "nor has it any in another language"}`;
}
