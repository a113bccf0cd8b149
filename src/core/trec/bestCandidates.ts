// The best candidates of one query, from scores that come in any order: what a run file keeps. Holds twice its depth at most.
import { notANumber } from "../metrics/notANumber.ts";

export interface BestCandidates {
  /** @throws InputError if the score is not a number: it would silently rank nowhere */
  offer(passage: number, score: number): void;
  /** Best first: score descending, then trec_eval's tie rule. */
  finish(): { readonly passages: Int32Array; readonly scores: Float32Array };
}

/**
 * @param depth candidates to keep, from 1; no fewer than are offered where all are wanted
 * @param tieOrder position of each passage among equals, as in `EvalSet.tieOrder`
 */
export function createBestCandidates(depth: number, tieOrder: Int32Array): BestCandidates {
  let passages = new Int32Array(2 * depth);
  let scores = new Float32Array(2 * depth);
  let held = 0;
  let least = -Infinity; // what a candidate must reach to be among the best

  function keepBest(): void {
    const order = Array.from({ length: held }, (_, i) => i);
    order.sort((a, b) => scores[b]! - scores[a]! || tieOrder[passages[a]!]! - tieOrder[passages[b]!]!);
    const best = order.slice(0, depth);
    const [oldPassages, oldScores] = [passages, scores];
    passages = new Int32Array(2 * depth);
    scores = new Float32Array(2 * depth);
    passages.set(best.map((i) => oldPassages[i]!));
    scores.set(best.map((i) => oldScores[i]!));
    held = best.length;
    if (held === depth) least = scores[held - 1]!;
  }

  return {
    offer(passage, score) {
      if (score < least) return;
      if (Number.isNaN(score)) throw notANumber(`The score of passage ${passage}`);
      passages[held] = passage;
      scores[held++] = score;
      if (held === passages.length) keepBest();
    },
    finish() {
      keepBest();
      return { passages: passages.slice(0, held), scores: scores.slice(0, held) };
    },
  };
}
