// Batches keep the plan's order and its errors, and no more are under way than allowed.
import { describe, expect, it } from "vitest";
import type { Batch } from "../../core/plan/batch.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { heldCorpus } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { feedBatches } from "./feedBatches.ts";
import { buildVocabulary } from "../corpus/vocabulary.ts";

const corpus = heldCorpus(smallCorpus({ languages: ["en"], nConcepts: 8, nQueries: 1 }), 20);
const vocabulary = buildVocabulary([corpus.usedPieces]);
const weights = ofKinds({}, 1);
const batch = (step: number): Batch => ({
  step,
  kind: "mono",
  languages: ["en"],
  rows: [0, 1].map((i) => ({ kind: "mono", concept: step + i, query: step + i, passages: [step + i] })),
});

describe("feedBatches", () => {
  it("gives every batch with its tokens, in order, however slowly tokens come", async () => {
    const late = {
      corpus: corpus.corpus,
      async tokens(side: "queries" | "passages", rows: Int32Array) {
        await new Promise((resolve) => setTimeout(resolve, 12 - 2 * rows[0]!)); // the first is the slowest
        return corpus.tokens(side, rows);
      },
    };
    const seen: number[] = [];
    const plan = [0, 1, 2, 3, 4].map(batch).values();
    for await (const { batch: own, input } of feedBatches(plan, late, vocabulary, () => weights)) {
      seen.push(own.step);
      // Concept c's own piece is 5 + c, after the language's 4; the vocabulary has 4 .. 12, numbered from 0.
      expect([...input.queries.tokens]).toEqual([own.step + 1, 0, own.step + 2, 0]);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it("plans no further ahead than asked while nobody pulls", async () => {
    let planned = 0;
    function* plan() {
      for (let step = 0; step < 6; step++) {
        planned++;
        yield batch(step);
      }
    }
    const fed = feedBatches(plan(), corpus, vocabulary, () => weights, 2);
    expect(planned).toBe(0);
    await fed.next();
    expect(planned).toBe(2);
    await fed.next();
    expect(planned).toBe(3);
    await fed.return(undefined);
  });

  it("tells the plan's error after the batches before it", async () => {
    function* plan() {
      yield batch(0);
      yield batch(1);
      throw new RangeError("no more concepts");
    }
    const fed = feedBatches(plan(), corpus, vocabulary, () => weights);
    expect((await fed.next()).done).toBe(false);
    expect((await fed.next()).done).toBe(false);
    await expect(fed.next()).rejects.toThrow("no more concepts");
  });
});
