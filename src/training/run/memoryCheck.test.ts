import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { tinyConfig } from "../../testing/engine/modelSuite.ts";
import { checkMemory } from "./memoryCheck.ts";
import { largestStep, longestBatch } from "./stepSize.ts";

const spec = withPath(DEFAULT_SPEC, "encoder.id", "hf:a/b");
const MIB = 2 ** 20;
const NO_STEP = { texts: 1, tokens: 0 };
const noStep = () => Promise.resolve(NO_STEP);

describe("a model that a device cannot hold", () => {
  it("in one piece is refused with advice", async () => {
    const config = tinyConfig({ vocabSize: MIB, width: 64 }); // 256 MiB of table
    const gpu = { name: "webgpu", bufferBytes: 128 * MIB, totalBytes: Infinity } as const;
    await expect(checkMemory(config, spec, gpu, NO_STEP, noStep)).rejects.toThrow(
      "encoder.id: the table of pieces of hf:a/b takes 256 MiB, this webgpu device takes 128 MiB in one piece; choose fewer languages or a smaller encoder, or set compute.backend to wasm",
    );
    const larger = { ...gpu, bufferBytes: 256 * MIB };
    expect(await checkMemory(config, spec, larger, NO_STEP, noStep)).toBeUndefined();
  });

  it("in all is refused with advice", async () => {
    const config = tinyConfig({ vocabSize: MIB, width: 256 }); // 1 GiB of table, 3 with its moments
    const wasm = { name: "wasm", bufferBytes: 2048 * MIB, totalBytes: 2048 * MIB } as const;
    await expect(checkMemory(config, spec, wasm, NO_STEP, noStep)).rejects.toThrow(
      "takes 3072 MiB before its first step, wasm has 2048 MiB",
    );
  });
});

describe("a step that a device cannot hold", () => {
  // A place takes 4 * (2 * (8 * 1024 + 4096 + 16 + 2) + 2 * 1024 + 1 + 7 * 1024) = 135,316 bytes.
  const config = tinyConfig({
    layers: 2,
    width: 1024,
    heads: 16,
    feedForward: 4096,
    vocabSize: 1000,
    maxTokens: 512,
  });
  const wasm = { name: "wasm", bufferBytes: 4096 * MIB, totalBytes: 4096 * MIB } as const;
  const most = { texts: 2048, tokens: 2048 * 512 };
  const check = (limits: Parameters<typeof checkMemory>[2], tokens: number) =>
    checkMemory(config, spec, limits, most, () => Promise.resolve({ texts: 2048, tokens }));

  it("by its longest planned batch is refused, and may be tried with a warning where it is near", async () => {
    // 40,000 tokens: 5,162 MiB of places and more; 22,000: 2,839 MiB, with 412 MiB held and 32 of vectors
    await expect(check(wasm, 40_000)).rejects.toThrow(
      /^batch\.size: training hf:a\/b takes 5\d{3} MiB at its longest planned batch, wasm has 4096 MiB; choose a smaller batch\.size or encoder\.maxTokens/,
    );
    expect(await check(wasm, 22_000)).toMatch(
      /^Training hf:a\/b takes 3\d{3} MiB at its longest planned batch, wasm has 4096 MiB: it may run out of memory\./,
    );
    expect(await check(wasm, 10_000)).toBeUndefined();
  });

  it("in one buffer of a GPU is refused before it starts", async () => {
    const gpu = { name: "webgpu", bufferBytes: 128 * MIB, totalBytes: Infinity } as const;
    // 10,000 places of 4,096 floats: 156 MiB; the layers' weights are 96
    await expect(check(gpu, 10_000)).rejects.toThrow(
      "batch.size: the hidden states of the longest planned batch of hf:a/b takes 156 MiB, this webgpu device takes 128 MiB in one piece; choose a smaller batch.size or encoder.maxTokens, or a smaller encoder, or set compute.backend to wasm",
    );
    expect(await check(gpu, 8_000)).toBeUndefined();
  });

  it("costs no look at the plan where the largest possible one fits", async () => {
    const planned = vi.fn(noStep);
    const small = { texts: 128, tokens: 128 * 16 };
    expect(await checkMemory(config, spec, wasm, small, planned)).toBeUndefined();
    expect(planned).not.toHaveBeenCalled();
  });
});

describe("the size of a step", () => {
  it("is at most all texts at the longest", () => {
    const batch = { ...spec.batch, size: 64, positives: 3 };
    expect(largestStep({ ...spec, batch }, 16)).toEqual({ texts: 256, tokens: 4096 });
  });

  it("is that of the longest planned batch, by the tokens of its rows", async () => {
    const batchOf = (step: number, ...rows: number[]): Batch => ({
      step,
      kind: "mono",
      languages: ["en"],
      rows: rows.map((row) => ({ kind: "mono", concept: row, query: row, passages: [row] })),
    });
    // Row r has r tokens on each side.
    const tokens = (_: unknown, rows: Int32Array) =>
      Promise.resolve({
        offsets: Int32Array.of(0),
        tokens: new Int32Array(rows.reduce((sum, row) => sum + row, 0)),
      });
    const plan = [batchOf(0, 1, 2), batchOf(1, 5, 7), batchOf(2, 3, 3)];
    expect(await longestBatch(plan, { tokens })).toEqual({ texts: 4, tokens: 24 });
  });
});
