// Records of chosen languages only. Counts nothing: what a person did not ask for is not left out.
import { DataError } from "../inputError.ts";
import type { SidedRecord } from "../data/records.ts";

/** What a manifest says of a choice of languages. */
export function chosenNote(languages: readonly string[] | undefined): readonly string[] {
  return languages ? [`Noted: texts in ${languages.join(", ")} only, as chosen`] : [];
}

/**
 * @param languages undefined: all of them
 * @throws DataError at the end, naming the languages in which there was no record though there were others
 */
export async function* keepLanguages(
  records: AsyncIterable<SidedRecord>,
  languages: readonly string[] | undefined,
): AsyncGenerator<SidedRecord> {
  const there = new Set<string>();
  for await (const sided of records) {
    const { lang } = sided.record;
    there.add(lang);
    if (languages === undefined || languages.includes(lang)) yield sided;
  }
  const missing = languages?.filter((lang) => !there.has(lang)) ?? [];
  if (missing.length > 0 && there.size > 0)
    throw new DataError(
      `no text is in ${missing.join(" or ")}; the files are in ${[...there].sort().join(", ")}`,
    );
}
