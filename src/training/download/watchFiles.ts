// Which of the given files a conversion opens, to name the others. Reads nothing itself.
import { isMissed, notUsed } from "../../core/collections/unusedFiles.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";

export interface WatchedFiles {
  readonly files: readonly SourceFile[];
  /** "not used: …" of those that were never opened; of a set of the catalogue only of those that could not be. */
  unused(isOwn: boolean): string | undefined;
}

export function watchFiles(files: readonly SourceFile[]): WatchedFiles {
  const begun = new Set<number>();
  return {
    files: files.map((file, i) => ({
      ...file,
      bytes: (start: number, end: number) => {
        begun.add(i);
        return file.bytes(start, end);
      },
      stream: () => {
        begun.add(i);
        return file.stream();
      },
    })),
    unused(isOwn) {
      const left = files.filter((_, i) => !begun.has(i));
      return notUsed(left.filter(isOwn ? isMissed : ({ problem }) => problem !== undefined));
    },
  };
}
