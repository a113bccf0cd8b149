import { expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { expectedSeconds, teacherTexts } from "./expectedTime.ts";

it("adds training and all evaluations", () => {
  const spec = withPath(withPath(withPath(DEFAULT_SPEC, "batch.size", 32), "steps", 40), "evalEvery", 20);
  const size = { queries: 1000, live: 100, pool: 1500 };
  // 40 x 32 / 64 = 20 s; twice 2,500 texts in full and once (at step 20) 1,600: 6,600 / 100 = 66 s
  expect(expectedSeconds(spec, size, { pairs: 64, texts: 100 })).toBe(86);
  // Without live evaluations the two ends are left: 20 + 50.
  expect(expectedSeconds(withPath(spec, "evalEvery", 0), size, { pairs: 64, texts: 100 })).toBe(70);
  // Every 15 of 40 steps: at 15 and 30.
  expect(expectedSeconds(withPath(spec, "evalEvery", 15), size, { pairs: 64, texts: 100 })).toBe(102);
});

it("counts the pool and the distinct texts of the batches for a teacher", () => {
  const shard = (lang: string, split: string, count: number) => ({ lang, split, count, side: "queries" });
  const manifest = {
    languages: ["de", "en", "sw"],
    shards: [
      shard("de", "train", 600),
      shard("en", "any", 400),
      shard("en", "test", 99),
      shard("sw", "train", 99),
    ],
  } as never;
  const on = (split: string, steps: number) => {
    let spec = withPath(withPath(DEFAULT_SPEC, "data.split", split), "steps", steps);
    for (const [path, value] of [
      ["loss.distillation", "scores"],
      ["languages.train", { de: 1, en: 1 }],
      ["languages.heldOut", []],
      ["batch.size", 100],
      ["batch.ratio", ofKinds({ cross: 1 })],
    ] as const) {
      spec = withPath(spec, path, value);
    }
    return teacherTexts(spec, { queries: 9, live: 9, pool: 50 }, manifest);
  };
  // 5 steps draw 5 x 100 x 2 = 1,000 of 1,000 texts: 1,000 (1 - 1/e) = 632 of them
  expect(on("heldOut", 5)).toBe(50 + 632);
  expect(on("heldOut", 1000)).toBe(50 + 1000); // all
  expect(on("devConcepts", 1000)).toBe(50 + 800); // a fifth is left out
  expect(teacherTexts(DEFAULT_SPEC, { queries: 9, live: 9, pool: 50 }, manifest)).toBe(0);
});
