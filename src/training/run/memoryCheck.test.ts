import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import { tinyConfig } from "../../testing/engine/modelSuite.ts";
import { checkMemory } from "./memoryCheck.ts";

const spec = withPath(DEFAULT_SPEC, "encoder.id", "hf:a/b");
const MIB = 2 ** 20;

describe("a model that a device cannot hold", () => {
  it("in one piece is refused with advice", () => {
    const config = tinyConfig({ vocabSize: MIB, width: 64 }); // 256 MiB of table
    const gpu = { name: "webgpu", bufferBytes: 128 * MIB, totalBytes: Infinity } as const;
    expect(() => checkMemory(config, spec, gpu)).toThrow(
      "encoder.id: the table of pieces of hf:a/b takes 256 MiB, this webgpu device takes 128 MiB in one piece; choose fewer languages or a smaller encoder, or set compute.backend to wasm",
    );
    expect(() => checkMemory(config, spec, { ...gpu, bufferBytes: 256 * MIB })).not.toThrow();
  });

  it("in all is refused with advice", () => {
    const config = tinyConfig({ vocabSize: MIB, width: 256 }); // 1 GiB of table, 3 with its moments
    const wasm = { name: "wasm", bufferBytes: 2048 * MIB, totalBytes: 2048 * MIB } as const;
    expect(() => checkMemory(config, spec, wasm)).toThrow(
      "takes 3072 MiB before its first step, wasm has 2048 MiB",
    );
  });
});
