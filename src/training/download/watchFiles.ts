// Which of the given files a conversion opens, for its progress and to name the others. Reads nothing itself.
import { baseName, type SourceFile } from "../../core/formats/sourceFile.ts";

/** What lies beside data and holds none: nobody misses it. */
const BESIDE =
  /^(readme|licen[cs]e|notice|citation|changelog|dataset_infos?)(\.|$)|\.(md|rst|py|ipynb|sh|ya?ml|cff|bib|pdf|html?|png|jpe?g|gif|svg|lock|sha256|md5)$/i;
const MOST_NAMED = 5;

export interface WatchedFiles {
  readonly files: readonly SourceFile[];
  /** A sentence on those that were never opened; of a set of the catalogue only those that could not be. */
  unused(isOwn: boolean): readonly string[];
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
      const left = files.filter(
        ({ name, problem }, i) =>
          !begun.has(i) && (problem !== undefined || (isOwn && !BESIDE.test(baseName(name)))),
      );
      if (left.length === 0) return [];
      const named = left.slice(0, MOST_NAMED).map(({ name, problem }) => problem ?? name);
      const more = left.length > named.length ? ` and ${left.length - named.length} more` : "";
      return [`Noted: not used: ${named.join("; ")}${more}`];
    },
  };
}
