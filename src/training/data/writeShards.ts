// Records to shards and a manifest. One way for the embedded set, the command line and files dropped on the page.
import { createHashedNumbers, type ConceptNumbers } from "../../core/data/conceptNumbers.ts";
import { MANIFEST_SCHEMA, MAX_SHARD_BYTES, type Manifest, type Shard } from "../../core/data/manifest.ts";
import { formatRecord } from "../../core/data/parseRecord.ts";
import {
  MAX_GRADE,
  SIDES,
  SPLITS,
  type Side,
  type SidedRecord,
  type Split,
} from "../../core/data/records.ts";
import { inMiB } from "../../core/formats/limits.ts";
import { pipeThrough } from "./readShard.ts";
import { collectBytes, manifestSha256, sha256Hex, type ShardSink } from "./shardSource.ts";
import { createTurns } from "./turns.ts";

/** A shard is closed before its text exceeds this. Text shrinks 2 to 6 times, so files stay below about 1 MB. */
export const SHARD_TEXT_BYTES = 2 * 2 ** 20;

/** A shard holds one record at least, and gzip makes what it cannot pack a little longer. */
const MAX_RECORD_BYTES = MAX_SHARD_BYTES - 2 ** 16;

export interface DatasetFacts extends Pick<Manifest, "id" | "title" | "licence" | "citation" | "source"> {
  readonly ownDocuments?: "left out";
  /** The order of the manifest; a record in another language is refused. Left out: those of the records, sorted. */
  readonly languages?: readonly string[];
}

/** The lines of one language, side and split that are not written yet. */
interface OpenShard {
  readonly lang: string;
  readonly side: Side;
  readonly split: Split;
  index: number; // of the shard within its language, side and split
  lines: Uint8Array[];
  textBytes: number;
}

/**
 * Writes every record and then the manifest; on any error the sink is aborted, so nothing half-written remains.
 * Equal records in an equal order give an equal `manifest.sha256` on every machine and in every browser. Memory: one
 * open shard per language, side and split, and 18 to 36 bytes for each `_id` and concept. They are told apart by 64 bits
 * of hash: among 4 million ids two would be taken for one, and the set refused, with probability 5e-7.
 *
 * @param notes asked once all records are written: what was left out
 * @throws Error naming the record: an `_id` used twice on its side, an unlisted language, what no reader would take
 */
