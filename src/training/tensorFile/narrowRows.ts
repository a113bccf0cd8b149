// Int8 with a scale for each row, value = scale[row] * code: narrowing, widening, and what a header must say of it. Reads
// and writes no file.
import { DataError } from "../../core/inputError.ts";
import type { WeightTensor } from "../model/weights.ts";
import type { TensorInfo } from "./safetensorsHeader.ts";

/** The tensor that holds the scales of an I8 tensor: F32, one for each row. */
export const scaleName = (name: string) => `${name}.scale`;
const OF_SCALE = /\.scale$/;

const LARGEST_CODE = 127;

export interface NarrowTensor {
  readonly codes: Int8Array<ArrayBuffer>; // (rows, columns), from -127 to 127
  readonly scales: Float32Array<ArrayBuffer>; // (rows)
}

/**
 * scale = max |row| / 127, code = value / scale to the nearest, ties to even: off by half a scale. A row of zeros has scale 0.
 *
 * Scales have 17 bits, so that each times any code is a float32 exactly: whoever multiplies them gets the same numbers, and
 * these narrowed again the same codes.
 * @throws RangeError unless the tensor has two dimensions; DataError for a number that is not finite
 */
export function narrowRows(name: string, { shape, data }: WeightTensor): NarrowTensor {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) {
    throw new RangeError(`narrowRows: "${name}" (${shape.join(", ")}) has no rows; write it as F32`);
  }
  const codes = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  const bits = new Uint32Array(scales.buffer);
  for (let row = 0; row < rows; row++) {
    const [from, end] = [row * columns, (row + 1) * columns];
    let most = 0;
    for (let i = from; i < end; i++) {
      const size = Math.abs(data[i]!);
      if (!(size < Infinity))
        throw new DataError(
          `tensor "${name}" holds ${data[i]} at place ${i}, which I8 has not: keep it in F32`,
        );
      if (size > most) most = size;
    }
    scales[row] = most / LARGEST_CODE;
    bits[row] = (bits[row]! + 0x40) & ~0x7f; // the nearest of those that end in 7 zeros
    const scale = scales[row]!;
    if (scale === 0) continue;
    for (let i = from; i < end; i++) codes[i] = codeOf(data[i]! / scale);
  }
  return { codes, scales };
}

/** Held at the last code: a scale below 2^-126 has fewer bits, and its row's largest number may lie beyond. */
function codeOf(x: number): number {
  const up = Math.round(x);
  const even = up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
  return Math.max(-LARGEST_CODE, Math.min(LARGEST_CODE, even));
}

/** Codes become values where they stand, each rounded to float32 once. @param data (scales, columns) */
export function widenRows(data: Float32Array, scales: Float32Array): void {
  const columns = data.length / scales.length;
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row]!;
    const end = (row + 1) * columns;
    for (let i = row * columns; i < end; i++) data[i]! *= scale;
  }
}

/**
 * Every I8 tensor has rows and its scales, and every scale its tensor. Names that end otherwise than a weight's, such as
 * "head.scale", are a scale only where some tensor is I8.
 * @param tensors of all files of a model
 * @throws DataError naming the tensor
 */
export function checkScales(tensors: readonly TensorInfo[], where: string): void {
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const narrow = tensors.filter(({ dtype }) => dtype === "I8");
  for (const { name, shape } of narrow) {
    if (shape.length !== 2) {
      throw new DataError(
        `${where}: tensor "${name}" is I8 of shape (${shape.join(", ")}); I8 is read for tensors of rows and columns`,
      );
    }
    const wanted = `a tensor "${scaleName(name)}" of type F32 and shape (${shape[0]})`;
    const scale = named.get(scaleName(name));
    if (!scale) throw new DataError(`${where}: tensor "${name}" is I8 and needs ${wanted}`);
    if (scale.dtype === "F32" && scale.shape.join() === String(shape[0])) continue;
    throw new DataError(
      `${where}: tensor "${name}" needs ${wanted}; this one is ${scale.dtype} of shape (${scale.shape.join(", ")})`,
    );
  }
  for (const { name } of tensors.filter((tensor) => OF_SCALE.test(tensor.name))) {
    const own = name.replace(OF_SCALE, "");
    const tensor = named.get(own);
    if (tensor?.dtype === "I8" || (narrow.length === 0 && !tensor && !own.endsWith("weight"))) continue;
    const found = tensor ? `is ${tensor.dtype}` : "is not there";
    throw new DataError(`${where}: tensor "${name}" holds scales of "${own}", which ${found}; I8 has scales`);
  }
}

/** Any code times such a scale stays a weight that the lab computes with. */
const LARGEST_SCALE = 1e12 / 128;

/** @param row of each in its tensor. @throws DataError beginning with `what`, if one is no scale */
export function checkScaleNumbers(scales: Float32Array, what: string, row = (at: number) => at): void {
  const at = scales.findIndex((scale) => !(scale >= 0 && scale <= LARGEST_SCALE));
  if (at === -1) return;
  throw new DataError(
    `${what} holds ${scales[at]} at place ${row(at)}; a scale is a number from 0 to ${LARGEST_SCALE}`,
  );
}
