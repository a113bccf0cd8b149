// The bytes of a safetensors file, read back by the format's description.
import { describe, expect, it } from "vitest";
import { writeSafetensors } from "./writeSafetensors.ts";

function parts(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const json = new TextDecoder().decode(file.subarray(8, 8 + length));
  type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };
  return { length, json, header: JSON.parse(json) as Record<string, Entry>, data: file.subarray(8 + length) };
}

const tensor = (dtype: "F32" | "F16" | "I8", shape: number[], values: number[]) => ({
  dtype,
  shape,
  data: Float32Array.from(values),
});

describe("a safetensors file", () => {
  it("has an aligned header, contiguous data and the numbers given", () => {
    const file = writeSafetensors({
      "b.half": tensor("F16", [3], [1, -2, 0.1]),
      "a.half": tensor("F16", [1], [65_504]),
      "z.full": tensor("F32", [2, 2], [0.1, -0, 3, 1e-40]),
    });
    const { length, json, header, data } = parts(file);
    expect(length % 8).toBe(0);
    expect(json.trimEnd()).toMatch(/}$/);
    expect(header["__metadata__"]).toEqual({ format: "pt" });
    // 4 * 4 bytes, then 1 * 2, then 3 * 2
    expect(header["z.full"]).toEqual({ dtype: "F32", shape: [2, 2], data_offsets: [0, 16] });
    expect(header["a.half"]).toEqual({ dtype: "F16", shape: [1], data_offsets: [16, 18] });
    expect(header["b.half"]).toEqual({ dtype: "F16", shape: [3], data_offsets: [18, 24] });
    expect(data.length).toBe(24);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const full = [0, 4, 8, 12].map((at) => view.getFloat32(at, true));
    expect(full).toEqual([Math.fround(0.1), -0, 3, Math.fround(1e-40)]);
    // 0.1 = 1.6 * 2^-4: fraction .6 * 1024 = 614.4 -> 614 = 0x266, exponent 11 -> 0x2c00
    expect([16, 18, 20, 22].map((at) => view.getUint16(at, true))).toEqual([0x7bff, 0x3c00, 0xc000, 0x2e66]);
  });

  it("is the same whatever order its tensors come in", () => {
    const [a, b] = [tensor("F32", [1], [1]), tensor("F32", [1], [2])];
    expect(writeSafetensors({ a, b })).toEqual(writeSafetensors({ b, a }));
  });

  it("takes whole numbers and bytes too, wide types first", () => {
    const file = writeSafetensors({
      text: { dtype: "U8", shape: [3], data: Uint8Array.of(7, 8, 9) },
      ids: { dtype: "I32", shape: [2], data: Int32Array.of(-1, 258) },
    });
    const { header, data } = parts(file);
    expect(header["ids"]).toEqual({ dtype: "I32", shape: [2], data_offsets: [0, 8] });
    expect(header["text"]).toEqual({ dtype: "U8", shape: [3], data_offsets: [8, 11] });
    expect([...data]).toEqual([255, 255, 255, 255, 2, 1, 0, 0, 7, 8, 9]); // 258 = 0x0102
  });

  it("takes rows of int8, whose scales come before them as wide types do", () => {
    // largest 254 and 63.5: scales 2 and .5; 3 / 2 = 1.5 to the even 2, -.75 / .5 = -1.5 to -2
    const file = writeSafetensors({
      w: tensor("I8", [2, 2], [254, 3, -0.75, 63.5]),
      b: tensor("F16", [1], [1]),
    });
    const { header, data } = parts(file);
    expect(Object.keys(header).slice(1)).toEqual(["w.scale", "b", "w"]);
    expect(header["w.scale"]).toEqual({ dtype: "F32", shape: [2], data_offsets: [0, 8] });
    expect(header["w"]).toEqual({ dtype: "I8", shape: [2, 2], data_offsets: [10, 14] });
    expect([0x40, 0, 0, 0x3f]).toEqual([data[3], data[0], data[6], data[7]]); // 2 = 0x40000000, .5 = 0x3f000000
    expect([...data.subarray(10)]).toEqual([127, 2, 256 - 2, 127]);
  });

  it("names the tensor that cannot be written", () => {
    expect(() => writeSafetensors({ w: tensor("F16", [2], [1, 7e4]) })).toThrow(
      'tensor "w" holds 70000 at place 1, which F16 has not: keep it in F32',
    );
    for (const dtype of ["F32", "F16", "I8"] as const)
      expect(() => writeSafetensors({ w: tensor(dtype, [3], [1]) })).toThrow('"w" (3) has 1 numbers');
    expect(() => writeSafetensors({ w: tensor("I8", [2], [1, 2]) })).toThrow('"w" (2) has no rows');
    expect(() => writeSafetensors({ w: tensor("I8", [1, 2], [1, NaN]) })).toThrow(
      'tensor "w" holds NaN at place 1, which I8 has not: keep it in F32',
    );
  });
});
