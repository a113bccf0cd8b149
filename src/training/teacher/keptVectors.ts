// A teacher's vectors as they are kept between runs: one file for a teacher and a device, to which blocks are appended
// while it reads. Hostile until parsed here; what is kept is a short cut, and trouble with it stops no run.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { chunksOf } from "../../core/formats/sourceFile.ts";
import { messageOf } from "../../core/messageOf.ts";
import { makeRoom, type DownloadShelf } from "../hub/downloadShelf.ts";
import { KEY_BYTES } from "./textVectors.ts";

const FILE = "vectors";
const FORMAT = "hybrid-batch-lab/vectors@1";
const SUM_BYTES = 32;
/** A block: this, its number of texts, its width, the SHA-256 of what follows, keys, vectors. */
const BLOCK_START = utf8ToBytes("labVecs1");
const SUM_AT = BLOCK_START.length + 8;
const HEAD_BYTES = SUM_AT + SUM_BYTES;
/** No block that was written has more texts. */
export const MAX_BLOCK = 4096;

export interface KeptVectors {
  /** Gives the vectors of wanted texts that are kept. */
  take(isWanted: (key: string) => boolean, give: (key: string, vector: Float32Array) => void): Promise<void>;
  /** Keeps a block of texts; after a failure nothing more. */
  add(keys: readonly string[], vectors: Float32Array): Promise<void>;
}

/**
 * @param about everything that the bits hang on: teacher and device
 * @param id of the teacher in the spec, for people
 * @param onTrouble told in a sentence, once
 */
export function openKeptVectors(
  shelf: DownloadShelf,
  { id, about, width }: { readonly id: string; readonly about: string; readonly width: number },
  onTrouble: (sentence: string) => void,
): KeptVectors {
  const url = `${FORMAT} ${bytesToHex(sha256(utf8ToBytes(about)))}`;
  const end = `#${url.slice(FORMAT.length + 1).slice(0, 12)}`;
  let name = id + end;
  let closed = false;
  const attempt = async (work: () => Promise<void>) => {
    if (closed) return;
    try {
      await work();
    } catch (error) {
      closed = true;
      onTrouble(`The vectors of ${id} are not kept for later runs: ${messageOf(error)}`);
    }
  };
  const open = async () => (await shelf.folder(name))?.part(FILE);
  return {
    async take(isWanted, give) {
      await attempt(async () => {
        name = (await shelf.list()).find((kept) => kept.id.endsWith(end))?.id ?? name; // the same under another id
        const part = await open();
        if (!part) return void (closed = true); // an id too long for a folder
        const { bytes, validator } = await part.state();
        if (bytes === 0 || validator?.url !== url)
          return part.restart({ url, etag: null, lastModified: null });
        for await (const { keys, vectors } of blocksOf(part.read(), width)) {
          keys.forEach((key, i) => {
            if (isWanted(key)) give(key, vectors.slice(i * width, (i + 1) * width));
          });
        }
      });
    },
    async add(keys, vectors) {
      await attempt(async () => {
        const part = await open();
        const block = blockOf(keys, vectors, width);
        if (await makeRoom(shelf, name, (await part!.state()).bytes + block.length))
          await part!.append(block);
        else closed = true;
      });
    },
  };
}

function blockOf(keys: readonly string[], vectors: Float32Array, width: number): Uint8Array {
  const floats = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  const block = new Uint8Array(HEAD_BYTES + keys.length * KEY_BYTES + floats.length);
  block.set(BLOCK_START);
  const head = new DataView(block.buffer, BLOCK_START.length);
  head.setUint32(0, keys.length, true);
  head.setUint32(4, width, true);
  keys.forEach((key, i) => block.set(hexToBytes(key), HEAD_BYTES + i * KEY_BYTES));
  block.set(floats, HEAD_BYTES + keys.length * KEY_BYTES);
  block.set(sha256(block.subarray(HEAD_BYTES)), SUM_AT);
  return block;
}

interface Block {
  readonly keys: readonly string[];
  readonly vectors: Float32Array;
}

/** The whole blocks. One that was cut by a kill, or damaged, is passed over; those behind it are found by their start. */
async function* blocksOf(stream: ReadableStream<Uint8Array>, width: number): AsyncGenerator<Block> {
  let all = new Uint8Array();
  for await (const chunk of chunksOf(stream)) {
    const longer = new Uint8Array(all.length + chunk.length);
    longer.set(all);
    longer.set(chunk, all.length);
    const { blocks, rest } = cutBlocks(longer, width, false);
    yield* blocks;
    all = rest;
  }
  yield* cutBlocks(all, width, true).blocks;
}

/** @param isEnd false: a block that is not all there yet is left in `rest` */
function cutBlocks(all: Uint8Array<ArrayBuffer>, width: number, isEnd: boolean) {
  const blocks: Block[] = [];
  let at = 0;
  for (; at < all.length; at++) {
    if (BLOCK_START.some((byte, i) => at + i < all.length && all[at + i] !== byte)) continue;
    const block = blockAt(all, at, width);
    if (block === "cut" && !isEnd) break;
    if (typeof block === "string") continue;
    blocks.push(block);
    at += HEAD_BYTES + block.keys.length * (KEY_BYTES + 4 * width) - 1;
  }
  return { blocks, rest: all.slice(at) };
}

function blockAt(all: Uint8Array, at: number, width: number): Block | "cut" | "damaged" {
  if (at + HEAD_BYTES > all.length) return "cut";
  const head = new DataView(all.buffer, all.byteOffset + at + BLOCK_START.length);
  const n = head.getUint32(0, true);
  if (n > MAX_BLOCK || head.getUint32(4, true) !== width) return "damaged";
  const floatsAt = n * KEY_BYTES;
  if (at + HEAD_BYTES + floatsAt + 4 * n * width > all.length) return "cut";
  const body = all.slice(at + HEAD_BYTES, at + HEAD_BYTES + floatsAt + 4 * n * width);
  const sum = sha256(body);
  if (sum.some((byte, i) => all[at + SUM_AT + i] !== byte)) return "damaged";
  return {
    keys: Array.from({ length: n }, (_, i) => bytesToHex(body.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES))),
    vectors: new Float32Array(body.buffer, floatsAt, n * width),
  };
}
