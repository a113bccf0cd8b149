// Which of the given files a conversion opens, for its progress and to name the others. Reads nothing itself.
import { isMissed, notUsed } from "../../core/collections/unusedFiles.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";

export interface WatchedFiles {
  readonly files: readonly SourceFile[];
  /** "not used: …" of those that were never opened; of a set of the catalogue only of those that could not be. */
  unused(isOwn: boolean): string | undefined;
}

/** @param onBegun told how many were opened so far, first of none */
export function watchFiles(files: readonly SourceFile[], onBegun: (begun: number) => void): WatchedFiles {
  const begun = new Set<number>();
  onBegun(0);
  const begin = (i: number) => {
    if (begun.has(i)) return;
    begun.add(i);
    onBegun(begun.size);
  };
  return {
    files: files.map((file, i) => ({
      ...file,
      bytes: (start: number, end: number) => {
        begin(i);
        return file.bytes(start, end);
      },
      stream: () => {
        begin(i);
        return file.stream();
      },
    })),
    unused(isOwn) {
      const left = files.filter((_, i) => !begun.has(i));
      return notUsed(left.filter(isOwn ? isMissed : ({ problem }) => problem !== undefined));
    },
  };
}
