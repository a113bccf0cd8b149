// Values by hand: the bit patterns of IEEE 754 and bfloat16.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { decodeFloats, halfValue } from "./decodeFloats.ts";
import type { Dtype } from "./safetensorsHeader.ts";

const decode = (dtype: Dtype, bytes: number[], n: number) => {
  const shifted = Uint8Array.of(99, ...bytes); // an odd offset, as in any file
  const target = new Float32Array(n);
  decodeFloats(dtype, shifted.subarray(1), target);
  return [...target];
};

describe("decodeFloats", () => {
  it("reads float32 as it stands", () => {
    // 1.5 = 0x3FC00000, -2 = 0xC0000000
    expect(decode("F32", [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0], 2)).toEqual([1.5, -2]);
  });

  it("reads halves: normal, subnormal, largest, signed zero, infinity, NaN", () => {
    // 0x3C00 = 1; 0xC100 = -(1 + 256/1024) * 2^1 = -2.5; 0x0001 = 2^-24; 0x7BFF = (1 + 1023/1024) * 2^15 = 65504
    expect(decode("F16", [0x00, 0x3c, 0x00, 0xc1, 0x01, 0x00, 0xff, 0x7b], 4)).toEqual([
      1,
      -2.5,
      2 ** -24,
      65504,
    ]);
    expect(decode("F16", [0x00, 0x80, 0x00, 0x7c, 0x00, 0xfc], 3)).toEqual([-0, Infinity, -Infinity]);
    expect(halfValue(0x7e00)).toBeNaN();
    // the last subnormal, 1023/1024 * 2^-14, and the first normal, 2^-14, lie one step apart
    expect(halfValue(0x0400) - halfValue(0x03ff)).toBe(2 ** -24);
  });

  it("reads bfloat16: the upper half of a float32", () => {
    // 0x3F80 = 1; 0xC049 = -(1 + 0x49/128) * 2 = -3.140625; 0x0001 = 2^-133, a subnormal float32
    expect(decode("BF16", [0x80, 0x3f, 0x49, 0xc0, 0x01, 0x00], 3)).toEqual([1, -3.140625, 2 ** -133]);
  });

  it("keeps every float32 that is given, NaN aside", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { maxLength: 20 }), (values) => {
        const bytes = [...new Uint8Array(Float32Array.from(values).buffer)];
        expect(decode("F32", bytes, values.length)).toEqual(values.map(Math.fround));
      }),
    );
  });
});
