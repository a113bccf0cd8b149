// Records of chosen languages only. Counts nothing: what a person did not ask for is not left out.
import type { SidedRecord } from "../data/records.ts";

/** @param languages undefined: all of them */
export async function* keepLanguages(
  records: AsyncIterable<SidedRecord>,
  languages: readonly string[] | undefined,
): AsyncGenerator<SidedRecord> {
  for await (const sided of records) {
    if (languages === undefined || languages.includes(sided.record.lang)) yield sided;
  }
}
