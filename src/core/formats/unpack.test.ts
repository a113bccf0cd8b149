// Archives made here by other programs than the ones that read them: what comes out, and how damage is told.
import { gzipSync } from "node:zlib";
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { readLines, readText } from "./readText.ts";
import { memoryFile, type SourceFile } from "./sourceFile.ts";
import { unpackFiles } from "./unpack.ts";

async function zip(entries: Record<string, string>): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, text] of Object.entries(entries)) await writer.add(name, new TextReader(text));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}
const tar = (entries: Record<string, string>) =>
  packTar(
    Object.entries(entries).map(([name, body]) => ({
      header: { name, size: Buffer.byteLength(body) },
      body,
    })),
  );
const gzip = (bytes: string | Uint8Array) => new Uint8Array(gzipSync(bytes));

async function contents(files: readonly SourceFile[]): Promise<[string, string][]> {
  const unpacked = await unpackFiles(files);
  return Promise.all(
    unpacked.map(async (file): Promise<[string, string]> => [file.name, await readText(file)]),
  );
}

describe("unpackFiles", () => {
  it("replaces archives by their files and keeps the order", async () => {
    const files = [
      memoryFile("a.txt", "one"),
      memoryFile("b.zip", await zip({ "x/c.txt": "two", "__MACOSX/x/._c.txt": "no", "x/.DS_Store": "no" })),
      memoryFile("d.jsonl.gz", gzip("three\n")),
      memoryFile("e.tar.gz", gzip(await tar({ "./f.txt": "four", "g/h.txt": "fünf" }))),
      memoryFile("i.tgz", gzip(await tar({ "j.txt": "six" }))),
    ];
    expect(await contents(files)).toEqual([
      ["a.txt", "one"],
      ["b.zip/x/c.txt", "two"],
      ["d.jsonl", "three\n"],
      ["e.tar.gz/f.txt", "four"],
      ["e.tar.gz/g/h.txt", "fünf"],
      ["i.tgz/j.txt", "six"],
    ]);
  });

  it("opens archives inside archives, but not without end", async () => {
    const inner = await zip({ "a.txt": "in" });
    const nested = async (depth: number): Promise<Uint8Array> => {
      if (depth === 0) return inner;
      const bytes = await nested(depth - 1);
      return new Uint8Array(
        await tar({}).then(() => packTar([{ header: { name: "n.zip", size: bytes.length }, body: bytes }])),
      );
    };
    expect(await contents([memoryFile("o.tar", await nested(1))])).toEqual([["o.tar/n.zip/a.txt", "in"]]);
    let deep = inner;
    for (let i = 0; i < 4; i++)
      deep = await packTar([
        { header: { name: `n${i === 0 ? ".zip" : ".tar"}`, size: deep.length }, body: deep },
      ]);
    await expect(unpackFiles([memoryFile("o.tar", deep)])).rejects.toThrow(/archives nest deeper than 3/);
  });

  it("reads pieces of a zip's file, as formats with their directory at the end need", async () => {
    const [file] = await unpackFiles([memoryFile("a.zip", await zip({ b: "0123456789" }))]);
    expect(file!.size).toBe(10);
    expect(new TextDecoder().decode(await file!.bytes(3, 6))).toBe("345");
  });
});

describe("damage", () => {
  it("of gzip is told whether its end, its checksum or its head is wrong", async () => {
    const whole = gzip("some text that is long enough to be cut in the middle of it");
    const flipped = whole.slice();
    flipped[flipped.length - 6]! ^= 1; // in the CRC
    for (const bytes of [whole.slice(0, -9), flipped, new TextEncoder().encode("not gzip at all")]) {
      const [file] = await unpackFiles([memoryFile("a.txt.gz", bytes)]);
      await expect(readText(file!)).rejects.toThrow(/^a\.txt\.gz: is not a whole gzip file \(/);
    }
  });

  it("of zip is told: no directory, a wrong checksum, a wrong size", async () => {
    const whole = await zip({ "a.txt": "some text that is long enough to be changed" });
    await expect(unpackFiles([memoryFile("x.zip", whole.slice(0, 40))])).rejects.toThrow(
      /^x\.zip: is not a whole zip/,
    );
    const changed = whole.slice();
    const header = new DataView(changed.buffer);
    const start = 30 + header.getUint16(26, true) + header.getUint16(28, true); // behind name and extra field
    changed[start + 3]! ^= 0xff; // in the packed text
    const [file] = await unpackFiles([memoryFile("x.zip", changed)]);
    await expect(readText(file!)).rejects.toThrow(
      /^x\.zip\/a\.txt: is not a whole file of its zip archive \(/,
    );
  });

  it("in the middle of a large file of a zip is told, and does not leave its reader waiting", async () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `line ${(i * 7919) % 60_013}`).join("\n");
    const whole = await zip({ "a.txt": text });
    for (const at of [0.1, 0.5, 0.9]) {
      const changed = whole.slice();
      changed.fill(0xff, Math.floor(at * whole.length), Math.floor(at * whole.length) + 40);
      const [file] = await unpackFiles([memoryFile("x.zip", changed)]);
      await expect(readText(file!)).rejects.toThrow(
        /^x\.zip\/a\.txt: is not a whole file of its zip archive \(/,
      );
    }
  });

  it("of tar is told", async () => {
    const bytes = await tar({ "a.txt": "text" });
    bytes[2]! ^= 1; // in the name, which the header's checksum covers
    await expect(unpackFiles([memoryFile("x.tar", bytes)])).rejects.toThrow(
      /^x\.tar: is not a whole tar file \(/,
    );
    await expect(
      unpackFiles([memoryFile("x.tar", (await tar({ "a.txt": "text" })).slice(0, 514))]),
    ).rejects.toThrow(/^x\.tar: is not a whole tar file \(/);
  });
});

describe("a bomb", () => {
  const zeros = new Uint8Array(80 * 2 ** 20); // 80 MiB pack to about 80 kB, which may become 64 MiB
  it("in gzip stops at the stated limit, also when read by line", async () => {
    const bomb = memoryFile("bomb.gz", gzip(zeros));
    const [file] = await unpackFiles([bomb]);
    await expect(readText(file!)).rejects.toThrow(/^bomb\.gz: expands to more than 64 MiB/);
    const lines = readLines((await unpackFiles([bomb]))[0]!);
    await expect(lines.next()).rejects.toThrow(/^bomb line 1: is longer than the 16 MiB a line may have/);
  });
  it("in tar and zip stops too", async () => {
    await expect(unpackFiles([memoryFile("b.tgz", gzip(zeros))])).rejects.toThrow(
      /expands to more than 64 MiB/,
    );
    const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
    await writer.add("b.txt", new Blob([zeros]).stream());
    const packed = new Uint8Array(await (await writer.close()).arrayBuffer());
    const [file] = await unpackFiles([memoryFile("b.zip", packed)]);
    await expect(readText(file!)).rejects.toThrow(/^b\.zip\/b\.txt: expands to more than 64 MiB/);
  });
});
