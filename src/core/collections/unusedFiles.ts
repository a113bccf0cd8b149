// What is said of given files that nobody reads: their names, or why they cannot be read. Decides no file's role.
import { baseName, type SourceFile } from "../formats/sourceFile.ts";

/** What lies beside data and holds none: nobody misses it. */
const BESIDE =
  /^(readme|licen[cs]e|notice|citation|changelog|dataset_infos?)(\.|$)|\.(md|rst|py|ipynb|sh|ya?ml|cff|bib|pdf|html?|png|jpe?g|gif|svg|lock|sha256|md5)$/i;
const MOST_NAMED = 5;

/** Whether somebody may wonder that a file is not used. */
export const isMissed = ({ name, problem }: SourceFile): boolean =>
  problem !== undefined || !BESIDE.test(baseName(name));

/** "not used: a.txt; b.bz2: is packed with bzip2, … and 2 more"; undefined of no file. */
export function notUsed(files: readonly SourceFile[]): string | undefined {
  if (files.length === 0) return undefined;
  const named = files.slice(0, MOST_NAMED).map(({ name, problem }) => problem ?? name);
  const more = files.length > named.length ? ` and ${files.length - named.length} more` : "";
  return `not used: ${named.join("; ")}${more}`;
}
