// Given files to datasets in a store: opened, recognised by their names, converted, written. The one way in for files
// dropped on the page, folders of the command line, and downloads; never fetches.
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { chosenNote, keepLanguages } from "../../core/converters/keepLanguages.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { createReport } from "../../core/converters/converter.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES, type Side, type SidedRecord } from "../../core/data/records.ts";
import { tapped, type SourceFile } from "../../core/formats/sourceFile.ts";
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
  readonly onProgress: (progress: Converting) => void;
}

/** How far a conversion is: bytes read of those given, packed where they are packed, and texts written. */
export interface Converting {
  readonly title: string;
  readonly read: number;
  readonly bytes: number;
  readonly texts: number;
}

/** Texts that pass unread, such as those held until a file's end, are told in portions of so many. */
const TOLD_TEXTS = 2 ** 12;

/**
 * Every dataset the files are enough for, written one after the other; or, where the catalogue knows none, one of the
 * person's own, named after its folder or file.
 * @param given each named by its path, that of its folder included; archives among them
 * @throws DataError in one sentence; a dataset that was there before is then still there
 */
export async function importFiles(given: readonly SourceFile[], options: ImportOptions): Promise<Manifest[]> {
  const { entries, choices = {}, store, signal, notes = [], onProgress } = options;
  const { languages } = choices;
  try {
    let read = 0;
    let tell = () => {};
    const counted = given.map((file) =>
      tapped(readInTurns(file, signal), (bytes) => {
        read += bytes;
        tell();
      }),
    );
    // In turns here too: few packed bytes may hold many rows, and rows that say the same give no record.
    const files = (await unpackFiles(counted)).map((file) => readInTurns(file, signal));
    const chosen = await chooseSets(files, choices, entries, await store.list());
    const bytes = chosen.length * given.reduce((sum, { size }) => sum + size, 0); // each set reads them
    const written: Manifest[] = [];
    for (const { converter, facts, isOwn } of chosen) {
      let texts = 0;
      tell = () => onProgress({ title: facts.title, read: Math.min(read, bytes), bytes, texts });
      tell();
      const watched = watchFiles(files);
      const report = createReport();
      const records = told(keepLanguages(converter.convert(watched.files, report), languages), (n) => {
        texts = n;
        tell();
      });
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

/** The same records; `onTexts` hears now and then how many there were. */
async function* told(
  records: AsyncIterable<SidedRecord>,
  onTexts: (texts: number) => void,
): AsyncGenerator<SidedRecord> {
  let texts = 0;
  for await (const record of records) {
    if (++texts % TOLD_TEXTS === 0) onTexts(texts);
    yield record;
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
