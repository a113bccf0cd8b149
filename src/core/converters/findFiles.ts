// Picks a converter's files by the last part of their paths. Reads none of them.
import { DataError } from "../inputError.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";

/** A file whose name fits, with the pattern's groups. */
export interface FoundFile {
  readonly file: SourceFile;
  readonly parts: readonly string[]; // the groups of the pattern; "" where one took no part
}

/**
 * Files whose name (without folders) fits the pattern as a whole, sorted by it, so that the order they are given in
 * does not matter.
 * @throws DataError when two fit with equal names
 */
export function findFiles(files: readonly SourceFile[], pattern: RegExp): readonly FoundFile[] {
  const found = findTogether(files, pattern);
  found.forEach(({ file }, i) => {
    const next = found[i + 1]?.file;
    if (next && baseName(next.name) === baseName(file.name)) {
      throw new DataError(`${file.name} and ${next.name} have one name: give one of them`);
    }
  });
  return found;
}

/** As findFiles, for sets that spread one name over several folders; those are sorted by path. */
export function findTogether(files: readonly SourceFile[], pattern: RegExp): readonly FoundFile[] {
  return files
    .flatMap((file) => {
      const match = matchName(file.name, pattern);
      return match ? [{ file, parts: [...match].slice(1).map((part) => part ?? "") }] : [];
    })
    .sort(
      (a, b) => compare(baseName(a.file.name), baseName(b.file.name)) || compare(a.file.name, b.file.name),
    );
}

/** @throws DataError when there is none */
export function findFile(files: readonly SourceFile[], pattern: RegExp, name: string): SourceFile {
  const [found] = findFiles(files, pattern);
  if (!found) throw new DataError(`${name} is missing`);
  return found.file;
}

export function hasFile(names: readonly string[], pattern: RegExp): boolean {
  return names.some((name) => matchName(name, pattern) !== null);
}

function matchName(path: string, pattern: RegExp): RegExpMatchArray | null {
  const match = pattern.exec(baseName(path));
  return match && match[0].length === baseName(path).length ? match : null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0; // by code unit: a locale's order would differ between machines
}
