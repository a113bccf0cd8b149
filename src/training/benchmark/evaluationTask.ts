// Invented evaluations of any size with their vectors, ranked as the engine ranks. Reads no data.
import type { EvalResult, EvalSet } from "../../core/metrics/evaluation.ts";
import { createRankCounter } from "../../core/metrics/rankCounter.ts";
import { createRandom } from "../../core/random.ts";
import { createPoolRanker } from "../model/poolRanker.ts";

export const EVAL_WIDTH = 128; // D

export interface EvaluationTask {
  readonly set: EvalSet;
  readonly queries: Float32Array; // (Q, D)
  readonly passages: Float32Array; // (N, D)
}

/**
 * Languages in order, each of `questions` answered by one random passage in every language; vectors lie near answers'.
 *
 * @param candidates passages of each language, one entry a language
 */
export function inventEvaluation(candidates: readonly number[], questions: number): EvaluationTask {
  const random = createRandom(1).fork("bench");
  const D = EVAL_WIDTH;
  const L = candidates.length;
  const nPool = candidates.reduce((a, b) => a + b, 0);
  const first = candidates.map((_, l) => candidates.slice(0, l).reduce((a, b) => a + b, 0));
  const passages = Float32Array.from({ length: nPool * D }, () => random.normal() / Math.sqrt(D));
  const nQueries = questions * L;
  const queries = new Float32Array(nQueries * D);
  const relevant = new Int32Array(nQueries * L);
  for (let c = 0; c < questions; c++) {
    const answers = candidates.map((n, l) => first[l]! + random.int(n));
    for (let l = 0; l < L; l++) {
      const q = l * questions + c;
      relevant.set(answers, q * L);
      for (let d = 0; d < D; d++) {
        const mean = answers.reduce((s, p) => s + passages[p * D + d]!, 0) / L;
        queries[q * D + d] = mean + random.normal() / Math.sqrt(D);
      }
    }
  }
  const set: EvalSet = {
    languages: candidates.map((_, l) => `l${l}`),
    queryLangs: Uint16Array.from({ length: nQueries }, (_, q) => Math.floor(q / questions)),
    passageLangs: Uint16Array.from(candidates.flatMap((n, l) => new Array<number>(n).fill(l))),
    relevantOffsets: Int32Array.from({ length: nQueries + 1 }, (_, q) => q * L),
    relevant,
    tieOrder: Int32Array.from({ length: nPool }, (_, i) => i),
  };
  return { set, queries, passages };
}

/** As the engine evaluates: scores and counts on the device, of which only ranks come back. */
export async function evaluateByCounting({ set, queries, passages }: EvaluationTask): Promise<EvalResult> {
  const counter = createRankCounter(set);
  const ranker = createPoolRanker(set, passages, EVAL_WIDTH);
  const nQueries = set.queryLangs.length;
  for (let at = 0; at < nQueries; at += ranker.queriesAtOnce) {
    const n = Math.min(ranker.queriesAtOnce, nQueries - at);
    const vectors = queries.subarray(at * EVAL_WIDTH, (at + n) * EVAL_WIDTH);
    counter.addRanks(at, n, await ranker.rank(at, vectors));
  }
  ranker.dispose();
  return counter.finish();
}
