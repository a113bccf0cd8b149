// `lab data add`: one dataset from its official addresses, from files of it, or from files of one's own. Fetching and
// converting are done elsewhere; this decides which, and words the answers.
import { DataError, SpecError } from "../../core/inputError.ts";
import { machineErrorOf } from "../../core/machineError.ts";
import { messageOf } from "../../core/messageOf.ts";
import path from "node:path";
import { recogniseFormat, USER_FORMATS } from "../../core/collections/userFormats.ts";
import { PAIR_COLUMNS } from "../../core/collections/trainingPairs.ts";
import { chosenNote, keepLanguages } from "../../core/converters/keepLanguages.ts";
import { findConverter } from "../../core/collections/registry.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { filesFor, offeredLanguages } from "../../core/data/catalogFiles.ts";
import { createReport, type Converter } from "../../core/converters/converter.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES } from "../../core/data/records.ts";
import { baseName, type SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";
import { languageTag } from "../../core/languages/languageTag.ts";
import { writeShards, type DatasetFacts } from "../../training/data/writeShards.ts";
import type { DownloadOptions } from "../../training/download/downloadFile.ts";
import { codeOf } from "../files/codeOf.ts";
import { fetchOriginals } from "../files/fetchOriginals.ts";
import { folderFiles } from "../files/nodeFiles.ts";
import { createFolderSink } from "../nodeShards.ts";
import type { CommandIo } from "./commandIo.ts";

/** The options of `data add`, as given. */
export interface AddOptions {
  readonly from?: string | undefined; // a folder or a file, archives included
  readonly langs?: string | undefined; // "sw,yo": only these
  readonly format?: string | undefined;
  readonly lang?: string | undefined; // of files that name none
  readonly columns?: string | undefined; // "query=q,positive=p"
  readonly title?: string | undefined;
  readonly licence?: string | undefined;
}

export interface AddPlaces {
  readonly home: string;
  readonly download: DownloadOptions;
  readonly quiet: boolean; // no lines about downloads under way
}

/**
 * @param entry the catalogue's, or undefined for a set of one's own called `id`
 * @throws SpecError, DataError when files or options cannot be right; Error when a download fails
 */
export async function addData(
  id: string,
  entry: CatalogEntry | undefined,
  options: AddOptions,
  places: AddPlaces,
  io: CommandIo,
): Promise<void> {
  if (entry?.origin === "embedded") {
    throw new DataError(`${id} is embedded: npm start builds it, there is nothing to add`);
  }
  const languages = options.langs?.split(",").map((code) => tagOf(code, "--langs"));
  const given = await givenFiles(id, entry, options, languages, places, io);
  const files = await unpackFiles(given.files).catch((cause: unknown) => {
    throw machineErrorOf(cause) ?? new DataError(`${options.from ?? id}: ${messageOf(cause)}`, { cause });
  });
  const { converter, facts } = entry
    ? { converter: catalogueConverter(entry, files, languages, options), facts: entryFacts(entry) }
    : ownSet(id, files, options);
  const target = path.join(places.home, "datasets", id);
  const report = createReport();
  const records = keepLanguages(converter.convert(files, report), languages);
  let manifest: Manifest;
  try {
    manifest = await writeShards(facts, records, await createFolderSink(target), undefined, () => [
      ...chosenNote(languages),
      ...report.notes(),
    ]);
  } catch (error) {
    // A local file that cannot be converted is bad input; a download that does is a failure.
    if (options.from === undefined) throw error;
    throw machineErrorOf(error) ?? new DataError(`${options.from}: ${messageOf(error)}`, { cause: error });
  }
  await given.discard();
  reportCounts(manifest, io);
  for (const note of manifest.notes ?? []) io.out(note);
  io.out(`${id}: added to ${target}, sha256 ${manifest.sha256}`);
}

async function givenFiles(
  id: string,
  entry: CatalogEntry | undefined,
  { from }: AddOptions,
  languages: readonly string[] | undefined,
  places: AddPlaces,
  io: CommandIo,
): Promise<{ files: readonly SourceFile[]; discard: () => Promise<void> }> {
  if (from !== undefined) {
    const files = await folderFiles(from).catch((cause: unknown) => {
      throw new SpecError(`--from ${from}: cannot be read as a folder (${codeOf(cause)})`, { cause });
    });
    return { files, discard: () => Promise.resolve() };
  }
  if (!entry || entry.files.length === 0) {
    const how = entry?.obtain ? ` ${entry.obtain}` : "";
    throw new DataError(`${id} has no address to download from.${how} Then: lab data add ${id} --from DIR`);
  }
  if (entry.byLanguage && !languages) {
    const offered = offeredLanguages(entry).join(",");
    throw new SpecError(`${id} is downloaded by language: --langs with some of ${offered}`);
  }
  const files = filesFor(entry, languages);
  io.out(`${entry.title}: licence ${entry.licence}${entry.licenceDoubt ? ` (${entry.licenceDoubt})` : ""}`);
  return fetchOriginals(places.home, id, files, places.download, (line) => {
    if (!places.quiet) io.out(line);
  });
}

function catalogueConverter(
  entry: CatalogEntry,
  files: readonly SourceFile[],
  languages: readonly string[] | undefined,
  { from, format }: AddOptions,
): Converter {
  const { id } = entry;
  if (format !== undefined)
    throw new SpecError(`${id} is in the catalogue and has its own format; leave out --format`);
  const converter = findConverter(id);
  if (!converter) throw new Error(`${id}: the catalogue lists it, but nothing converts it`);
  const names = files.map(({ name }) => name);
  if (converter.accepts(names, languages)) return converter;
  const have = new Set(names.map(baseName));
  const isNeeded = (name: string) =>
    !converter.accepts(
      converter.fileNames.filter((other) => other !== name),
      languages,
    );
  const missing = converter.fileNames.filter(
    (name) => !have.has(name) && !name.includes("*") && isNeeded(name),
  );
  const what =
    missing.length > 0 ? `${missing.join(", ")} missing` : `no ${converter.fileNames.join(" or ")} there`;
  throw new DataError(
    `${from ?? id}: ${what}; ${id} is made from all of its files${languages ? " in the languages chosen" : ""}`,
  );
}

function entryFacts({ id, title, licence, citation, source }: CatalogEntry): DatasetFacts {
  return { id, title, licence, citation, source };
}

function ownSet(
  id: string,
  files: readonly SourceFile[],
  options: AddOptions,
): { converter: Converter; facts: DatasetFacts } {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
    throw new SpecError(`"${id}" cannot be a dataset's name; use lower-case letters, digits and "-"`);
  }
  const ids = USER_FORMATS.map((format) => format.id);
  const names = files.map(({ name }) => name);
  const asked = options.format;
  const format =
    asked === undefined ? recogniseFormat(names) : USER_FORMATS.find((known) => known.id === asked);
  if (!format && asked !== undefined) throw new SpecError(`--format ${asked}: formats are ${ids.join(", ")}`);
  if (!format) {
    const wanted = USER_FORMATS.map((known) => `${known.id} (${known.title})`).join("; ");
    throw new DataError(`${options.from}: the files are in no known format; known are ${wanted}`);
  }
  const lang = options.lang === undefined ? undefined : tagOf(options.lang, "--lang");
  const columns = options.columns === undefined ? undefined : parseColumns(options.columns);
  const converter = format.create(id, {
    ...(lang === undefined ? {} : { lang }),
    ...(columns ? { columns } : {}),
  });
  if (!converter.accepts(names)) {
    throw new SpecError(`${options.from}: --format ${format.id} needs ${converter.fileNames.join(", ")}`);
  }
  const facts = {
    id,
    title: options.title ?? id,
    licence: options.licence ?? "not stated",
    citation: "",
    source: `files given by the user (${format.id})`,
  };
  return { converter, facts };
}

function parseColumns(text: string): Record<string, string> {
  const pairs = text.split(",").map((pair): [string, string] => {
    const [part = "", column = ""] = pair.split("=").map((word) => word.trim());
    if (!(PAIR_COLUMNS as readonly string[]).includes(part) || column === "") {
      throw new SpecError(
        `--columns ${pair}: must be PART=COLUMN, where PART is one of ${PAIR_COLUMNS.join(", ")}`,
      );
    }
    return [part, column];
  });
  return Object.fromEntries(pairs);
}

function tagOf(code: string, option: string): string {
  const tag = languageTag(code.trim());
  if (tag === null) throw new SpecError(`${option}: "${code}" is no language code such as "sw"`);
  return tag;
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
