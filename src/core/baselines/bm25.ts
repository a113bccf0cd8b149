// BM25 over one pool of texts: which texts share rare words with a question. Learns nothing; knows no language.
import { bm25Words } from "./bm25Words.ts";

/**
 * As Anserini and Pyserini have them for passages, and with them most published BM25 baselines of multilingual retrieval (MIRACL,
 * mMARCO); Robertson and Zaragoza's 1.2 and .75 suit longer documents.
 */
export const BM25: Bm25Settings = { k1: 0.9, b: 0.4 };

export interface Bm25Settings {
  readonly k1: number; // how soon more of one word adds little
  readonly b: number; // how much a long text must have more of it
}

export interface Bm25Index {
  readonly size: number;
  /** (n) of the whole pool. A word that the question has twice counts twice. */
  scores(question: string): Float32Array;
}

/**
 * score(q, d) = sum over words t of q of idf(t) · f / (f + k1 · (1 - b + b · |d| / mean |d|)), f: how often d has t;
 * idf(t) = ln(1 + (n - n_t + 1/2) / (n_t + 1/2)), n_t: texts with t.
 *
 * Robertson and Zaragoza 2009, with the idf of Lucene 8: the 1 keeps it from falling below 0 for words that most texts have,
 * which in small pools would make a match count against its text.
 */
export function createBm25(texts: readonly string[], { k1, b } = BM25): Bm25Index {
  const words = texts.map(bm25Words);
  const total = words.reduce((sum, { length }) => sum + length, 0);
  const mean = total / Math.max(1, texts.length);
  const found = new Map<string, Map<number, number>>(); // word -> text -> how often
  words.forEach((own, text) => {
    for (const word of own) {
      const counts = found.get(word) ?? new Map<number, number>();
      found.set(word, counts.set(text, (counts.get(text) ?? 0) + 1));
    }
  });
  const norms = words.map(({ length }) => k1 * (1 - b + (b * length) / (mean || 1)));
  return {
    size: texts.length,
    scores(question) {
      const scores = new Float64Array(texts.length);
      for (const word of bm25Words(question)) {
        const counts = found.get(word);
        if (!counts) continue;
        const idf = Math.log(1 + (texts.length - counts.size + 0.5) / (counts.size + 0.5));
        for (const [text, f] of counts) scores[text]! += (idf * f) / (f + norms[text]!);
      }
      return Float32Array.from(scores);
    },
  };
}
