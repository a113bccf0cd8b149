// `lab data add`: one dataset from its official addresses, from files of it, or from files of one's own. Reads the options
// and words the answers; choosing, converting and writing are importFiles', as in the page.
import { DataError, SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { USER_FORMATS } from "../../core/collections/userFormats.ts";
import { PAIR_COLUMNS } from "../../core/collections/pairColumns.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { filesFor, offeredLanguages } from "../../core/data/catalogFiles.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES } from "../../core/data/records.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { languageTag } from "../../core/languages/languageTag.ts";
import type { DownloadOptions } from "../../training/download/downloadFile.ts";
import { importFiles } from "../../training/download/importFiles.ts";
import { codeOf } from "../files/codeOf.ts";
import { fetchOriginals } from "../files/fetchOriginals.ts";
import { folderFiles } from "../files/nodeFiles.ts";
import { openFolderStore } from "../nodeShards.ts";
import { createProgressLine } from "../progressLine.ts";
import type { CommandIo } from "./commandIo.ts";

/** The options of `data add`, as given. */
export interface AddOptions {
  readonly from?: string | undefined; // a folder or a file, archives included
  readonly langs?: string | undefined; // "sw,yo": only these
  readonly format?: string | undefined;
  readonly lang?: string | undefined; // of texts that name none
  readonly "passage-lang"?: string | undefined; // of passages that name none
  readonly "leave-out-own"?: boolean | undefined; // a document with a query's id, for that query
  readonly unquote?: boolean | undefined; // TSV is written with quotes
  readonly columns?: string | undefined; // "query=q,positive=p"
  readonly title?: string | undefined;
  readonly licence?: string | undefined;
}

export interface AddPlaces {
  readonly home: string;
  readonly catalog: readonly CatalogEntry[];
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
  const choices = entry ? entryChoices(entry, options) : ownChoices(id, options);
  const given = await givenFiles(id, entry, options, choices.languages, places, io);
  const store = openFolderStore(places.home);
  const before = (await store.list()).includes(id) ? await store.source(id).manifest() : undefined;
  const { from } = options;
  const progress = createProgressLine(process.stderr, places.quiet);
  const [manifest] = await importFiles(given.files, {
    entries: places.catalog,
    choices,
    store,
    signal: new AbortController().signal,
    onProgress: ({ read, bytes, texts }) =>
      progress.show(
        read < bytes
          ? { phase: "read", done: read, total: bytes, unit: "bytes" }
          : { phase: "write", done: texts, total: 0, unit: "texts" },
      ),
  })
    .finally(() => progress.end())
    .catch((cause: unknown) => {
      if (!(cause instanceof DataError)) throw cause;
      // A local file that cannot be converted is bad input; a download that does is a failure.
      const message = `${from ?? id}: ${messageOf(cause)}`;
      throw from === undefined ? new Error(message, { cause }) : new DataError(message, { cause });
    });
  await given.discard();
  reportCounts(manifest!, io);
  for (const note of manifest!.notes ?? []) io.out(note);
  const { sha256 } = manifest!;
  if (!entry && before && before.sha256 !== sha256) {
    io.out(`${id}: takes the place of the set of that name that was here, sha256 ${before.sha256}`);
  }
  io.out(`${id}: added to ${store.place(id)}, sha256 ${sha256}`);
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
      const isThere = codeOf(cause) !== "ENOENT";
      const why = isThere ? `cannot be read as a folder (${codeOf(cause)})` : "there is no such folder";
      throw new SpecError(`--from ${from}: ${why}`, { cause });
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

function entryChoices({ id }: CatalogEntry, { from: _, langs, ...own }: AddOptions): ImportChoices {
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined)
      throw new SpecError(`${id} is in the catalogue, which says that; leave out --${name}`);
  }
  return { only: [id], ...chosenLanguages(langs) };
}

function ownChoices(id: string, options: AddOptions): ImportChoices {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
    throw new SpecError(`"${id}" cannot be a dataset's name; use lower-case letters, digits and "-"`);
  }
  const { format, lang, columns, title = id, licence, unquote } = options;
  const passageLang = options["passage-lang"];
  const ids = USER_FORMATS.map((known) => known.id);
  if (format !== undefined && !ids.includes(format))
    throw new SpecError(`--format ${format}: formats are ${ids.join(", ")}`);
  return {
    id,
    replace: true, // who names an id means that one
    title,
    ...chosenLanguages(options.langs),
    ...(format !== undefined && { format }),
    ...(lang !== undefined && { lang: tagOf(lang, "--lang") }),
    ...(passageLang !== undefined && { passageLang: tagOf(passageLang, "--passage-lang") }),
    ...(options["leave-out-own"] === true && { leaveOutOwn: true }),
    ...(unquote === true && { unquote }),
    ...(columns !== undefined && { columns: parseColumns(columns) }),
    ...(licence !== undefined && { licence }),
  };
}

function chosenLanguages(langs: string | undefined): Pick<ImportChoices, "languages"> {
  return langs === undefined ? {} : { languages: langs.split(",").map((code) => tagOf(code, "--langs")) };
}

function parseColumns(text: string): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const pair of text.split(",")) {
    const [part = "", column = ""] = pair.split("=").map((word) => word.trim());
    if (!(PAIR_COLUMNS as readonly string[]).includes(part) || column === "") {
      throw new SpecError(
        `--columns ${pair}: must be PART=COLUMN, where PART is one of ${PAIR_COLUMNS.join(", ")}`,
      );
    }
    if (part in columns) throw new SpecError(`--columns: ${part} is named twice`);
    columns[part] = column;
  }
  return columns;
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
