// A safetensors file that is in memory whole: its header, checked, and the bytes of its tensors. Decodes no number.
import { DataError } from "../../core/inputError.ts";
import { LENGTH_BYTES, parseHeader, readHeaderLength, type TensorInfo } from "./safetensorsHeader.ts";

export interface TensorBytes extends TensorInfo {
  readonly bytes: Uint8Array; // of the file, at any offset of its buffer
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, unknown>>; // hostile still
  readonly entries: Readonly<Record<string, unknown>>; // the header without its metadata
  readonly tensors: ReadonlyMap<string, TensorBytes>;
  readonly data: Uint8Array; // of all tensors, in the order of the file
}

/** @throws DataError naming `where` and what is wrong, e.g. that the file is cut short */
export function readSafetensors(file: Uint8Array, where: string): SafetensorsFile {
  if (file.length < LENGTH_BYTES) {
    throw new DataError(`${where}: has ${file.length} bytes; a safetensors file has more`);
  }
  const start = LENGTH_BYTES + readHeaderLength(file.subarray(0, LENGTH_BYTES), file.length, where);
  const json = new TextDecoder().decode(file.subarray(LENGTH_BYTES, start));
  const data = file.subarray(start);
  const infos = parseHeader(json, data.length, where);
  const { __metadata__: metadata, ...entries } = JSON.parse(json) as Record<string, unknown>; // as parseHeader did
  return {
    metadata: typeof metadata === "object" && metadata !== null ? { ...metadata } : {},
    entries,
    tensors: new Map(
      infos.map((info) => [info.name, { ...info, bytes: data.subarray(info.begin, info.end) }]),
    ),
    data,
  };
}

/** A tensor of the type asked for, as a copy. @throws DataError if it is not there or of another type */
export function takeTensor<T extends Float32Array | Int32Array | Uint8Array>(
  { tensors }: SafetensorsFile,
  name: string,
  dtype: string,
  make: new (buffer: ArrayBuffer) => T,
  where: string,
): T {
  const tensor = tensors.get(name);
  if (!tensor) throw new DataError(`${where}: has no tensor "${name}"`);
  if (tensor.dtype !== dtype)
    throw new DataError(`${where}: tensor "${name}" is ${tensor.dtype}, not ${dtype}`);
  return new make(new Uint8Array(tensor.bytes).buffer); // a Buffer's slice would be no copy
}
