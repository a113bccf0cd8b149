// A teacher's vectors of one list of texts as a safetensors file, and back. Opens no file; knows no teacher.
import { DataError } from "../../core/inputError.ts";
import { decodeFloats } from "../tensorFile/decodeFloats.ts";
import { readSafetensors } from "../tensorFile/readSafetensors.ts";
import { layOutTensors, safetensorsParts } from "../tensorFile/writeSafetensors.ts";

const NAME = "vectors";

/** (count, width) unit vectors in halves, in the order of the list. */
export interface Vectors {
  readonly count: number;
  readonly width: number;
  readonly bytes: Uint8Array; // F16, little-endian
  readonly madeBy: string; // the program and its arithmetic, for the card
}

export function writeVectors(data: Float32Array, width: number, madeBy: string): Uint8Array[] {
  const shape = [data.length / width, width];
  return [...safetensorsParts(layOutTensors({ [NAME]: { dtype: "F16", shape, data } }), { made_by: madeBy })];
}

/**
 * @param wanted texts in the list, and the teacher's width
 * @throws DataError naming `where` and what is wrong: cut short, of another list or teacher, no numbers
 */
export function readVectors(
  file: Uint8Array,
  where: string,
  wanted: Pick<Vectors, "count" | "width">,
): Vectors {
  const { tensors, metadata } = readSafetensors(file, where);
  const found = tensors.get(NAME);
  const shape = `(${wanted.count}, ${wanted.width})`;
  if (found?.dtype !== "F16" || `(${found.shape.join(", ")})` !== shape) {
    const other = found ? `${found.dtype} (${found.shape.join(", ")})` : "no such tensor";
    throw new DataError(`${where}: tensor "${NAME}" must be F16 ${shape}, the file has ${other}: remove it`);
  }
  const madeBy = typeof metadata["made_by"] === "string" ? metadata["made_by"] : "an unnamed program";
  const vectors = { ...wanted, bytes: found.bytes, madeBy };
  const row = new Float32Array(wanted.width);
  for (let i = 0; i < wanted.count; i++) {
    copyVector(vectors, i, row, 0);
    const length = Math.hypot(...row);
    if (length > 0.98 && length < 1.02) continue;
    throw new DataError(`${where}: vector ${i} has length ${length}, not 1: remove the file`);
  }
  return vectors;
}

/** Writes row `i` into `target` from place `at` on. */
export function copyVector({ width, bytes }: Vectors, i: number, target: Float32Array, at: number): void {
  const from = bytes.subarray(2 * width * i, 2 * width * (i + 1));
  decodeFloats("F16", from, target.subarray(at, at + width));
}
