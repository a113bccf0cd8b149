// Files that are something else than they should be are told by their first bytes, wherever a person names one.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { blobFiles, readJson } from "../../training/pretrained/checkpointFiles.ts";
import { readWeightHeaders } from "../../training/pretrained/weightFiles.ts";
import { decodeTrec } from "../trec/trecLines.ts";
import { foreignContent } from "./foreignContent.ts";
import { givenJson, givenText } from "./givenText.ts";
import { readText } from "./readText.ts";
import { memoryFile } from "./sourceFile.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const utf16 = Uint8Array.of(0xff, 0xfe, ...Buffer.from('{"steps":5}', "utf16le"));
const GZIP = "is packed with gzip; unpack it first";
const UTF16 = "is written in UTF-16; save it as UTF-8";
const PAGE = "is a web page, not the file itself; download the file that the page shows";

describe("a file that is something else", () => {
  it.each<[string, Uint8Array, string]>([
    ["packed", gzipSync("q1 0 d1 1\n"), GZIP],
    ["a zip archive", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0), "is a zip archive; unpack it first"],
    ["packed otherwise", bytesOf("BZh91AY&SY"), "is packed with bzip2; unpack it first"],
    ["from Windows", utf16, UTF16],
    ["a page that shows it", bytesOf("\n<!DOCTYPE html>\n<html lang=en>"), PAGE],
    ["a page without a type", bytesOf("<HTML><body>"), PAGE],
    ["a Parquet file", bytesOf("PAR1\u0015\u0004\u0015\u0080"), "is a Parquet file, not a text"],
    ["a photo", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), "is a picture, not a text"],
    ["of a phone", bytesOf("\0\0\0\u0018ftypheic\0\0"), "is a picture, not a text"],
    ["of a messenger", bytesOf("RIFF\u0010\0\0\0WEBPVP8 "), "is a picture, not a text"],
    [
      "a pointer",
      bytesOf(`version https://git-lfs.example/spec/v1\noid sha256:${"4d".repeat(32)}\nsize 90\n`),
      'is a Git LFS pointer to 90 bytes, not the file itself; run "git lfs pull" in the folder it was cloned to',
    ],
  ])("is told: %s", async (_, bytes, what) => {
    expect(foreignContent(bytes)).toBe(what);
    expect(() => givenJson(bytes, "a.json", "a run.json")).toThrow(
      new RegExp(`^a\\.json: ${escaped(what)}$`),
    );
    expect(() => decodeTrec(bytes, "a.run")).toThrow(`a.run, line 1: ${what}`);
    const folder = blobFiles("mine", new Map([["config.json", new Blob([bytes.slice()])]]));
    await expect(readJson(folder, "config.json", 1000)).rejects.toThrow(`mine/config.json ${what}`);
    if (bytes[4] === 0) return; // as good as a header's length
    const weights = blobFiles("mine", new Map([["model.safetensors", new Blob([bytes.slice()])]]));
    await expect(readWeightHeaders(weights)).rejects.toThrow(`mine/model.safetensors ${what}`);
  });

  it.each<[string, Uint8Array, string]>([
    ["packed", gzipSync("a,b\n1,2\n"), GZIP],
    ["from Windows", utf16, UTF16],
  ])("is told of a table that cannot be read: %s", async (_, bytes, what) => {
    await expect(readText(memoryFile("a.csv", bytes))).rejects.toThrow(`a.csv: ${what}`);
  });

  it("is no text that only looks a little so", () => {
    for (const text of ["", "{", "PK", "BZ", "version 2", "<htmlish>", "q1 0 d1 1"])
      expect(foreignContent(bytesOf(text))).toBeUndefined();
  });
});

describe("a small file that a person names", () => {
  it("is read without a byte order mark", () => {
    expect(givenJson(bytesOf('\ufeff{"steps":5}'), "a.json", "a spec.json")).toEqual({ steps: 5 });
  });

  it("is refused where it is empty, no JSON, or of another encoding", () => {
    expect(() => givenJson(bytesOf(" \n"), "a.json", "a run.json")).toThrow(
      "a.json: is empty; name a run.json",
    );
    expect(() => givenJson(bytesOf("{"), "a.json", "a run.json")).toThrow(
      /^a\.json: is not JSON \(.*\); name a run\.json$/,
    );
    expect(() => givenText(Uint8Array.of(0x61, 0xe9), "a.json")).toThrow(
      "a.json: is not UTF-8; save the file as UTF-8",
    );
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