export async function writeShards(
  facts: DatasetFacts,
  records: Iterable<SidedRecord> | AsyncIterable<SidedRecord>,
  sink: ShardSink,
  signal?: AbortSignal,
  notes: () => readonly string[] = () => [],
): Promise<Manifest> {
  try {
    const { id, title, licence, citation, source, ownDocuments } = facts;
    const { shards, concepts, languages } = await writeRecords(facts, records, sink, signal);
    const own = ownDocuments && { ownDocuments };
    const content = { schema: MANIFEST_SCHEMA, id, languages, ...own, concepts, shards } as const;
    const said = notes();
    const wording = { title, licence, citation, source, ...(said.length > 0 ? { notes: [...said] } : {}) };
    const manifest = { ...content, ...wording, sha256: manifestSha256(content) };
    await sink.commit(manifest);
    return manifest;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function writeRecords(
  { id: datasetId, languages: expected }: DatasetFacts,
  records: Iterable<SidedRecord> | AsyncIterable<SidedRecord>,
  sink: ShardSink,
  signal: AbortSignal | undefined,
): Promise<{ shards: Shard[]; concepts: number; languages: string[] }> {
  const encoder = new TextEncoder();
  const open = new Map<string, OpenShard>();
  const shards: Shard[] = [];
  const ids = { queries: createHashedNumbers(), passages: createHashedNumbers() };
  const concepts = createHashedNumbers();
  const turns = createTurns(signal);
  for await (const sided of records) {
    const turn = turns();
    if (turn) await turn;
    const { _id, lang, split } = sided.record;
    const where = `${datasetId}: ${sided.side} record "${_id}"`;
    if (expected && !expected.includes(lang))
      throw new Error(`${where}: language "${lang}" is not one of the dataset's`);
    const problem = problemOf(sided);
    if (problem !== undefined) throw new Error(`${where}: ${problem}`);
    if (!addTo(ids[sided.side], _id)) throw new Error(`${where}: _id is used twice`);
    for (const concept of sided.side === "queries" ? [sided.record.concept] : sided.record.concepts) {
      addTo(concepts, concept);
    }
    const line = encoder.encode(`${formatRecord(sided)}\n`);
    if (line.byteLength > MAX_RECORD_BYTES)
      throw new Error(`${where}: is longer than the ${inMiB(MAX_SHARD_BYTES)} a shard may have`);
    const key = `${lang}/${sided.side}.${split}`;
    let shard = open.get(key);
    if (!shard) {
      shard = { lang, side: sided.side, split, index: 0, lines: [], textBytes: 0 };
      open.set(key, shard);
    }
    if (shard.lines.length > 0 && shard.textBytes + line.byteLength > SHARD_TEXT_BYTES) {
      shards.push(await closeShard(shard, sink));
    }
    shard.lines.push(line);
    shard.textBytes += line.byteLength;
  }
  for (const shard of open.values()) shards.push(await closeShard(shard, sink));
  const languages = [...(expected ?? new Set(shards.map(({ lang }) => lang)))];
  if (!expected) languages.sort();
  // Shards of one group were closed in order, and sort() is stable: their numbers need no comparison.
  const rank = (s: Shard) =>
    (languages.indexOf(s.lang) * SIDES.length + SIDES.indexOf(s.side)) * SPLITS.length +
    SPLITS.indexOf(s.split);
  return { shards: shards.sort((a, b) => rank(a) - rank(b)), concepts: concepts.size, languages };
}

/** What the reader of a shard would refuse, said before the set is there. */
function problemOf({ side, record }: SidedRecord): string | undefined {
  if (record._id === "") return "_id is empty";
  if (record.text.trim() === "") return "text is empty";
  if (side === "queries") {
    if (record.cluster === "") return "cluster is empty";
    return record.concept === "" ? "concept is empty" : undefined;
  }
  const { concepts, grades = [] } = record;
  if (concepts.includes("")) return "concept is empty";
  if (new Set(concepts).size < concepts.length)
    return `has the concept "${concepts.find((concept, i) => concepts.indexOf(concept) < i)}" twice`;
  const grade = grades.find((one) => !Number.isInteger(one) || one < 1 || one > MAX_GRADE);
  return grade === undefined ? undefined : `grade is ${grade}, must be a whole number from 1 to ${MAX_GRADE}`;
}

/** @returns false when the name was there */
function addTo(names: ConceptNumbers, name: string): boolean {
  const before = names.size;
  names.numberOf(name);
  return names.size > before;
}

/** Writes the lines held and leaves the shard empty, one number on. */
async function closeShard(shard: OpenShard, sink: ShardSink): Promise<Shard> {
  const { lang, side, split, textBytes, lines } = shard;
  const text = new Uint8Array(textBytes);
  let at = 0;
  for (const line of lines) {
    text.set(line, at);
    at += line.byteLength;
  }
  const tooLong = () => new Error("gzip output has no upper bound"); // unreachable: the limit is infinite
  const bytes = await collectBytes(pipeThrough(text, new CompressionStream("gzip")), Infinity, tooLong);
  const path = `${lang}/${side}.${split}.${shard.index}.jsonl.gz`;
  await sink.write(path, bytes);
  const count = lines.length;
  Object.assign(shard, { index: shard.index + 1, lines: [], textBytes: 0 });
  const hashes = { sha256: sha256Hex(bytes), textSha256: sha256Hex(text) };
  return { path, lang, side, split, count, bytes: bytes.byteLength, textBytes, ...hashes };
}
