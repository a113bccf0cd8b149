// Sizes no real file has, generated as they are read: each stops at its stated limit, and nothing was read far beyond it.
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { createGzip } from "node:zlib";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import * as v from "valibot";
import { MAX_ARCHIVE_FILES, MAX_LINE_BYTES, MAX_TAR_BYTES, MAX_WHOLE_BYTES } from "./limits.ts";
import { readCsv } from "./readCsv.ts";
import { readJson, readJsonLines } from "./readJson.ts";
import { readParquet } from "./readParquet.ts";
import { readTsv } from "./readTable.ts";
import { readLines } from "./readText.ts";
import { readTmx } from "./readTmx.ts";
import { memoryFile, type SourceFile } from "./sourceFile.ts";
import { unpackFiles } from "./unpack.ts";

const GIB = 2 ** 30;
const CHUNK = new Uint8Array(2 ** 20).fill(97); // "aaaa…"

/** A file of `size` bytes, all of them "a" behind its start, made when they are asked for. */
function endless(name: string, size: number, start = ""): SourceFile & { readonly given: number } {
  const file = {
    name,
    size,
    given: 0,
    bytes: (start: number, end: number) => Promise.resolve(new Uint8Array(end - start).fill(97)),
    stream: () =>
      new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (file.given >= size) return controller.close();
            const chunk = CHUNK.slice();
            if (file.given === 0) chunk.set(new TextEncoder().encode(start));
            file.given += chunk.byteLength;
            controller.enqueue(chunk);
          },
        },
        { highWaterMark: 0 },
      ),
  };
  return file;
}

const drain = async (items: AsyncIterable<unknown>) => {
  let n = 0;
  for await (const _ of items) n++;
  return n;
};

describe("one line of a gigabyte", () => {
  it.each([
    ["in text", (file: SourceFile) => drain(readLines(file))],
    ["in JSON lines", (file: SourceFile) => drain(readJsonLines(file, v.unknown()))],
    ["in TSV", (file: SourceFile) => drain(readTsv(file))],
  ])("%s is refused after 16 MiB of it", async (_, read) => {
    const file = endless("long.txt", GIB);
    await expect(read(file)).rejects.toThrow("long.txt line 1: is longer than the 16 MiB a line may have");
    expect(file.given).toBeLessThanOrEqual(MAX_LINE_BYTES + 2 * CHUNK.byteLength);
  });
});

describe("a whole file of a gigabyte", () => {
  it.each([
    ["JSON", "", (file: SourceFile) => readJson(file, v.unknown())],
    ["CSV", "", (file: SourceFile) => readCsv(file, [])],
    ["TMX", "<tmx><body>", (file: SourceFile) => readTmx(file)],
  ])("of %s is refused after 256 MiB of it", async (_, start, read) => {
    const file = endless("large.json", GIB, start);
    await expect(read(file)).rejects.toThrow("large.json: is larger than the 256 MiB read at once");
    expect(file.given).toBeLessThanOrEqual(MAX_WHOLE_BYTES + 2 * CHUNK.byteLength);
  });

  it("of tar is refused after 512 MiB of it", async () => {
    const file = endless("large.tar", GIB);
    await expect(unpackFiles([file])).rejects.toThrow("large.tar: holds more than 512 MiB; unpack it");
    expect(file.given).toBeLessThanOrEqual(MAX_TAR_BYTES + 2 * CHUNK.byteLength);
  });
});

describe("a bomb of a terabyte", () => {
  it("packed once is stopped after 64 MiB, whatever it would become", async () => {
    // Packed as it is read: 1 TiB would take an hour, and 64 MiB of it a second.
    let given = 0;
    const source = new Readable({
      read() {
        given += CHUNK.byteLength;
        this.push(given > 1024 * GIB ? null : Buffer.alloc(CHUNK.byteLength));
      },
    });
    const packed = source.pipe(createGzip());
    const file: SourceFile = {
      name: "bomb.jsonl.gz",
      size: 100_000,
      bytes: () => Promise.reject(new Error("read in pieces")),
      stream: () => Readable.toWeb(packed) as ReadableStream<Uint8Array>,
    };
    const [inside] = await unpackFiles([file]);
    await expect(readJson(inside!, v.unknown())).rejects.toThrow(
      "bomb.jsonl.gz: expands to more than 64 MiB, the most for a packed file of 100000 bytes",
    );
    // Streams between hold a megabyte of packed bytes, a thousand times as much unpacked: 0.4 to 1.1 GiB were seen.
    expect(given).toBeLessThan(8 * GIB);
    source.destroy();
  });
});

/** Stored files of no bytes, by the format's description (APPNOTE 4.3): a library takes seconds for ten thousand. */
function emptyFilesZip(names: readonly string[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(10, 4); // version needed
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(10, 6);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name));
    directory.push(central, Buffer.from(name));
    at += 30 + name.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

describe("too many", () => {
  const names = Array.from({ length: MAX_ARCHIVE_FILES + 1 }, (_, i) => `f${i}.txt`);

  it("files in a zip are refused, the limit itself is not", async () => {
    const zip = (n: number) => memoryFile("many.zip", emptyFilesZip(names.slice(0, n)));
    expect(await unpackFiles([zip(MAX_ARCHIVE_FILES)])).toHaveLength(MAX_ARCHIVE_FILES);
    await expect(unpackFiles([zip(MAX_ARCHIVE_FILES + 1)])).rejects.toThrow(
      "many.zip: holds more than 10000 files",
    );
  }, 120_000);

  it("files in a tar, or given at once, are refused", async () => {
    const tar = await packTar(names.map((name) => ({ header: { name, size: 1 }, body: "x" })));
    await expect(unpackFiles([memoryFile("many.tar", tar)])).rejects.toThrow(
      "many.tar/f10000.txt: more than the 10000 files that are read at once",
    );
    await expect(unpackFiles(names.map((name) => memoryFile(name, "")))).rejects.toThrow(
      "f10000.txt: more than the 10000 files",
    );
  }, 120_000);

  it("rows in a Parquet header are refused before a row is read", async () => {
    const rows = 1_000_001;
    const write = (n: number) =>
      new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: "x", data: Array<string>(n).fill("a"), type: "STRING" }] }),
      );
    const file = memoryFile("many.parquet", write(rows)); // repeated values: a few kB
    expect(file.size).toBeLessThan(rows);
    await expect(drain(readParquet(file))).rejects.toThrow(
      `many.parquet: claims ${rows} rows; ${file.size} bytes hold at most 1000000`,
    );
    expect(await drain(readParquet(memoryFile("most.parquet", write(rows - 1))))).toBe(rows - 1);
  }, 120_000);
});

it("a Parquet header that names a column twice, or one of no schema, is refused before its pages are read", async () => {
  const text = (name: string) => ({ name, data: ["x"], type: "STRING" as const });
  const whole = new Uint8Array(parquetWriteBuffer({ columnData: [text("aaaa"), text("bbbb")] }));
  const latin = Buffer.from(whole).toString("latin1");
  const named = (path: string) => {
    const bytes = whole.slice();
    bytes.set(Buffer.from(path), latin.lastIndexOf("bbbb")); // the schema names it earlier
    return memoryFile("two.parquet", bytes);
  };
  expect(await drain(readParquet(named("bbbb")))).toBe(1);
  for (const path of ["aaaa", "cccc"]) {
    await expect(drain(readParquet(named(path)))).rejects.toThrow(
      `two.parquet: row group 0 has a column ["${path}"] that is doubled or in no schema`,
    );
  }
});
