import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readText } from "./readText.ts";
import { memoryFile } from "./sourceFile.ts";
import { unpackFiles } from "./unpack.ts";

const pointer = `version https://git-lfs.example/spec/v1\noid sha256:${"0".repeat(64)}\nsize 7\n`;

describe("what cannot be read keeps its place", () => {
  it.each([
    ["a/corpus.jsonl.bz2", "a/corpus.jsonl", "bzip2"],
    ["a/corpus.jsonl.XZ", "a/corpus.jsonl", "xz"],
    ["corpus.tsv.zst", "corpus.tsv", "Zstandard"],
    ["corpus.jsonl.Z", "corpus.jsonl", "compress"],
    ["corpus.7z", "corpus", "7-Zip"],
    ["set.rar", "set", "RAR"],
    ["set.tar.bz2", "set.tar", "bzip2"],
    ["set.txz", "set", "xz"],
    ["x.csv.lz4", "x.csv", "LZ4"],
  ])("%s, as what it holds", async (given, name, packer) => {
    const [file] = await unpackFiles([memoryFile(given, "any bytes")]);
    expect(file).toMatchObject({ name, givenName: given });
    const problem = `${given}: is packed with ${packer}, which the lab does not unpack; unpack it first (it reads zip, tar and gzip)`;
    expect(file!.problem).toBe(problem);
    await expect(readText(file!)).rejects.toThrow(problem);
    await expect(file!.bytes(0, 1)).rejects.toThrow(problem);
  });

  it.each(["pairs.xlsx", "x/Corpus.XLS", "pairs.ods"])("a spreadsheet: %s", async (name) => {
    const [file] = await unpackFiles([memoryFile(name, "any bytes")]);
    expect(file).toMatchObject({ name });
    expect(file!.problem).toBe(`${name}: is a spreadsheet, which the lab does not read; save it as CSV`);
  });

  it.each(["set.7z.001", "set.zip.02", "set.r00", "set.z01"])("a part of an archive: %s", async (name) => {
    const [file] = await unpackFiles([memoryFile(name, "any bytes")]);
    expect(file!.problem).toBe(`${name}: is a part of a split archive; unpack that first`);
  });

  it.each([
    ["x/train.parquet", "x/train.parquet"],
    ["x/train.jsonl", "x/train.jsonl"],
    ["corpus.jsonl.gz", "corpus.jsonl"],
    ["all.zip", "all.zip"],
    ["all.tar.gz", "all.tar"],
  ])("a Git LFS pointer in place of %s", async (given, name) => {
    const [file] = await unpackFiles([memoryFile(given, pointer)]);
    expect(file!.name).toBe(name);
    await expect(readText(file!)).rejects.toThrow(`${given}: is a Git LFS pointer to 7 bytes`);
  });

  it("a pointer inside a gzip file", async () => {
    const [file] = await unpackFiles([memoryFile("a.jsonl.gz", gzipSync(pointer))]);
    expect(file!.problem).toContain("git lfs pull");
  });

  it("under its own name where it lies beside its unpacked self", async () => {
    const files = await unpackFiles([memoryFile("a.jsonl", "{}"), memoryFile("a.jsonl.bz2", "any bytes")]);
    expect(files.map(({ name }) => name)).toEqual(["a.jsonl", "a.jsonl.bz2"]);
  });
});

it("takes languages' endings and short texts for what they are", async () => {
  const names = ["a.br", "a.lo", "short.txt", "y.z2"];
  const files = await unpackFiles(names.map((name) => memoryFile(name, "version 1")));
  expect(files.map(({ name, problem }) => [name, problem])).toEqual(names.map((name) => [name, undefined]));
});
