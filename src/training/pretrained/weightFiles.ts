// The safetensors files of a checkpoint: their headers, and chosen rows of chosen tensors, streamed in the order of the
// file. Never holds a tensor of which only rows are wanted.
import { foreignContent } from "../../core/formats/foreignContent.ts";
import { MAX_POINTER_BYTES } from "../../core/formats/gitLfs.ts";
import { DataError } from "../../core/inputError.ts";
import type { WeightTensor } from "../model/weights.ts";
import { createByteReader, type ByteReader } from "./byteReader.ts";
import { damagedWhereKept, readJson, type CheckpointFiles, type OpenedFile } from "./checkpointFiles.ts";
import { decodeFloats } from "../tensorFile/decodeFloats.ts";
import { checkScaleNumbers, checkScales, scaleName } from "../tensorFile/narrowRows.ts";
import {
  DTYPE_BYTES,
  isReadable,
  LENGTH_BYTES,
  parseHeader,
  READABLE,
  readHeaderLength,
  type TensorInfo,
} from "../tensorFile/safetensorsHeader.ts";

const SINGLE_FILE = "model.safetensors";
const INDEX_FILE = "model.safetensors.index.json";
const MAX_INDEX_BYTES = 8 * 2 ** 20;
const MAX_PARTS = 100;
/** Rows are read in blocks of about this size. */
const BLOCK_BYTES = 2 ** 20;

/** One safetensors file whose header has been read and checked. */
export interface WeightFile {
  readonly name: string;
  readonly headerBytes: number; // of the JSON
  readonly dataBytes: number;
  readonly tensors: readonly TensorInfo[];
}

/** A tensor to read, or only some of its rows. */
export interface WantedTensor {
  readonly name: string; // in the file
  readonly rows?: Int32Array; // ascending, below shape[0]; all where left out
}

/**
 * Headers of the checkpoint's weights: one file, or the parts that its index lists.
 * @param folder within the checkpoint, ending in "/", or ""
 * @throws DataError naming the file and what is wrong with it
 */
export async function readWeightHeaders(files: CheckpointFiles, folder = ""): Promise<WeightFile[]> {
  const single = await readHeader(files, folder + SINGLE_FILE);
  if (single) {
    checkScales(single.tensors, `${files.label}/${single.name}`);
    return [single];
  }
  const parts = await readIndex(files, folder);
  const read: WeightFile[] = [];
  for (const part of parts) {
    const header = await readHeader(files, part);
    if (!header) throw new DataError(`${files.label} has no ${part}, which its index lists`);
    read.push(header);
  }
  const seen = new Set<string>();
  for (const { name } of read.flatMap((file) => file.tensors)) {
    if (seen.has(name)) throw new DataError(`${files.label}: tensor "${name}" is in two of its parts`);
    seen.add(name);
  }
  checkScales(
    read.flatMap((file) => file.tensors),
    files.label,
  );
  return read;
}

async function readIndex(files: CheckpointFiles, folder: string): Promise<string[]> {
  const index = await readJson(files, folder + INDEX_FILE, MAX_INDEX_BYTES);
  if (index === undefined) {
    throw new DataError(
      `${files.label} has no ${folder}${SINGLE_FILE}; weights in other formats (.bin, .h5, .onnx) are not read: ask for a revision that has it, or convert them`,
    );
  }
  const map = typeof index === "object" && index !== null && "weight_map" in index ? index.weight_map : null;
  const names = typeof map === "object" && map !== null ? [...new Set(Object.values(map) as unknown[])] : [];
  const isPart = (name: unknown) => typeof name === "string" && /^[\w][\w.-]{0,120}\.safetensors$/.test(name);
  if (names.length === 0 || names.length > MAX_PARTS || !names.every(isPart)) {
    throw new DataError(
      `${files.label}/${folder}${INDEX_FILE}: weight_map must name 1 to ${MAX_PARTS} .safetensors files`,
    );
  }
  return (names as string[]).sort().map((name) => folder + name);
}

async function readHeader(files: CheckpointFiles, name: string): Promise<WeightFile | undefined> {
  const opened = await files.open(name);
  if (!opened) return undefined;
  const where = `${files.label}/${name}`;
  const reader = createByteReader(opened.stream, where);
  try {
    return { name, ...(await takeHeader(reader, opened, where)) };
  } finally {
    await reader.cancel();
  }
}

async function takeHeader(reader: ByteReader, { bytes }: OpenedFile, where: string) {
  const first = await reader.take(LENGTH_BYTES);
  if (first[4] !== 0) await refuseForeign(first, reader, where); // a length that no header has
  const headerBytes = readHeaderLength(first, bytes, where);
  const json = new TextDecoder().decode(await reader.take(headerBytes));
  const known = bytes === undefined ? undefined : bytes - LENGTH_BYTES - headerBytes;
  const tensors = parseHeader(json, known, where);
  return { headerBytes, tensors, dataBytes: tensors.at(-1)?.end ?? 0 };
}

