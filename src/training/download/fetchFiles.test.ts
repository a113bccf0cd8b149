// From official addresses to a dataset: a cut download goes on where it stopped, a corrupted one is refused by name.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { memoryFile } from "../../core/formats/sourceFile.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { createMemoryPart, fetchFiles } from "./fetchFiles.ts";
import { importFiles, type Converting } from "./importFiles.ts";
import { inspectFiles } from "./inspectFiles.ts";

const BODY = new TextEncoder().encode("0123456789".repeat(10));
const file = {
  name: "a/b.txt",
  url: "https://example.org/b.txt",
  bytes: 100,
  sha256: createHash("sha256").update(BODY).digest("hex"),
};
const signal = new AbortController().signal;

describe("fetchFiles", () => {
  it("asks for the rest of a cut file, counts its bytes and gives it its own name", async () => {
    const ranges: (string | null)[] = [];
    const fetch = (_: unknown, init?: RequestInit) => {
      const range = new Headers(init?.headers).get("range");
      ranges.push(range);
      const headers = { etag: '"1"', "content-length": "100" };
      if (range === null) return Promise.resolve(new Response(BODY.slice(0, 40), { headers }));
      const rest = { etag: '"1"', "content-range": "bytes 40-99/100" };
      return Promise.resolve(new Response(BODY.slice(40), { status: 206, headers: rest }));
    };
    const seen: number[] = [];
    const parts: string[] = [];
    const part = (name: string) => {
      parts.push(name);
      return Promise.resolve(createMemoryPart(name));
    };
    const onProgress = (bytes: number, total: number) => void seen.push(bytes, total);
    const [got] = await fetchFiles([file], { fetch, backOffMs: 1, part, signal, onProgress });
    expect(ranges).toEqual([null, "bytes=40-"]);
    expect([got!.name, parts]).toEqual(["a/b.txt", ["a/b.txt"]]);
    expect(new Uint8Array(await new Response(got!.stream()).arrayBuffer())).toEqual(BODY);
    expect(seen.slice(-2)).toEqual([100, 100]);
  });

  it("tells the hash found of a file that none is stated for, and of no other", async () => {
    const fetch = () => Promise.resolve(new Response(BODY.slice()));
    const part = (name: string) => Promise.resolve(createMemoryPart(name));
    const told: string[] = [];
    const onUnchecked = (name: string, sha256: string) => void told.push(name, sha256);
    const options = { fetch, part, signal, onProgress: () => undefined, onUnchecked };
    await fetchFiles([file, { name: "c.txt", url: "https://example.org/c.txt" }], options);
    expect(told).toEqual(["c.txt", file.sha256]); // the same bytes
  });

  it("refuses a corrupted file by name", async () => {
    const fetch = () => Promise.resolve(new Response(new Uint8Array(100)));
    const part = (name: string) => Promise.resolve(createMemoryPart(name));
    const options = { fetch, backOffMs: 1, part, signal, onProgress: () => undefined };
    await expect(fetchFiles([file], options)).rejects.toThrow(
      /example\.org\/b\.txt: sha256 is .* the catalogue states/,
    );
  });
});

describe("importFiles", () => {
  const beir = [
    memoryFile("My Set/corpus.jsonl", '{"_id":"d1","title":"","text":"a lamp"}\n'),
    memoryFile("My Set/queries.jsonl", '{"_id":"q1","text":"which lamp"}\n'),
    memoryFile("My Set/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n"),
  ];
  const options = () => ({
    entries: [],
    store: createMemoryStore(null),
    signal,
    onProgress: () => undefined,
  });

  it("names a set of one's own after its folder, and keeps clear of the catalogue's names", async () => {
    const [manifest] = await importFiles(beir, options());
    expect(manifest).toMatchObject({
      id: "my-set",
      title: "My Set",
      licence: "not stated",
      languages: ["en"],
    });
  });

  it("tells how much of what was given is read, and how many texts are written", async () => {
    const row = (i: number) => `{"query":"question ${i}","positive":"answer ${i}"}\n`;
    const pairs = memoryFile("pairs.jsonl", Array.from({ length: 10_000 }, (_, i) => row(i)).join(""));
    const told: Converting[] = [];
    await importFiles([pairs], { ...options(), onProgress: (progress) => void told.push(progress) });
    const bytes = pairs.size;
    expect(told.every(({ title, read }) => title === "pairs" && read <= bytes)).toBe(true);
    expect(told.at(-1)).toEqual({ title: "pairs", read: bytes, bytes, texts: 16_384 }); // of 20,000, told by 4,096
  });

  it("asks whether to end while few packed bytes give many rows, also where those give no record", async () => {
    const row = '{"query":"which?","positive":"this"}\n';
    const packed = memoryFile("pairs.jsonl.gz", gzipSync(row.repeat(50_000))); // 1.8 MB in a few kB
    const asked = vi.spyOn(signal, "throwIfAborted");
    await importFiles([packed], options());
    expect(asked.mock.calls.length).toBeGreaterThan(20);
    asked.mockRestore();
  });

  it("writes out what would deceive in a folder's name, and names the set by the rest", async () => {
    const renamed = beir.map((one) => ({ ...one, name: one.name.replace("My Set", "My \u202eSet") }));
    const [manifest] = await importFiles(renamed, options());
    expect(manifest).toMatchObject({ id: "my-set", title: "My [U+202E]Set" });
    expect(await inspectFiles(renamed, [])).toMatchObject({ title: "My [U+202E]Set" });
  });

  it("refuses files of no known kind in one sentence, and files that are not the set that was asked for", async () => {
    const note = [memoryFile("notes.bin", "none")];
    await expect(importFiles(note, options())).rejects.toThrow("is no complete dataset");
    await expect(importFiles(beir, { ...options(), choices: { only: ["xquad-r"] } })).rejects.toThrow(
      "zh.json missing; xquad-r is made from all of its files",
    );
  });
});
