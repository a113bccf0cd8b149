// What a safetensors file says about itself, checked before a byte of data is asked for. Reads no tensors.
import { DataError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";

/** Bytes of one number, for the types the lab turns into float32; I8 with the scales of its rows (narrowRows.ts). */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I8: 1 } as const;
export type Dtype = keyof typeof DTYPE_BYTES;
/** The same in words. */
export const READABLE = Object.keys(DTYPE_BYTES).join(", ");

/** Types the format knows; a file may hold them beside those that are read (position ids are I64). */
const OTHER_BYTES: Readonly<Record<string, number>> = {
  F64: 8,
  I64: 8,
  U64: 8,
  I32: 4,
  U32: 4,
  I16: 2,
  U16: 2,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  C64: 8,
};

export interface TensorInfo {
  readonly name: string;
  readonly dtype: string; // one of those the format knows
  readonly shape: readonly number[];
  readonly begin: number; // bytes from the start of the data
  readonly end: number;
}

/** The 8 bytes in front: the length of the JSON that follows. */
export const LENGTH_BYTES = 8;
/** The format allows 100 MB; the header of a model of a thousand tensors has a tenth of a megabyte. */
export const MAX_HEADER_BYTES = 8 * 2 ** 20;
const MAX_DIMENSIONS = 8;

/**
 * @param first the file's first LENGTH_BYTES bytes
 * @param fileBytes size of the file, where known
 * @throws DataError naming `where` if no header of a sane size follows
 */
export function readHeaderLength(first: Uint8Array, fileBytes: number | undefined, where: string): number {
  const length = Number(new DataView(first.buffer, first.byteOffset, first.byteLength).getBigUint64(0, true));
  if (length < 2 || length > MAX_HEADER_BYTES) {
    throw new DataError(
      `${where}: its header claims ${length} bytes; 2 to ${MAX_HEADER_BYTES} would be right`,
    );
  }
  if (fileBytes !== undefined && LENGTH_BYTES + length > fileBytes) {
    throw new DataError(
      `${where}: its header claims ${length} bytes, the file has ${fileBytes}: it is cut short`,
    );
  }
  return length;
}

/**
 * The tensors in the order of their bytes, which cover the data without hole or overlap, as the format demands.
 *
 * @param dataBytes size of the file less its header, where known
 * @throws DataError naming `where`, the tensor and what is wrong
 */
export function parseHeader(json: string, dataBytes: number | undefined, where: string): TensorInfo[] {
  const header = readJson(json, where);
  if (!isRecord(header)) throw new DataError(`${where}: its header is no JSON object`);
  const tensors = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => parseEntry(name, entry, where));
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== reached) {
      const what = begin < reached ? "overlaps the tensor before it" : "leaves a hole before it";
      throw new DataError(
        `${where}: tensor "${show(name)}" starts at byte ${begin}, not ${reached}: it ${what}`,
      );
    }
    reached = end;
  }
  if (dataBytes !== undefined && reached !== dataBytes) {
    throw new DataError(
      `${where}: its tensors take ${reached} bytes, the file holds ${dataBytes}: it was cut or added to`,
    );
  }
  return tensors;
}

function readJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    const why = messageOf(cause).slice(0, 80);
    throw new DataError(`${where}: its header is not JSON (${why})`, { cause });
  }
}

function parseEntry(name: string, entry: unknown, where: string): TensorInfo {
  const refuse = (why: string): never => {
    throw new DataError(`${where}: tensor "${show(name)}" ${why}`);
  };
  if (!isRecord(entry)) return refuse("is not described by an object");
  const { dtype, shape, data_offsets: offsets } = entry;
  const bytesOf = typeof dtype === "string" ? sizeOf(dtype) : undefined;
  if (typeof dtype !== "string" || bytesOf === undefined) {
    return refuse(`has the unknown type ${show(JSON.stringify(dtype) ?? "none")}`);
  }
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS || !shape.every(isCount)) {
    return refuse(`has no shape of at most ${MAX_DIMENSIONS} whole numbers`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return refuse("has no data_offsets of two whole numbers");
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product, side) => product * side, bytesOf);
  if (!Number.isSafeInteger(bytes) || end - begin !== bytes) {
    return refuse(
      `of type ${dtype} and shape (${shape.join(", ")}) needs ${bytes} bytes, its offsets hold ${end - begin}`,
    );
  }
  return { name, dtype, shape: shape, begin, end };
}

function sizeOf(dtype: string): number | undefined {
  if (Object.hasOwn(DTYPE_BYTES, dtype)) return DTYPE_BYTES[dtype as Dtype];
  return Object.hasOwn(OTHER_BYTES, dtype) ? OTHER_BYTES[dtype] : undefined;
}

export function isReadable(dtype: string): dtype is Dtype {
  return Object.hasOwn(DTYPE_BYTES, dtype);
}

const show = (text: string) => text.slice(0, 80);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
