// Given files to datasets in a store: recognised by their names, converted, written. The way in for files dropped on the
// page and for downloads; never fetches.
import { datasetIdOf, type ImportChoices } from "../../core/collections/importChoices.ts";
import { recogniseFormat, USER_FORMATS } from "../../core/collections/userFormats.ts";
import { chosenNote, keepLanguages } from "../../core/converters/keepLanguages.ts";
import { convertersFor, findConverter } from "../../core/collections/registry.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { createReport, type Converter } from "../../core/converters/converter.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
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

/**
 * Every dataset the files are enough for, written one after the other; or, where the catalogue knows none, one of the
 * person's own, named after its folder or file.
 * @param files without archives: as unpackFiles gives them
 * @throws DataError in one sentence; a dataset that was there before is then still there
 */
export async function importFiles(files: readonly SourceFile[], options: ImportOptions): Promise<Manifest[]> {
  const { entries, choices = {}, store, signal, notes = [], onFile } = options;
  const { only, languages } = choices;
  const names = files.map(({ name }) => name);
  const fitting = only
    ? only.flatMap((id) => findConverter(id) ?? []).filter((one) => one.accepts(names, languages))
    : convertersFor(names);
  const known = fitting.flatMap((converter) => {
    const entry = entries.find(({ id }) => id === converter.datasetId);
    return entry ? [{ converter, facts: entryFacts(entry) }] : [];
  });
  const chosen = known.length > 0 ? known : only === undefined ? [ownSet(names, entries, choices)] : [];
  if (chosen.length === 0) {
    const [id = ""] = only ?? [];
    const wanted = findConverter(id)?.fileNames.join(", ") ?? "files of its own";
    throw new DataError(`${id}: the files are not enough; it is made from ${wanted}`);
  }
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
    try {
      const report = createReport();
      const records = keepLanguages(converter.convert(counted, report), languages);
      written.push(
        await writeShards(facts, records, await store.sink(facts.id), signal, () => [
          ...chosenNote(languages),
          ...notes,
          ...report.notes(),
        ]),
      );
    } catch (error) {
      throw asDataError(error);
    }
  }
  return written;
}

function entryFacts({ id, title, licence, citation, source }: CatalogEntry): DatasetFacts {
  return { id, title, licence, citation, source };
}

/** @throws DataError where the files are in no known format, or not in the one that was chosen */
function ownSet(
  names: readonly string[],
  entries: readonly CatalogEntry[],
  { format: asked, title: given, licence, lang, columns }: ImportChoices,
): { converter: Converter; facts: DatasetFacts } {
  const format = asked === undefined ? recogniseFormat(names) : USER_FORMATS.find(({ id }) => id === asked);
  if (!format) throw notRecognised(names);
  const title = given?.trim() || titleOf(names);
  const slug = datasetIdOf(title);
  const isTaken = slug === "" || entries.some(({ id }) => id === slug);
  const id = isTaken ? `own-${slug || "data"}` : slug;
  const converter = format.create(id, { ...(lang && { lang }), ...(columns && { columns }) });
  if (!converter.accepts(names)) {
    throw new DataError(`${title}: as ${format.title} it needs ${converter.fileNames.join(", ")}`);
  }
  const source = `given by you (${format.title})`;
  return { converter, facts: { id, title, licence: licence?.trim() || "not stated", citation: "", source } };
}
