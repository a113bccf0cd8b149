// `lab data list | add | verify`: which datasets there are, how one is added, whether they are intact.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { DataError, SpecError } from "../../core/inputError.ts";
import { USER_FORMATS } from "../../core/collections/userFormats.ts";
import { parseCatalog, type CatalogEntry } from "../../core/data/catalog.ts";
import { readShard } from "../../training/data/readShard.ts";
import type { DownloadOptions } from "../../training/download/downloadFile.ts";
import * as shards from "../nodeShards.ts";
import { addData, type AddOptions } from "./addData.ts";
import { firstLine, QUIET, type CommandIo } from "./commandIo.ts";

export type { CommandIo } from "./commandIo.ts";

/** Where things are; a test names its own. */
export interface DataPlaces {
  readonly home?: string; // of added datasets
  readonly catalogFile?: string;
  readonly download?: DownloadOptions;
}

const USAGE =
  "lab data list | verify [set] | add <set> [--from DIR|FILE] [--langs a,b] and, for files of your own, " +
  `[--format ${USER_FORMATS.map(({ id }) => id).join("|")}] [--lang xx] [--passage-lang xx] ` +
  "[--columns query=COLUMN,positive=COLUMN] [--leave-out-own] [--unquote] [--title TEXT] [--licence TEXT]";

/**
 * @returns 0 done, 1 a dataset is damaged
 * @throws SpecError, DataError: bad input; any other error is a failure
 */
export async function dataCommand(args: string[], io: CommandIo, places: DataPlaces = {}): Promise<0 | 1> {
  const { verb, id, options, quiet } = readArguments(args);
  const home = places.home ?? shards.labHome();
  const catalogFile = places.catalogFile ?? path.join(shards.EMBEDDED_DATASETS, "catalog.json");
  const catalog = parseCatalog(JSON.parse(await readFile(catalogFile, "utf8")), catalogFile);
  if (verb === "verify") return verifySets(catalog, id, home, io);
  if (verb === "list") await listSets(catalog, home, io);
  else {
    const entry = catalog.find((known) => known.id === id && known.origin !== "format");
    if (!entry && options.from === undefined) findEntry(catalog, id); // told as unknown; files would make it one's own
    const download = places.download ?? {};
    await addData(id!, entry, options, { home, catalog, download, quiet }, io); // readArguments asks for an id
  }
  return 0;
}

const TEXT = { type: "string" } as const;
const SWITCH = { type: "boolean" } as const;
const ADD_OPTIONS = {
  from: TEXT,
  langs: TEXT,
  format: TEXT,
  lang: TEXT,
  "passage-lang": TEXT,
  columns: TEXT,
  title: TEXT,
  licence: TEXT,
  "leave-out-own": SWITCH,
  unquote: SWITCH,
} as const;
export const DATA_OPTIONS = { ...ADD_OPTIONS, ...QUIET } as const;

function readArguments(args: string[]): {
  verb: "list" | "add" | "verify";
  id?: string;
  options: AddOptions;
  quiet: boolean;
} {
  let parsed;
  try {
    parsed = parseArgs({ args, options: DATA_OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new SpecError(`${cause instanceof Error ? cause.message : "bad arguments"}; usage: ${USAGE}`, {
      cause,
    });
  }
  const [verb, id, ...more] = parsed.positionals;
  const { quiet = false, ...options }: AddOptions & { quiet?: boolean } = parsed.values;
  if (verb !== "list" && verb !== "add" && verb !== "verify") {
    throw new SpecError(`lab data: ${verb ? `unknown "${verb}"` : "what to do is missing"}; usage: ${USAGE}`);
  }
  if (more.length > 0 || (verb === "list" && id !== undefined)) {
    throw new SpecError(`lab data ${verb}: too many arguments; usage: ${USAGE}`);
  }
  if (verb === "add" && id === undefined) throw new SpecError(`lab data add: name a set; usage: ${USAGE}`);
  const misplaced = Object.keys(options)[0];
  if (verb !== "add" && misplaced)
    throw new SpecError(`lab data ${verb}: --${misplaced} belongs to add; usage: ${USAGE}`);
  return { verb, ...(id === undefined ? {} : { id }), options, quiet };
}

function findEntry(catalog: readonly CatalogEntry[], id: string | undefined): CatalogEntry {
  const entry = catalog.find((other) => other.id === id);
  if (entry) return entry;
  const from = id !== undefined && /[/\\.]/.test(id) ? id : "DIR"; // a file's or a folder's name, more likely than a set's
  throw new DataError(
    `There is no dataset "${id}"; the catalogue has ${catalog.map((e) => e.id).join(", ")}; files of your own: npm run lab -- data add NAME --from ${from}`,
  );
}

async function listSets(catalog: readonly CatalogEntry[], home: string, io: CommandIo): Promise<void> {
  const there = await shards.listDatasets(home);
  for (const { id, title, licence, purpose, origin } of catalog) {
    if (origin === "format") {
      io.out([id.padEnd(16), "any id: lab data add ID --from DIR", purpose, licence, title].join("\t"));
      continue;
    }
    const missing = origin === "embedded" ? "not built: run npm start" : `not added: lab data add ${id}`;
    io.out([id.padEnd(16), there.includes(id) ? "ready" : missing, purpose, licence, title].join("\t"));
  }
  for (const id of there) {
    if (!catalog.some((entry) => entry.id === id)) io.out(`${id.padEnd(16)}\tready\tnot in the catalogue`);
  }
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
    throw new DataError(`${id} is not added yet; there is ${there.join(", ") || "none"}`);
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
      io.err(firstLine(error));
    }
  }
  return worst;
}
