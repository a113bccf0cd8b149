// What turns the files a benchmark is published as into records. Never fetches, hashes or writes.
import type { SidedRecord } from "./records.ts";

/** One original file, wherever it lives: dropped on the page, in a folder, or downloaded. */
export interface SourceFile {
  readonly name: string; // without folders, e.g. "de.json"
  text(): Promise<string>;
}

/** One catalogue entry's way in; the page's drop, the command line and the download all use it. */
export interface Converter {
  readonly datasetId: string;
  readonly languages: readonly string[];
  /** Names of the original files it needs, for errors and for help. */
  readonly fileNames: readonly string[];
  /** True when the names (without folders, in any order, others may be among them) are a complete set. */
  accepts(names: readonly string[]): boolean;
  /**
   * Records in a fixed order, whatever the order of `files`; files it does not know are left unread.
   * @throws Error naming file, place and what is wrong
   */
  convert(files: readonly SourceFile[]): AsyncGenerator<SidedRecord>;
}
