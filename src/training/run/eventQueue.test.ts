import { expect, it } from "vitest";
import { createEventQueue } from "./eventQueue.ts";
import { learningRateAt } from "./learningRateAt.ts";
import { buildVocabulary, trimRows } from "../corpus/vocabulary.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";

it("hands over every event in order, then the error", async () => {
  const seen: number[] = [];
  const queue = createEventQueue<number>(async (emit) => {
    emit(1);
    emit(2);
    await Promise.resolve();
    emit(3);
    throw new Error("broke");
  });
  await expect(
    (async () => {
      for await (const n of queue) seen.push(n);
    })(),
  ).rejects.toThrow("broke");
  expect(seen).toEqual([1, 2, 3]);
});

it("warms up, then falls to zero", () => {
  const at = (schedule: "constant" | "linear" | "cosine", step: number) =>
    learningRateAt(
      {
        ...DEFAULT_SPEC,
        steps: 110,
        optimizer: { ...DEFAULT_SPEC.optimizer, learningRate: 1, warmup: 10, schedule },
      },
      step,
    );
  expect(at("constant", 0)).toBeCloseTo(0.1, 12);
  expect(at("constant", 9)).toBeCloseTo(1, 12);
  expect(at("constant", 109)).toBe(1);
  expect(at("linear", 60)).toBeCloseTo(0.5, 12); // 50 of 100 steps after warm-up
  expect(at("cosine", 60)).toBeCloseTo(0.5, 12);
  expect(at("cosine", 35)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12); // a quarter of the way
});

it("keeps only the pieces in use, renumbered in order", () => {
  const used = (...pieces: number[]) =>
    Uint8Array.from({ length: 12 }, (_, id) => Number(pieces.includes(id)));
  const vocabulary = buildVocabulary([used(9, 4), used(4, 7)]);
  expect([...vocabulary.pieceIds]).toEqual([4, 7, 9]);
  const rows = (...tokens: number[]) => ({ offsets: Int32Array.of(0, 3), tokens: Int32Array.from(tokens) });
  expect([...trimRows(rows(4, 7, 9), vocabulary).tokens]).toEqual([0, 1, 2]);
  expect(() => trimRows(rows(4, 5, 9), vocabulary)).toThrow("1 tokens lie outside");
  expect(vocabulary.trim([4, 5, 99, 9])).toEqual({ tokens: Int32Array.from([0, 2]), unknown: 2 });
});
