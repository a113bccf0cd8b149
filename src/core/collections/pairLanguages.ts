// The languages of pairs that name none: stated by a person, else by the name of a folder or file, else English, with a note.
import { DataError } from "../inputError.ts";
import type { ConversionReport } from "../converters/converter.ts";
import { baseName } from "../formats/sourceFile.ts";
import type { TableRow } from "../formats/tableRow.ts";
import { pairOfName, type NamedLanguages } from "../languages/namedLanguages.ts";
import { sharedName } from "../languages/sameLanguage.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { languageSource } from "./languageSource.ts";

export interface PairLanguages {
  /** @throws DataError for a passage that is not English by its column's name, where nothing says what it is */
  fallback(side: "query" | "passage", row: TableRow, report: ConversionReport): string;
}

/** "x/en-de/train.jsonl" and "x/en-de.tsv" are English to German; undefined where neither file nor folder is named so. */
export function namedPair(path: string): (NamedLanguages & { readonly name: string }) | undefined {
  for (const name of [baseName(path).replace(/\..*$/, ""), path.split("/").at(-2) ?? ""]) {
    const pair = pairOfName(name);
    if (pair) return { name, ...pair };
  }
  return undefined;
}

/** @param path of the table, whose name may state them */
export function pairLanguages(
  path: string,
  { lang, passageLang, columns }: FormatOptions,
  report: ConversionReport,
): PairLanguages {
  const pair = namedPair(path);
  let isTold = false;
  let assumedAt = ""; // the last row that was taken for English: both its sides are one remark
  const [query, passage] = [lang ?? pair?.query, passageLang ?? pair?.passage];
  const one = sharedName(query, passage);
  const tell = () => {
    if (pair && !isTold) report.note(languageSource([pair]));
    if (one && !isTold)
      report.note(`Queries in ${query} and passages in ${passage} are of one language: ${one}`);
    isTold = true;
  };
  return {
    fallback(side, { fields, where }) {
      // sentence-transformers' parallel sentences: the columns say which side is English, whatever the folder's order.
      const isTranslation = "non_english" in fields && columns?.positive === undefined;
      if (isTranslation && side === "query") return "en";
      if (isTranslation && passageLang === undefined && !pair && lang === undefined) {
        throw new DataError(
          `${where}: the language of column non_english is not stated; say it with --passage-lang, or its box in the page`,
        );
      }
      if (one) {
        tell();
        return one;
      }
      const own = side === "query" ? lang : passageLang;
      if (own !== undefined) return own;
      if (pair) {
        tell();
        const isTurned = isTranslation && pair.passage === "en";
        return isTurned ? pair.query : pair[side];
      }
      const stated = lang;
      if (stated === undefined && where !== assumedAt) {
        report.remark("rows that name no language; English is assumed", where);
        assumedAt = where;
      }
      return stated ?? "en";
    },
  };
}
