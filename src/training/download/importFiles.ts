// Given files to datasets in a store: opened, recognised by their names, converted, written. The one way in for files
// dropped on the page, folders of the command line, and downloads; never fetches.
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { chosenNote, keepLanguages } from "../../core/converters/keepLanguages.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { createReport } from "../../core/converters/converter.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES, type Side, type SidedRecord } from "../../core/data/records.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";
import type { ShardStore } from "../data/shardStore.ts";
import { readInTurns } from "../data/turns.ts";
import { writeShards } from "../data/writeShards.ts";
import { chooseSets } from "./chooseSets.ts";
import { watchFiles } from "./watchFiles.ts";

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
 * @param given each named by its path, that of its folder included; archives among them
 * @throws DataError in one sentence; a dataset that was there before is then still there
 */
export async function importFiles(given: readonly SourceFile[], options: ImportOptions): Promise<Manifest[]> {
  const { entries, choices = {}, store, signal, notes = [], onFile } = options;
  const { languages } = choices;
  try {
    const files = await unpackFiles(given.map((file) => readInTurns(file, signal)));
    const chosen = await chooseSets(files, choices, entries, await store.list());
    const written: Manifest[] = [];
    for (const { converter, facts, isOwn } of chosen) {
      const watched = watchFiles(files, (begun) => onFile(facts.title, begun, files.length));
      const report = createReport();
      const records = keepLanguages(converter.convert(watched.files, report), languages);
      const unused = () => watched.unused(isOwn);
      const said = () => [
        ...chosenNote(languages),
        ...notes,
        ...report.notes(),
        ...(unused() === undefined ? [] : [`Noted: ${unused()}`]),
      ];
      const sink = await store.sink(facts.id);
      written.push(
        await writeShards(facts, notEmpty(records, facts.title, said, unused), sink, signal, said),
      );
    }
    return written;
  } catch (error) {
    throw asDataError(error);
  }
}

/** @throws DataError at the end, where a side has no record: nobody could train or search there */
async function* notEmpty(
  records: AsyncIterable<SidedRecord>,
  title: string,
  notes: () => readonly string[],
  unused: () => string | undefined,
): AsyncGenerator<SidedRecord> {
  const left = new Set<Side>(SIDES);
  for await (const record of records) {
    left.delete(record.side);
    yield record;
  }
  if (left.size === 0) return;
  const why = notes().find((note) => note.startsWith("Left out")) ?? "";
  const beside = unused();
  throw new DataError(
    `${title}: no ${[...left].join(" and no ")} in the files${beside ? `; ${beside}` : ""}${why && `. ${why}`}`,
  );
}
