// Numbers of a checkpoint's bytes as float32: exactly, since every F16, BF16 and I8 value is a float32 value too. Knows no
// scales.
import type { Dtype } from "./safetensorsHeader.ts";

/** (65536) the value of every half, made at first use: 256 KiB. */
let halves: Float32Array | undefined;

/**
 * Fills `target` from little-endian bytes, as many as it has room for.
 * @param bytes at any offset of its buffer
 */
export function decodeFloats(dtype: Dtype, bytes: Uint8Array, target: Float32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const n = target.length;
  switch (dtype) {
    case "F32":
      // A copy by bytes keeps NaN payloads and needs no alignment.
      new Uint8Array(target.buffer, target.byteOffset, n * 4).set(bytes.subarray(0, n * 4));
      return;
    case "F16": {
      const table = (halves ??= Float32Array.from({ length: 65536 }, (_, bits) => halfValue(bits)));
      for (let i = 0; i < n; i++) target[i] = table[view.getUint16(2 * i, true)]!;
      return;
    }
    case "BF16": {
      // bfloat16 is the upper half of a float32.
      const bits = new Uint32Array(target.buffer, target.byteOffset, n);
      for (let i = 0; i < n; i++) bits[i] = view.getUint16(2 * i, true) << 16;
      return;
    }
    case "I8":
      target.set(new Int8Array(bytes.buffer, bytes.byteOffset, n));
      return;
  }
}

/** IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 of fraction; exponent 0 = subnormal, 31 = infinity or NaN. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
