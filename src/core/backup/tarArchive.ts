// A tar file made of blobs and taken apart into blobs: contents stay where they are, of which nothing is read here. Of a file
// that is cut or damaged it finds what is whole. Knows no entry by name.

const BLOCK = 512;
const WINDOW = 2 ** 18; // read at once where headers are looked for
const MOST_ENTRIES = 200_000;
const USTAR = "ustar\0" + "00";

export interface ArchiveEntry {
  readonly name: string;
  readonly content: Blob;
}

export interface Archive {
  /** @param name at most 100 ASCII characters */
  add(name: string, content: Blob): void;
  /** All that was added. */
  blob(): Blob;
}

export function createArchive(): Archive {
  const parts: BlobPart[] = [];
  return {
    add(name, content) {
      parts.push(headerOf(name, content.size), content, new Uint8Array(-content.size & (BLOCK - 1)));
    },
    blob: () => new Blob([...parts, new Uint8Array(2 * BLOCK)], { type: "application/x-tar" }),
  };
}

function headerOf(name: string, size: number): Uint8Array<ArrayBuffer> {
  if (name.length > 100) throw new RangeError(`tar: a name has at most 100 characters, got ${name}`);
  const block = new Uint8Array(BLOCK);
  const write = (text: string, at: number) => new TextEncoder().encodeInto(text, block.subarray(at));
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  write(name, 0);
  write(octal(0o644, 7), 100);
  for (const at of [108, 116]) write(octal(0, 7), at); // owner and group
  write(octal(size, 11), 124);
  write(octal(0, 11), 136); // of no time: equal contents make equal files
  write("0" + "\0".repeat(100) + USTAR, 156);
  write(`${octal(checksum(block), 6)}\0 `, 148);
  return block;
}

/** The sum of a header's bytes, its own place taken for spaces. */
const checksum = (block: Uint8Array): number =>
  block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

/**
 * Every whole file in it. Damage costs what it hit: reading goes on at the next header that fits its own sum.
 * @returns the entries in their order, and a sentence without a full stop for each stretch that could not be read
 */
export async function readArchive(
  file: Blob,
): Promise<{ readonly entries: readonly ArchiveEntry[]; readonly problems: readonly string[] }> {
  const entries: ArchiveEntry[] = [];
  const problems: string[] = [];
  const names = new Set<string>();
  const blockAt = windowOf(file);
  let isLost = false;
  let isWhole = false;
  for (let at = 0; at < file.size;) {
    const block = await blockAt(at);
    const header = parseHeader(block);
    if (header === "end") {
      isWhole = true;
      break;
    }
    const begin = at + BLOCK;
    at = begin;
    if (header === undefined) {
      if (!isLost) problems.push(`from byte ${begin - BLOCK} on it is cut or damaged`);
      isLost = true;
      continue;
    }
    const { name, size, isFile } = header;
    isLost = begin + size > file.size;
    if (isLost) {
      problems.push(`${name} is cut off: the file ends before it does`);
      continue;
    }
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
    if (!isFile) continue;
    if (names.has(name)) problems.push(`${name} is in it twice; the first is taken`);
    else entries.push({ name, content: file.slice(begin, begin + size) });
    names.add(name);
    if (entries.length >= MOST_ENTRIES) {
      problems.push(`it holds more than the ${MOST_ENTRIES} files that are read`);
      break;
    }
  }
  if (!isWhole && !isLost) problems.push("it ends before its end: it was cut");
  return { entries, problems };
}

/** Blocks of a file, read many at once. The last one may be short. */
function windowOf(file: Blob): (at: number) => Promise<Uint8Array> {
  let begin = 0;
  let bytes = new Uint8Array(0);
  return async (at) => {
    if (at < begin || at + BLOCK > begin + bytes.length) {
      begin = at;
      bytes = new Uint8Array(await file.slice(at, at + WINDOW).arrayBuffer());
    }
    return bytes.subarray(at - begin, at - begin + BLOCK);
  };
}

/** @returns undefined for what is no header, "end" for the empty block behind the last file */
function parseHeader(
  block: Uint8Array,
): { readonly name: string; readonly size: number; readonly isFile: boolean } | "end" | undefined {
  if (block.length < BLOCK) return undefined;
  if (block.every((byte) => byte === 0)) return "end";
  const text = (from: number, to: number) =>
    new TextDecoder("latin1").decode(block.subarray(from, to)).replace(/\0.*$/s, "");
  const number = (from: number, to: number) => {
    const digits = text(from, to).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : -1;
  };
  const size = number(124, 136);
  if (text(257, 262) !== "ustar" || number(148, 156) !== checksum(block) || size < 0) return undefined;
  const kind = text(156, 157);
  const prefix = text(345, 500);
  const name = prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`;
  return { name, size, isFile: kind === "0" || kind === "" };
}
