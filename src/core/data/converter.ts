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

/** What a conversion left out or found odd, and why: nothing is dropped in silence. */
export interface ConversionReport {
  /** @param what in the plural, fit for "Left out: 12 …"; @param where the place, of which the first is told */
  leaveOut(what: string, where: string, count?: number): void;
  /** As leaveOut, for things that were kept: "Noted: 12 …". */
  remark(what: string, where: string, count?: number): void;
  /** One sentence per kind of thing, in the order they first occurred. */
  notes(): readonly string[];
}

export function createReport(): ConversionReport {
  const kinds = new Map<string, { verb: string; what: string; count: number; first: string }>();
  const add = (verb: string, what: string, first: string, count: number) => {
    const kind = kinds.get(verb + what);
    if (kind) kind.count += count;
    else kinds.set(verb + what, { verb, what, count, first });
  };
  return {
    leaveOut: (what, where, count = 1) => add("Left out", what, where, count),
    remark: (what, where, count = 1) => add("Noted", what, where, count),
    notes: () =>
      [...kinds.values()].map(
        ({ verb, what, count, first }) => `${verb}: ${count} ${what} (first: ${first})`,
      ),
  };
}
