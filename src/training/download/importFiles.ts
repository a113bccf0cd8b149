// Given files to datasets in a store: recognised by their names, converted, written. The way in for files dropped on the
// page and for downloads; never fetches.
import { recogniseFormat, USER_FORMATS } from "../../core/collections/userFormats.ts";
import { convertersFor, findConverter } from "../../core/converters/registry.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { createReport, type Converter } from "../../core/data/converter.ts";
import { asDataError, DataError } from "../../core/data/dataError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import type { ShardStore } from "../data/shardStore.ts";
import { writeShards, type DatasetFacts } from "../data/writeShards.ts";

export interface ImportOptions {
  readonly entries: readonly CatalogEntry[];
  readonly only?: string; // a catalogue id: these files are that set's
  readonly store: ShardStore;
  readonly signal: AbortSignal;
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
  const { entries, only, store, signal, onFile } = options;
  const names = files.map(({ name }) => name);
  const known = convertersFor(names).flatMap((converter) => {
    const entry = entries.find(({ id }) => id === converter.datasetId);
    return entry && (only === undefined || only === entry.id)
      ? [{ converter, facts: entryFacts(entry) }]
      : [];
  });
  const chosen = known.length > 0 ? known : only === undefined ? [ownSet(names, entries)] : [];
  if (chosen.length === 0) {
    const wanted = findConverter(only!)?.fileNames.join(", ") ?? "files of its own";
    throw new DataError(`${only}: the files are not enough; it is made from ${wanted}`);
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
      const records = converter.convert(counted, report);
      written.push(await writeShards(facts, records, await store.sink(facts.id), signal, report.notes));
    } catch (error) {
      throw asDataError(error);
    }
  }
  return written;
}

function entryFacts({ id, title, licence, citation, source }: CatalogEntry): DatasetFacts {
  return { id, title, licence, citation, source };
}

function ownSet(
  names: readonly string[],
  entries: readonly CatalogEntry[],
): { converter: Converter; facts: DatasetFacts } {
  const format = recogniseFormat(names);
  if (!format) {
    const formats = USER_FORMATS.map(({ title }) => title).join("; ");
    throw new DataError(
      `These ${names.length} files are no complete dataset: they are neither all files of one in the catalogue nor ${formats}`,
    );
  }
  const title = titleOf(names);
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const isTaken = slug === "" || entries.some(({ id }) => id === slug);
  const id = isTaken ? `own-${slug || "data"}` : slug;
  const facts = { id, title, licence: "not stated", citation: "", source: `given by you (${format.title})` };
  return { converter: format.create(id, {}), facts };
}

/** The folder or archive all files are in, else the first file, without what tells its kind. */
function titleOf(names: readonly string[]): string {
  const tops = new Set(names.map((name) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : "")));
  const top = tops.size === 1 ? [...tops][0]! : "";
  return (top === "" ? (names[0] ?? "data") : top).replace(
    /(\.(zip|tar|tgz|gz|jsonl?|tsv|csv|parquet))+$/i,
    "",
  );
}
