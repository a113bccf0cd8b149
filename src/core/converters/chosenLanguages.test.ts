// Fetching a set for some languages gives what the whole set gives in them: record by record, on the real files.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { folderFiles } from "../../cli/files/nodeFiles.ts";
import { hashOf } from "../../training/download/downloadFile.ts";
import { parseCatalog, type CatalogFile } from "../data/catalog.ts";
import { filesFor } from "../data/catalogFiles.ts";
import { createReport } from "./converter.ts";
import type { SidedRecord } from "../data/records.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";
import { unpackFiles } from "../formats/unpack.ts";
import { keepLanguages } from "./keepLanguages.ts";
import { findConverter } from "../collections/registry.ts";

const folder = process.env["LAB_DATA_DIR"];
if (!folder) console.warn("SKIPPED: sets fetched for some languages. Set LAB_DATA_DIR");
const FILE = "public/datasets/catalog.json";
const catalog = parseCatalog(JSON.parse(readFileSync(FILE, "utf8")), FILE);

// One language, a pivot alone, several without the pivot, several with it.
describe.skipIf(!folder).each([
  ["ntrex-128", [["sw"], ["en"], ["de", "sr", "sr-Latn"], ["zh-Hant", "en", "yo"]]],
  ["tico-19", [["pt"], ["en"], ["es", "ti", "zh"], ["zu", "en", "sw"]]],
  ["tatoeba", [["fil"], ["en"], ["af", "de", "xh"], ["sw", "en", "am"]]],
  ["xquad-r", [["el"], ["ar", "th"], ["zh", "en", "de"]]],
  ["xquad-r-context", [["hi", "vi"]]],
  ["afriqa-questions", [["yo"], ["fr"], ["wo", "sw", "tw"], ["ha", "en", "wo"]]],
] as const)("%s", (id, choices) => {
  const entry = catalog.find((known) => known.id === id)!;
  const converter = findConverter(id)!;
  const originals = new Map<string, SourceFile>();

  async function convert(files: readonly CatalogFile[], languages?: readonly string[]) {
    const unpacked = await unpackFiles(files.map(({ name }) => originals.get(name)!));
    const names = unpacked.map(({ name }) => name);
    expect(converter.accepts(names, languages)).toBe(true);
    const records: SidedRecord[] = [];
    for await (const record of keepLanguages(converter.convert(unpacked, createReport()), languages)) {
      records.push(record);
    }
    return records;
  }
  const linesOf = (records: readonly SidedRecord[]) => records.map((one) => JSON.stringify(one));

  let whole: readonly SidedRecord[] = [];
  beforeAll(async () => {
    for (const file of await folderFiles(`${folder}/${id.replace(/-(context|questions)$/, "")}`)) {
      const name = baseName(file.name);
      originals.set(name, { ...file, name });
    }
    whole = await convert(filesFor(entry, undefined));
  });

  it.each(choices.map((languages) => [languages]))("for %j", async (languages) => {
    const wanted = filesFor(entry, languages);
    expect(wanted.length).toBeLessThan(entry.files.length);
    const chosen: readonly string[] = languages;
    const kept = linesOf(whole.filter(({ record }) => chosen.includes(record.lang)));
    expect(kept.length).toBeGreaterThan(0);
    const made = linesOf(await convert(wanted, languages));
    // Both whole lists at once would be a failure of megabytes.
    expect([made.length, made.findIndex((line, i) => line !== kept[i])]).toEqual([kept.length, -1]);
  });

  it("has the files that the catalogue vouches for", async () => {
    for (const { name, sha256 } of entry.files) {
      expect(await hashOf(originals.get(name)!.stream()), name).toBe(sha256);
    }
  });
});
