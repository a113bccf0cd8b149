// Writes tensors as a safetensors file. Knows nothing of models; reading is training/checkpoint's.
import type { WeightTensor } from "../model/weights.ts";
import { halfBits } from "./halfFloat.ts";

export interface TensorToWrite extends WeightTensor {
  readonly dtype: "F32" | "F16";
}

const BYTES = { F32: 4, F16: 2 } as const;

/**
 * The file: 8 bytes of header length, a JSON header padded with spaces to a multiple of 8, then the data, little-endian,
 * without holes. Wide types first and names in order, so equal tensors make equal bytes and every tensor is aligned.
 *
 * F16 is rounded to nearest, ties to even.
 * @throws RangeError naming the tensor if its numbers do not fit its shape, or F16 has no finite value for one
 */
export function writeSafetensors(tensors: Readonly<Record<string, TensorToWrite>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors).sort(
    ([a, { dtype: one }], [b, { dtype: two }]) => BYTES[two] - BYTES[one] || (a < b ? -1 : 1),
  );
  const header: Record<string, object> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, { dtype, shape, data }] of entries) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (data.length !== size) {
      throw new RangeError(`writeSafetensors: "${name}" (${shape.join(", ")}) has ${data.length} numbers`);
    }
    header[name] = { dtype, shape, data_offsets: [end, end + size * BYTES[dtype]] };
    end += size * BYTES[dtype];
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + end);
  file.fill(0x20, 8, start); // spaces
  file.set(json, 8);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  let at = start;
  for (const [name, { dtype, data }] of entries) {
    if (dtype === "F32") new Float32Array(file.buffer, at, data.length).set(data);
    else writeHalves(name, data, new Uint16Array(file.buffer, at, data.length));
    at += data.length * BYTES[dtype];
  }
  return file;
}

function writeHalves(name: string, data: Float32Array, target: Uint16Array): void {
  for (let i = 0; i < data.length; i++) {
    const half = halfBits(data[i]!);
    if ((half & 0x7c00) === 0x7c00) {
      throw new RangeError(
        `writeSafetensors: "${name}"[${i}] = ${data[i]} is no finite F16; write it as F32`,
      );
    }
    target[i] = half;
  }
}
