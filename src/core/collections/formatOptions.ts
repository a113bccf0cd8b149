// What a person may say of their own files beside their format. Reads nothing.
import type { PairPart } from "./pairColumns.ts";

/** All optional: what is left out is taken from the files. */
export interface FormatOptions {
  /** Tag of texts that name no language; of the queries alone where `passageLang` or a folder's name states the passages'. */
  readonly lang?: string;
  readonly passageLang?: string; // tag, of passages that name none
  /** Columns of a table: part -> name in the file; "" = none. */
  readonly columns?: Readonly<Partial<Record<PairPart, string>>>;
  readonly leaveOutOwn?: boolean; // a document with a query's id is no candidate for that query
  readonly unquote?: boolean; // TSV is written with quotes, as pandas writes it
}
