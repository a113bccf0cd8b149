// Writes tensors as a safetensors file. Knows nothing of models.
import { DataError } from "../../core/inputError.ts";
import type { LentTensor, WeightTensor } from "../model/weights.ts";
import { halfBits } from "./halfFloat.ts";
import { narrowRows, scaleName } from "./narrowRows.ts";

/** What numbers are stored as; I8 has a scale for each row, in a tensor beside it. */
export type FloatDtype = "F32" | "F16" | "I8";
export interface FloatsToWrite extends WeightTensor {
  readonly dtype: FloatDtype;
}
/** Looked at where it lies whenever the file is written or hashed. */
export interface LentFloats extends LentTensor {
  readonly dtype: "F32";
}
export type TensorToWrite =
  | FloatsToWrite
  | { readonly dtype: "I32"; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: "U8"; readonly shape: readonly number[]; readonly data: Uint8Array };
/** The same with numbers as they are stored, but for halves. */
type Stored =
  | Exclude<TensorToWrite, FloatsToWrite>
  | LentFloats
  | (WeightTensor & { readonly dtype: "F32" | "F16" })
  | { readonly dtype: "I8"; readonly shape: readonly number[]; readonly data: Int8Array };

const BYTES = { F32: 4, I32: 4, F16: 2, I8: 1, U8: 1 } as const;

/** A file but for the first part of its header: what the tensors are, and their bytes in the order of the file. */
export interface TensorTable {
  readonly entries: Readonly<Record<string, object>>;
  /** Can be read again. Of F32, I32 and U8 the very arrays that were given; of what is lent copies, a piece when it is asked for and good until the next one is. */
  readonly data: Iterable<Uint8Array>;
  /** The same without copies: what is lent is good until the next await. */
  readonly views: Iterable<Uint8Array>;
}

/**
 * Wide types first and names in order, so equal tensors make equal bytes and every tensor is aligned.
 *
 * F16 is rounded to nearest, ties to even; I8 as `narrowRows` does it, with its scales.
 * @throws RangeError naming the tensor if its numbers do not fit its shape; DataError if its type has no finite value for
 * one of them: training may have made it
 */
export function layOutTensors(tensors: Readonly<Record<string, TensorToWrite | LentFloats>>): TensorTable {
  const given = Object.entries(tensors);
  for (const [name, tensor] of given) {
    const { shape } = tensor;
    const data = "lent" in tensor ? tensor.lent() : tensor.data;
    if (data.length === sizeOf(shape)) continue;
    throw new RangeError(`writeSafetensors: "${name}" (${shape.join(", ")}) has ${data.length} numbers`);
  }
  const sorted = given
    .flatMap(([name, tensor]) => storedAs(name, tensor))
    .sort(([a, { dtype: one }], [b, { dtype: two }]) => BYTES[two] - BYTES[one] || (a < b ? -1 : 1));
  const entries: Record<string, object> = {};
  let end = 0;
  for (const [name, { dtype, shape }] of sorted) {
    const size = sizeOf(shape);
    entries[name] = { dtype, shape, data_offsets: [end, end + size * BYTES[dtype]] };
    end += size * BYTES[dtype];
  }
  const parts = sorted.map(([name, tensor]) => ("lent" in tensor ? tensor.lent : bytesOf(name, tensor)));
  const each = (look: (lent: () => Float32Array) => Iterable<Float32Array>): Iterable<Uint8Array> => ({
    *[Symbol.iterator]() {
      for (const part of parts) {
        if (typeof part !== "function") yield part;
        else for (const piece of look(part)) yield viewOf(piece);
      }
    },
  });
  return { entries, data: each(copied), views: each((lent) => [lent()]) };
}

/** Floats that are copied at once: whoever writes a part holds it a second time. */
const PIECE = 2 ** 18;

/** Each in place of the last; looked at anew, as memory may have moved since that was asked for. */
function* copied(lent: () => Float32Array): Generator<Float32Array> {
  const end = lent().length;
  const copy = new Float32Array(Math.min(end, PIECE));
  for (let at = 0; at < end; at += PIECE) {
    const piece = copy.subarray(0, end - at);
    piece.set(lent().subarray(at, at + PIECE));
    yield piece;
  }
}

/**
 * The file's parts, in order: 8 bytes of header length and a JSON header padded with spaces to a multiple of 8, then the
 * data, little-endian, without holes.
 */
export function safetensorsParts(
  { entries, data }: Pick<TensorTable, "entries" | "data">,
  metadata: Readonly<Record<string, string>>,
): Iterable<Uint8Array> {
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...entries }));
  const header = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20, 8); // spaces
  header.set(json, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  return {
    *[Symbol.iterator]() {
      yield header;
      yield* data;
    },
  };
}

/** The whole file at once. @throws RangeError, DataError as `layOutTensors` */
export function writeSafetensors(tensors: Readonly<Record<string, TensorToWrite>>): Uint8Array<ArrayBuffer> {
  const parts = [...safetensorsParts(layOutTensors(tensors), { format: "pt" })];
  const file = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

function storedAs(name: string, tensor: TensorToWrite | LentFloats): [name: string, Stored][] {
  const { dtype, shape } = tensor;
  if (dtype !== "I8" || "lent" in tensor) return [[name, tensor as Stored]]; // a member of several dtypes is not narrowed by one
  const { codes, scales } = narrowRows(name, tensor);
  return [
    [name, { dtype, shape, data: codes }],
    [scaleName(name), { dtype: "F32", shape: [scales.length], data: scales }],
  ];
}

function bytesOf(name: string, tensor: Exclude<Stored, LentFloats>): Uint8Array {
  return viewOf(tensor.dtype === "F16" ? halvesOf(name, tensor.data) : tensor.data);
}

const viewOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function halvesOf(name: string, data: Float32Array): Uint16Array {
  const halves = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const half = halfBits(data[i]!);
    if ((half & 0x7c00) === 0x7c00) {
      throw new DataError(
        `tensor "${name}" holds ${data[i]} at place ${i}, which F16 has not: keep it in F32`,
      );
    }
    halves[i] = half;
  }
  return halves;
}