/** @throws DataError if the file is what a clone holds in place of a large one */
async function refuseForeign(first: Uint8Array, reader: ByteReader, where: string): Promise<void> {
  const start = Uint8Array.from(first);
  const problem = foreignContent(Uint8Array.of(...start, ...(await reader.upTo(MAX_POINTER_BYTES))));
  if (problem !== undefined) throw new DataError(`${where} ${problem}`);
}

/**
 * Reads a file from start to end, keeping what is wanted.
 *
 * @param file as read before: the header must be the same still
 * @param onDownload told how far the file is fetched, where its source keeps it before it is read
 * @param keep receives each wanted tensor under its name in the file, with the chosen rows only
 * @returns SHA-256 of the file's bytes
 * @throws DataError naming the file, e.g. where it is cut short
 */
export async function readTensors(
  files: CheckpointFiles,
  file: WeightFile,
  wanted: readonly WantedTensor[],
  keep: (name: string, tensor: WeightTensor) => void,
  onBytes: (n: number) => void,
  onDownload: (done: number, total: number) => void = () => undefined,
): Promise<string> {
  const where = `${files.label}/${file.name}`;
  const opened = await (files.openWhole?.(file.name, onDownload) ?? files.open(file.name));
  if (!opened) throw new DataError(`${where} is gone`);
  const reader = createByteReader(opened.stream, where, onBytes, opened.hash);
  try {
    const header = await takeHeader(reader, opened, where);
    if (JSON.stringify(header.tensors) !== JSON.stringify(file.tensors)) {
      throw new DataError(`${where} was changed while it was read; try again`);
    }
    const rowsOf = new Map(wanted.map(({ name, rows }) => [name, rows]));
    for (const tensor of file.tensors) {
      if (!rowsOf.has(tensor.name)) await reader.skip(tensor.end - tensor.begin);
      else keep(tensor.name, await readRows(reader, tensor, rowsOf.get(tensor.name), where));
    }
    const sha256 = await reader.finish();
    if (opened.sha256 !== undefined && opened.sha256 !== sha256) throw damagedWhereKept(where);
    return sha256;
  } finally {
    await reader.cancel();
  }
}

/**
 * Looks at the scales of int8 rows while a file passes, whatever else it is read for.
 * @returns to be called with every chunk, in order. @throws DataError naming the tensor with a scale that is none
 */
export function createScaleCheck(
  { headerBytes, tensors }: WeightFile,
  where: string,
): (chunk: Uint8Array) => void {
  const names = new Set(tensors.flatMap(({ name, dtype }) => (dtype === "I8" ? [scaleName(name)] : [])));
  const scales = tensors.filter(({ name }) => names.has(name));
  let at = -LENGTH_BYTES - headerBytes; // of the data
  let left = new Uint8Array(0); // of a number that the last chunk cut: scales come one after the other
  return (chunk) => {
    const until = at + chunk.length;
    for (const { name, begin, end } of scales) {
      if (until <= begin || at >= end) continue;
      const from = Math.max(begin, at);
      const bytes = new Uint8Array(left.length + Math.min(end, until) - from);
      bytes.set(left);
      bytes.set(chunk.subarray(from - at, end - at), left.length);
      const first = (from - left.length - begin) / 4;
      const whole = bytes.length & ~3;
      const numbers = new Float32Array(bytes.buffer, 0, whole / 4);
      checkScaleNumbers(numbers, `${where}: tensor "${name}"`, (row) => first + row);
      left = bytes.slice(whole);
    }
    at = until;
  };
}

async function readRows(
  reader: ByteReader,
  { name, dtype, shape, begin, end }: TensorInfo,
  rows: Int32Array | undefined,
  where: string,
): Promise<WeightTensor> {
  if (!isReadable(dtype)) {
    throw new DataError(`${where}: tensor "${name}" is ${dtype}; the lab reads ${READABLE}`);
  }
  const nRows = shape[0] ?? 1;
  const width = shape.slice(1).reduce((product, side) => product * side, 1);
  const rowBytes = width * DTYPE_BYTES[dtype];
  const kept = rows?.length ?? nRows;
  const data = new Float32Array(kept * width);
  if (end === begin) return { shape: [kept, ...shape.slice(1)], data };
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
  let next = 0; // index into `rows` of the first one not yet read
  for (let first = 0; first < nRows; first += blockRows) {
    const count = Math.min(blockRows, nRows - first);
    if (!rows) {
      const block = await reader.take(count * rowBytes);
      decodeFloats(dtype, block, data.subarray(first * width, (first + count) * width));
      continue;
    }
    if (next === rows.length || rows[next]! >= first + count) {
      await reader.skip(count * rowBytes);
      continue;
    }
    const block = await reader.take(count * rowBytes);
    for (; next < rows.length && rows[next]! < first + count; next++) {
      const from = (rows[next]! - first) * rowBytes;
      const target = data.subarray(next * width, (next + 1) * width);
      decodeFloats(dtype, block.subarray(from, from + rowBytes), target);
    }
  }
  return { shape: shape.length === 0 ? [] : [kept, ...shape.slice(1)], data };
}
