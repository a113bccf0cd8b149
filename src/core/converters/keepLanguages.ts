// Records of chosen languages only. Counts nothing: what a person did not ask for is not left out.
import { DataError } from "../inputError.ts";
import type { SidedRecord } from "../data/records.ts";

/** What a manifest says of a choice of languages. */
export function chosenNote(languages: readonly string[] | undefined): readonly string[] {
  return languages ? [`Noted: texts in ${languages.join(", ")} only, as chosen`] : [];
}

/**
 * @param languages undefined: all of them
 * @throws DataError at the end, where there were records and none was in these languages
 */
export async function* keepLanguages(
  records: AsyncIterable<SidedRecord>,
  languages: readonly string[] | undefined,
): AsyncGenerator<SidedRecord> {
  const others = new Set<string>();
  let kept = 0;
  for await (const sided of records) {
    const { lang } = sided.record;
    if (languages === undefined || languages.includes(lang)) {
      kept++;
      yield sided;
    } else others.add(lang);
  }
  if (kept === 0 && others.size > 0) {
    const there = [...others].sort().join(", ");
    throw new DataError(`no text is in ${languages!.join(" or ")}; the files are in ${there}`);
  }
}
