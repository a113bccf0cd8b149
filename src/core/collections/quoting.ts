// What is said of TSV files whose fields stand in quotes, as pandas writes them. Reads no file.
import type { ConversionReport } from "../converters/converter.ts";
import type { TableOptions } from "../formats/readTable.ts";

/** @param unquote whether a person has said that the quotes are no part of the texts */
export function quoting(unquote: boolean | undefined, report: ConversionReport): TableOptions {
  const what =
    "TSV rows with a field in quotes, which stay in the text (to strip them: --unquote, or its box in the page)";
  return unquote ? { unquote } : { onQuoted: (where) => report.remark(what, where) };
}
