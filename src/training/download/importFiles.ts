// Given files to datasets in a store: opened, recognised by their names, converted, written. The one way in for files
// dropped on the page, folders of the command line, and downloads; never fetches.
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { ownDatasetId } from "../../core/collections/ownId.ts";
import { recogniseFormat, USER_FORMATS } from "../../core/collections/userFormats.ts";
import { chosenNote, keepLanguages } from "../../core/converters/keepLanguages.ts";
import { convertersFor, findConverter } from "../../core/collections/registry.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { createReport, type Converter } from "../../core/converters/converter.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { baseName, type SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";
import type { ShardStore } from "../data/shardStore.ts";
import { writeShards, type DatasetFacts } from "../data/writeShards.ts";
import { notRecognised, titleOf } from "./inspectFiles.ts";

export interface ImportOptions {
  readonly entries: readonly CatalogEntry[];
  readonly choices?: ImportChoices;
  readonly store: ShardStore;
  readonly signal: AbortSignal;
  readonly notes?: readonly string[]; // of how the files came, kept before what the conversion notes
  /** Files begun, of how many. */
  readonly onFile: (title: string, begun: number, total: number) => void;
}

/** A set to be made of the files. */
interface Chosen {
  readonly converter: Converter;
  readonly facts: DatasetFacts;
}

/**
 * Every dataset the files are enough for, written one after the other; or, where the catalogue knows none, one of the
 * person's own, named after its folder or file.
 * @param given each named by its path, that of its folder included; archives among them
 * @throws DataError in one sentence; a dataset that was there before is then still there
 */
export async function importFiles(given: readonly SourceFile[], options: ImportOptions): Promise<Manifest[]> {
  const { choices = {}, store, signal, notes = [], onFile } = options;
  const { languages } = choices;
  try {
    const files = await unpackFiles(given);
    const chosen = await chooseSets(files, options);
    const written: Manifest[] = [];
    for (const { converter, facts } of chosen) {
      let begun = 0;
      onFile(facts.title, 0, files.length);
      const counted = files.map((file) => ({
        ...file,
        stream() {
          onFile(facts.title, ++begun, files.length);
          return file.stream();
        },
      }));
      const report = createReport();
      const records = keepLanguages(converter.convert(counted, report), languages);
      const said = () => [...chosenNote(languages), ...notes, ...report.notes()];
      written.push(await writeShards(facts, records, await store.sink(facts.id), signal, said));
    }
    return written;
  } catch (error) {
    throw asDataError(error);
  }
}

async function chooseSets(
  files: readonly SourceFile[],
  { entries, choices = {}, store }: ImportOptions,
): Promise<readonly Chosen[]> {
  const { only, id, languages } = choices;
  const names = files.map(({ name }) => name);
  const converters = only
    ? only.map((one) => enoughFor(one, names, languages))
    : id === undefined
      ? convertersFor(names)
      : [];
  const known = converters.flatMap((converter) => {
    const entry = entries.find((one) => one.id === converter.datasetId);
    return entry ? [{ converter, facts: entryFacts(entry) }] : [];
  });
  if (known.length > 0) return known;
  const own = ownSet(names, entries, choices);
  if (choices.replace !== true && (await store.list()).includes(own.facts.id)) {
    throw new DataError(
      `${own.facts.title}: a set of this name is here already; give another name, or say that it is to be replaced`,
    );
  }
  return [own];
}

/** @throws DataError naming the files that are missing */
function enoughFor(id: string, names: readonly string[], languages: ImportChoices["languages"]): Converter {
  const converter = findConverter(id);
  if (!converter) throw new Error(`${id}: the catalogue lists it, but nothing converts it`);
  const { fileNames } = converter;
  if (converter.accepts(names, languages)) return converter;
  const have = new Set(names.map(baseName));
  const isNeeded = (name: string) =>
    !converter.accepts(
      fileNames.filter((other) => other !== name),
      languages,
    );
  const missing = fileNames.filter((name) => !have.has(name) && !name.includes("*") && isNeeded(name));
  const what = missing.length > 0 ? `${missing.join(", ")} missing` : `no ${fileNames.join(" or ")} there`;
  throw new DataError(
    `${what}; ${id} is made from all of its files${languages ? " in the languages chosen" : ""}`,
  );
}

function entryFacts({ id, title, licence, citation, source }: CatalogEntry): DatasetFacts {
  return { id, title, licence, citation, source };
}

/** @throws DataError where the files are in no known format, or not in the one that was chosen */
function ownSet(
  names: readonly string[],
  entries: readonly CatalogEntry[],
  { format: asked, title: given, licence, lang, columns, id: named }: ImportChoices,
): Chosen {
  const format = asked === undefined ? recogniseFormat(names) : USER_FORMATS.find(({ id }) => id === asked);
  if (!format) throw notRecognised(names);
  const title = given?.trim() || titleOf(names);
  const taken = entries.map((entry) => entry.id);
  const id = named ?? ownDatasetId(title, taken);
  const converter = format.create(id, { ...(lang && { lang }), ...(columns && { columns }) });
  if (!converter.accepts(names)) {
    throw new DataError(`${title}: as ${format.title} it needs ${converter.fileNames.join(", ")}`);
  }
  const source = `given by you (${format.title})`;
  return { converter, facts: { id, title, licence: licence?.trim() || "not stated", citation: "", source } };
}
