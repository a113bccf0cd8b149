// `lab data list | add | verify`: which datasets there are, how one is added, whether they are intact.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { findConverter } from "../../core/converters/registry.ts";
import { parseCatalog, type CatalogEntry, type CatalogFile } from "../../core/data/catalog.ts";
import { createReport } from "../../core/data/converter.ts";
import { baseName, memoryFile, type SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES } from "../../core/data/records.ts";
import { fetchBytes, type HttpOptions } from "../../training/data/httpShards.ts";
import { readShard } from "../../training/data/readShard.ts";
import { sha256Hex } from "../../training/data/shardSource.ts";
import { writeShards } from "../../training/data/writeShards.ts";
import { folderFiles } from "../nodeFiles.ts";
import * as shards from "../nodeShards.ts";

export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
}

/** Where things are; a test names its own. */
export interface DataPlaces {
  readonly home?: string; // of added datasets
  readonly catalogFile?: string;
  readonly http?: HttpOptions;
}

const USAGE = "lab data list | add <set> [--from DIR] | verify [set]";

/** Input that cannot be right: exit code 2. Any other error is a failure: 1. */
class BadInput extends Error {}

/** @returns 0 done, 1 failed or a dataset is damaged, 2 bad input; every error is one line */
export async function dataCommand(
  args: string[],
  io: CommandIo,
  places: DataPlaces = {},
): Promise<0 | 1 | 2> {
  try {
    const { verb, id, from } = readArguments(args);
    const home = places.home ?? shards.labHome();
    const catalogFile = places.catalogFile ?? path.join(shards.EMBEDDED_DATASETS, "catalog.json");
    const catalog = parseCatalog(JSON.parse(await readFile(catalogFile, "utf8")), catalogFile);
    if (verb === "list") await listSets(catalog, home, io);
    else if (verb === "add") await addSet(findEntry(catalog, id), home, from, places.http, io);
    else return await verifySets(catalog, id, home, io);
    return 0;
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error));
    return error instanceof BadInput ? 2 : 1;
  }
}

function readArguments(args: string[]): { verb: "list" | "add" | "verify"; id?: string; from?: string } {
  let parsed;
  try {
    parsed = parseArgs({ args, options: { from: { type: "string" } }, allowPositionals: true });
  } catch (cause) {
    throw new BadInput(`${cause instanceof Error ? cause.message : "bad arguments"}; usage: ${USAGE}`, {
      cause,
    });
  }
  const [verb, id, ...more] = parsed.positionals;
  const { from } = parsed.values;
  if (verb !== "list" && verb !== "add" && verb !== "verify") {
    throw new BadInput(`lab data: ${verb ? `unknown "${verb}"` : "what to do is missing"}; usage: ${USAGE}`);
  }
  if (more.length > 0 || (verb === "list" && id !== undefined)) {
    throw new BadInput(`lab data ${verb}: too many arguments; usage: ${USAGE}`);
  }
  if (verb === "add" && id === undefined) throw new BadInput(`lab data add: name a set; usage: ${USAGE}`);
  if (verb !== "add" && from !== undefined) {
    throw new BadInput(`lab data ${verb}: --from belongs to add; usage: ${USAGE}`);
  }
  return { verb, ...(id === undefined ? {} : { id }), ...(from === undefined ? {} : { from }) };
}

function findEntry(catalog: readonly CatalogEntry[], id: string | undefined): CatalogEntry {
  const entry = catalog.find((other) => other.id === id);
  if (entry) return entry;
  throw new BadInput(`There is no dataset "${id}"; the catalogue has ${catalog.map((e) => e.id).join(", ")}`);
}

async function listSets(catalog: readonly CatalogEntry[], home: string, io: CommandIo): Promise<void> {
  const there = await shards.listDatasets(home);
  for (const { id, title, licence, purpose, origin } of catalog) {
    const missing = origin === "embedded" ? "not built: run npm start" : `not added: lab data add ${id}`;
    io.out([id.padEnd(16), there.includes(id) ? "ready" : missing, purpose, licence, title].join("\t"));
  }
  for (const id of there) {
    if (!catalog.some((entry) => entry.id === id)) io.out(`${id.padEnd(16)}\tready\tnot in the catalogue`);
  }
}

