// What turns the files a benchmark is published as into records. Never fetches, hashes or writes.
import type { SourceFile } from "../formats/sourceFile.ts";
import type { SidedRecord } from "./records.ts";

/** One catalogue entry's way in; the page's drop, the command line and the download all use it. */
export interface Converter {
  readonly datasetId: string;
  /** The files it needs, for errors and for help: names or patterns such as "tatoeba.*-eng.*". */
  readonly fileNames: readonly string[];
  /** True when the files (paths as unpackFiles gives them, in any order, others may be among them) are enough. */
  accepts(names: readonly string[]): boolean;
  /**
   * Records in a fixed order, whatever the order of `files`; files it does not know are left unread.
   * @param files without archives: as unpackFiles gives them
   * @param report is told of everything that is left out
   * @throws DataError naming file, place and what is wrong
   */
  convert(files: readonly SourceFile[], report: ConversionReport): AsyncGenerator<SidedRecord>;
}

/** What a conversion left out, and why: nothing is dropped in silence. */
export interface ConversionReport {
  /** @param what in the plural, fit for "Left out: 12 …"; @param where the place, of which the first is told */
  leaveOut(what: string, where: string, count?: number): void;
  /** One sentence per kind of thing, in the order they first occurred. */
  notes(): readonly string[];
}

export function createReport(): ConversionReport {
  const kinds = new Map<string, { count: number; first: string }>();
  return {
    leaveOut(what, where, count = 1) {
      const kind = kinds.get(what);
      if (kind) kind.count += count;
      else kinds.set(what, { count, first: where });
    },
    notes: () => [...kinds].map(([what, { count, first }]) => `Left out: ${count} ${what} (first: ${first})`),
  };
}
