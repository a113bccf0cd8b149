// The checks every backend's counting must pass: the ranks of the sorted reference to the last one, ties included.
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import type { EvalResult, EvalSet } from "../../core/metrics/evaluation.ts";
import { createRankCounter } from "../../core/metrics/rankCounter.ts";
import { evaluateBySorting } from "../../core/metrics/sortedReference.ts";
import { createRandom } from "../../core/random.ts";
import { createPoolRanker } from "../../training/model/poolRanker.ts";
import { createScorer } from "../../training/model/scorer.ts";

interface Invented {
  readonly set: EvalSet;
  readonly passages: Float32Array;
  readonly queries: Float32Array;
  readonly width: number;
}

/** Queries with 0 to 9 relevant passages; every third passage is a copy of one of five vectors, so that many tie. */
function inventPool(pool: number, nQueries: number, { inRuns }: { readonly inRuns: boolean }): Invented {
  const random = createRandom(17).fork(`${pool}`);
  const width = 12;
  const normals = (size: number) => Float32Array.from({ length: size }, () => random.normal());
  const passages = normals(pool * width);
  const copied = [0, 1, 2, 3, 4].map(() => normals(width));
  for (let i = 0; i < pool; i += 3) passages.set(copied[random.int(5)]!, i * width);
  const passageLangs = Uint16Array.from({ length: pool }, () => random.int(3));
  if (inRuns) passageLangs.sort();
  const everyone = Array.from({ length: pool }, (_, i) => i);
  const relevant = Array.from({ length: nQueries }, (_, q) =>
    random.shuffle([...everyone]).slice(0, Math.min(q % 10, pool)),
  );
  const relevantOffsets = new Int32Array(nQueries + 1);
  relevant.forEach((list, q) => (relevantOffsets[q + 1] = relevantOffsets[q]! + list.length));
  const set: EvalSet = {
    languages: ["a", "b", "c"],
    queryLangs: Uint16Array.from({ length: nQueries }, () => random.int(3)),
    passageLangs,
    relevantOffsets,
    relevant: Int32Array.from(relevant.flat()),
    tieOrder: Int32Array.from(random.shuffle([...everyone])),
  };
  return { set, passages, queries: normals(nQueries * width), width };
}

async function byCounting({ set, passages, queries, width }: Invented) {
  const ranker = createPoolRanker(set, passages, width);
  const counter = createRankCounter(set);
  const n = queries.length / width;
  for (let first = 0; first < n; first += 7) {
    const count = Math.min(7, n - first); // blocks of another size than the queries come in
    const vectors = queries.subarray(first * width, (first + count) * width);
    counter.addRanks(first, count, await ranker.rank(first, vectors));
  }
  ranker.dispose();
  return counter.finish();
}

async function bySorting({ set, passages, queries, width }: Invented) {
  const scorer = createScorer(passages, width);
  const scores = await scorer.scores(queries);
  scorer.dispose();
  return evaluateBySorting(set, scores);
}

/** To the last bit, but for the languages' share of the pool, which no ranking touches and the two add up differently. */
function expectEqual(counted: EvalResult, sorted: EvalResult): void {
  expect(counted.values.sameLanguageBase).toBeCloseTo(sorted.values.sameLanguageBase!, 12);
  const rest = ({ values, ...others }: EvalResult) => ({ ...others, ...values, sameLanguageBase: 0 });
  expect(rest(counted)).toEqual(rest(sorted));
}

export function rankingSuite(): void {
  it.each([
    [3, 4, true],
    [61, 12, false],
    [1024, 10, true],
    [2500, 20, true], // three blocks, the last ragged
    [1100, 10, false], // every passage in another language than its neighbour
  ])("a pool of %i for %i queries: the sorted reference's result, ties planted", async (pool, n, inRuns) => {
    const task = inventPool(pool, n, { inRuns });
    const before = tf.memory().numTensors;
    const counted = await byCounting(task);
    expect(tf.memory().numTensors).toBe(before);
    expectEqual(counted, await bySorting(task));
  });

  it("has all tie where all scores are equal, and breaks it by the tie order alone", async () => {
    const { set, queries, width } = inventPool(200, 12, { inRuns: true });
    const task = { set, queries, width, passages: new Float32Array(200 * width).fill(0.25) };
    expectEqual(await byCounting(task), await bySorting(task));
    const ranker = createPoolRanker(set, task.passages, width);
    const { above } = await ranker.rank(9, queries.subarray(9 * width, 10 * width)); // nine relevant
    ranker.dispose();
    const relevant = set.relevant.subarray(set.relevantOffsets[9], set.relevantOffsets[10]);
    // with equal scores as many outrank a passage as stand before it in the tie order
    expect(Array.from(relevant, (_, i) => above[2 * i])).toEqual(
      Array.from(relevant, (p) => set.tieOrder[p]),
    );
  });

  it("refuses vectors that are not numbers", async () => {
    const task = inventPool(100, 5, { inRuns: true });
    task.passages[37 * task.width + 3] = NaN;
    await expect(byCounting(task)).rejects.toThrow("A score of query 0 is not a number");
  });
}
