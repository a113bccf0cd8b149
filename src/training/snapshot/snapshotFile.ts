// A run between two steps as one file: safetensors with weights, moments and pieces, the rest as JSON among them, and a
// hash over all. What the plan has drawn is not in it: a run that goes on draws it again (core/plan/batchPlan.ts).
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { DataError, SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { parseSnapshotFacts, SNAPSHOT_FORMAT, type SnapshotFacts } from "../../core/record/parseSnapshot.ts";
import { pulse } from "../engine/pulse.ts";
import type { LentTensor, WeightTensor } from "../model/weights.ts";
import { readSafetensors, takeTensor, type SafetensorsFile } from "../tensorFile/readSafetensors.ts";
import {
  layOutTensors,
  safetensorsParts,
  type LentFloats,
  type TensorToWrite,
} from "../tensorFile/writeSafetensors.ts";

export interface Snapshot extends SnapshotFacts {
  readonly pieceIds: Int32Array; // (V) of the vocabulary, in the order of its rows
  readonly tensors: Readonly<Record<string, WeightTensor>>; // as `checkpointTensors` names them
}

const FACTS = "facts"; // bytes: JSON in UTF-8
const PIECES = "pieceIds";

/** A snapshot whose tensors may lie in the device's memory still. */
export interface SnapshotToWrite extends SnapshotFacts {
  readonly pieceIds: Int32Array;
  readonly tensors: Readonly<Record<string, WeightTensor | LentTensor>>;
}

/** The file's parts in order; of the tensors the very arrays that were given, or copies of what is lent, each good until the next is asked for. */
export function snapshotParts({ pieceIds, tensors, ...facts }: SnapshotToWrite): Iterable<Uint8Array> {
  const text = utf8ToBytes(JSON.stringify(facts));
  const all: Record<string, TensorToWrite | LentFloats> = {
    [FACTS]: { dtype: "U8", shape: [text.length], data: text },
    [PIECES]: { dtype: "I32", shape: [pieceIds.length], data: pieceIds },
  };
  for (const [name, tensor] of Object.entries(tensors)) all[name] = { ...tensor, dtype: "F32" };
  const table = layOutTensors(all);
  const metadata = { format: SNAPSHOT_FORMAT, sha256: hashOf(table.entries, table.views) };
  return safetensorsParts(table, metadata);
}

/**
 * @param where the file, for the message
 * @throws DataError in one sentence if it is no snapshot or damaged
 * @throws SpecError if it is of another format
 */
export function readSnapshot(bytes: Uint8Array, where: string): Snapshot {
  const file = readSafetensors(bytes, where);
  const { format, sha256: hash } = file.metadata;
  const isSnapshot = typeof format === "string" && /^hybrid-batch-lab\/snapshot@\d{1,6}$/.test(format);
  if (!isSnapshot) throw new DataError(`${where} is a safetensors file, but no snapshot of a run`);
  if (format !== SNAPSHOT_FORMAT) {
    throw new SpecError(`${where} is of format ${format}; this lab reads ${SNAPSHOT_FORMAT}`);
  }
  if (hash !== hashOf(file.entries, [file.data])) {
    throw new DataError(`${where} is damaged: its bytes are not those that were written`);
  }
  const pieceIds = takeTensor(file, PIECES, "I32", Int32Array, where);
  return { ...readFacts(file, where), pieceIds, tensors: weightsOf(file, where) };
}

function readFacts(file: SafetensorsFile, where: string): SnapshotFacts {
  const text = new TextDecoder().decode(takeTensor(file, FACTS, "U8", Uint8Array, where));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError(`${where}: ${FACTS} is not JSON (${messageOf(cause).slice(0, 80)})`, { cause });
  }
  return parseSnapshotFacts(value, where);
}

function weightsOf(file: SafetensorsFile, where: string): Record<string, WeightTensor> {
  const tensors: Record<string, WeightTensor> = {};
  for (const { name, shape } of file.tensors.values()) {
    if (name === FACTS || name === PIECES) continue;
    tensors[name] = { shape, data: takeTensor(file, name, "F32", Float32Array, where) };
  }
  return tensors;
}

/** A tenth of a second's work on a slow and busy machine, which needs five for distilled-small and its moments. */
const AT_ONCE = 2 ** 22;

/** Of what the tensors are and of their bytes; the metadata that holds it is left out. */
function hashOf(entries: object, data: Iterable<Uint8Array>): string {
  const hash = sha256.create().update(utf8ToBytes(JSON.stringify(entries)));
  for (const part of data) {
    for (let at = 0; at < part.length; at += AT_ONCE) {
      pulse();
      hash.update(part.subarray(at, at + AT_ONCE));
    }
  }
  return bytesToHex(hash.digest());
}