async function addSet(
  entry: CatalogEntry,
  home: string,
  from: string | undefined,
  http: HttpOptions | undefined,
  io: CommandIo,
): Promise<void> {
  const { id, title, licence, citation, source } = entry;
  const converter = findConverter(id);
  if (!converter) throw new BadInput(`${id} is embedded: npm start builds it, there is nothing to add`);
  if (from === undefined && entry.files.length === 0) {
    throw new BadInput(
      `${id} has no address to download from; give its files: lab data add ${id} --from DIR`,
    );
  }
  const given = from === undefined ? await downloadAll(entry.files, http, io) : await givenFiles(from);
  const files = await unpackFiles(given).catch((cause: unknown) => {
    throw new BadInput(cause instanceof Error ? cause.message : String(cause), { cause });
  });
  const names = files.map(({ name }) => name);
  if (!converter.accepts(names)) {
    const have = new Set(names.map(baseName));
    const missing = converter.fileNames.filter((name) => !have.has(name) && !name.includes("*"));
    const what =
      missing.length > 0 ? `${missing.join(", ")} missing` : `no ${converter.fileNames.join(" or ")} there`;
    throw new BadInput(`${from ?? id}: ${what}; ${id} is made from all of its files`);
  }
  const facts = { id, title, licence, citation, source };
  const report = createReport();
  const target = path.join(home, "datasets", id);
  const sink = await shards.createFolderSink(target);
  let manifest: Manifest;
  try {
    manifest = await writeShards(facts, converter.convert(files, report), sink, undefined, report.notes);
  } catch (error) {
    // A local file that cannot be converted is bad input; a download that breaks off is a failure.
    if (from === undefined) throw error;
    throw new BadInput(`${from}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  reportCounts(manifest, io);
  for (const note of manifest.notes ?? []) io.out(note);
  io.out(`${id}: added to ${target}, sha256 ${manifest.sha256}`);
}

async function givenFiles(from: string): Promise<readonly SourceFile[]> {
  return folderFiles(from).catch((cause: unknown) => {
    throw new BadInput(`--from ${from}: cannot be read as a folder (${shards.codeOf(cause)})`, { cause });
  });
}

/** Each file is refused unless it is the one the catalogue knows. */
async function downloadAll(
  files: readonly CatalogFile[],
  http: HttpOptions | undefined,
  io: CommandIo,
): Promise<readonly SourceFile[]> {
  const downloaded: SourceFile[] = [];
  for (const { name, url, bytes: size, sha256 } of files) {
    const bytes = await fetchBytes(url, size, (n) => n === size, http ?? {});
    const actual = sha256Hex(bytes);
    if (actual !== sha256) throw new Error(`${url}: sha256 is ${actual}, the catalogue states ${sha256}`);
    io.out(`${name}: ${(size / 1e6).toFixed(1)} MB downloaded`);
    downloaded.push(memoryFile(name, bytes));
  }
  return downloaded;
}

function reportCounts(manifest: Manifest, io: CommandIo): void {
  const count = (side: string, lang?: string) =>
    manifest.shards
      .filter((shard) => shard.side === side && (lang === undefined || shard.lang === lang))
      .reduce((sum, shard) => sum + shard.count, 0);
  const row = (name: string, lang?: string) => [name, ...SIDES.map((side) => count(side, lang))].join("\t");
  io.out(["language", ...SIDES].join("\t"));
  for (const lang of manifest.languages) io.out(row(lang, lang));
  io.out(row("all"));
}

async function verifySets(
  catalog: readonly CatalogEntry[],
  id: string | undefined,
  home: string,
  io: CommandIo,
): Promise<0 | 1> {
  const there = await shards.listDatasets(home);
  if (id !== undefined && !there.includes(id)) {
    findEntry(catalog, id); // an unknown id is told as such
    throw new BadInput(`${id} is not added yet; there is ${there.join(", ") || "none"}`);
  }
  let worst: 0 | 1 = 0;
  for (const name of id === undefined ? there : [id]) {
    try {
      const source = await shards.openDataset(name, home);
      const manifest = await source.manifest();
      let records = 0;
      for (const shard of manifest.shards) records += (await readShard(source, shard)).length;
      io.out(
        `${name}: intact, ${manifest.shards.length} shards, ${records} records, sha256 ${manifest.sha256}`,
      );
    } catch (error) {
      worst = 1;
      io.err(error instanceof Error ? error.message : String(error));
    }
  }
  return worst;
}
