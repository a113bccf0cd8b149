// Writes tensors as a safetensors file. Knows nothing of models.
import type { WeightTensor } from "../model/weights.ts";
import { halfBits } from "./halfFloat.ts";

export interface FloatsToWrite extends WeightTensor {
  readonly dtype: "F32" | "F16";
}
export type TensorToWrite =
  | FloatsToWrite
  | { readonly dtype: "I32"; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: "U8"; readonly shape: readonly number[]; readonly data: Uint8Array };

const BYTES = { F32: 4, I32: 4, F16: 2, U8: 1 } as const;

/** A file but for the first part of its header: what the tensors are, and their bytes in the order of the file. */
export interface TensorTable {
  readonly entries: Readonly<Record<string, object>>;
  readonly data: readonly Uint8Array[]; // of F32, I32 and U8 the very arrays that were given, not copies
}

/**
 * Wide types first and names in order, so equal tensors make equal bytes and every tensor is aligned.
 *
 * F16 is rounded to nearest, ties to even.
 * @throws RangeError naming the tensor if its numbers do not fit its shape, or F16 has no finite value for one
 */
export function layOutTensors(tensors: Readonly<Record<string, TensorToWrite>>): TensorTable {
  const sorted = Object.entries(tensors).sort(
    ([a, { dtype: one }], [b, { dtype: two }]) => BYTES[two] - BYTES[one] || (a < b ? -1 : 1),
  );
  const entries: Record<string, object> = {};
  let end = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (data.length !== size) {
      throw new RangeError(`writeSafetensors: "${name}" (${shape.join(", ")}) has ${data.length} numbers`);
    }
    entries[name] = { dtype, shape, data_offsets: [end, end + size * BYTES[dtype]] };
    end += size * BYTES[dtype];
  }
  return { entries, data: sorted.map(([name, tensor]) => bytesOf(name, tensor)) };
}

/**
 * The file's parts, in order: 8 bytes of header length and a JSON header padded with spaces to a multiple of 8, then the
 * data, little-endian, without holes.
 */
export function safetensorsParts(
  { entries, data }: TensorTable,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...entries }));
  const header = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20, 8); // spaces
  header.set(json, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  return [header, ...data];
}

/** The whole file at once. @throws RangeError as `layOutTensors` */
export function writeSafetensors(tensors: Readonly<Record<string, TensorToWrite>>): Uint8Array<ArrayBuffer> {
  const parts = safetensorsParts(layOutTensors(tensors), { format: "pt" });
  const file = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function bytesOf(name: string, tensor: TensorToWrite): Uint8Array {
  const { buffer, byteOffset, byteLength } =
    tensor.dtype === "F16" ? halvesOf(name, tensor.data) : tensor.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function halvesOf(name: string, data: Float32Array): Uint16Array {
  const halves = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const half = halfBits(data[i]!);
    if ((half & 0x7c00) === 0x7c00) {
      throw new RangeError(
        `writeSafetensors: "${name}"[${i}] = ${data[i]} is no finite F16; write it as F32`,
      );
    }
    halves[i] = half;
  }
  return halves;
}
