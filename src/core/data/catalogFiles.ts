// Which official files of a catalogue entry a choice of languages needs. Fetches none.
import { DataError } from "../inputError.ts";
import type { CatalogEntry, CatalogFile } from "./catalog.ts";

/** The languages that can be chosen before a download; none where the set comes whole only. */
export function offeredLanguages({ languages, files }: Pick<CatalogEntry, "languages" | "files">) {
  return files.some(({ langs }) => langs !== undefined) ? languages : [];
}

/**
 * The files for the chosen languages: those of these languages, and those that all languages need.
 * @param languages undefined: all
 * @throws DataError naming a language that the set lacks
 */
export function filesFor(
  { id, languages: all, files }: Pick<CatalogEntry, "id" | "languages" | "files">,
  languages: readonly string[] | undefined,
): readonly CatalogFile[] {
  const missing = languages?.find((lang) => !all.includes(lang));
  if (missing !== undefined)
    throw new DataError(`${id} has no files in "${missing}"; it has ${all.join(", ")}`);
  return files.filter(({ langs }) => !langs || !languages || langs.some((lang) => languages.includes(lang)));
}
