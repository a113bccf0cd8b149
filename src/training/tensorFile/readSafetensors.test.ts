import { describe, expect, it } from "vitest";
import { readSafetensors, takeTensor } from "./readSafetensors.ts";
import { layOutTensors, safetensorsParts, writeSafetensors } from "./writeSafetensors.ts";

const file = writeSafetensors({
  "a.weights": { dtype: "F32", shape: [2, 1], data: Float32Array.of(0.1, -0) },
  ids: { dtype: "I32", shape: [2], data: Int32Array.of(-1, 258) },
  text: { dtype: "U8", shape: [3], data: Uint8Array.of(7, 8, 9) },
});

describe("a safetensors file in memory", () => {
  it("gives the tensors that were written, from any offset of a buffer", () => {
    const shifted = Buffer.alloc(file.length + 1); // as Node reads files
    shifted.set(file, 1);
    const read = readSafetensors(shifted.subarray(1), "w");
    expect(read.metadata).toEqual({ format: "pt" });
    expect(Object.keys(read.entries)).toEqual(["a.weights", "ids", "text"]);
    expect(read.data.length).toBe(8 + 8 + 3);
    expect(read.tensors.get("a.weights")!.shape).toEqual([2, 1]);
    expect(takeTensor(read, "a.weights", "F32", Float32Array, "w")).toEqual(Float32Array.of(0.1, -0));
    expect(takeTensor(read, "ids", "I32", Int32Array, "w")).toEqual(Int32Array.of(-1, 258));
    expect(takeTensor(read, "text", "U8", Uint8Array, "w")).toEqual(Uint8Array.of(7, 8, 9));
  });

  it("carries the metadata it was given", () => {
    const parts = [...safetensorsParts(layOutTensors({}), { kind: "x", n: "3" })];
    expect(parts).toHaveLength(1);
    expect(readSafetensors(parts[0]!, "w").metadata).toEqual({ kind: "x", n: "3" });
  });

  it("says what is missing, of another type, or cut", () => {
    const read = readSafetensors(file, "w");
    expect(() => takeTensor(read, "b", "F32", Float32Array, "w")).toThrow('w: has no tensor "b"');
    expect(() => takeTensor(read, "ids", "F32", Float32Array, "w")).toThrow(
      'w: tensor "ids" is I32, not F32',
    );
    expect(() => readSafetensors(file.subarray(0, 5), "w")).toThrow("w: has 5 bytes");
    for (let end = 8; end < file.length; end++) {
      expect(() => readSafetensors(file.subarray(0, end), "w")).toThrow(/^w: /);
    }
  });
});
