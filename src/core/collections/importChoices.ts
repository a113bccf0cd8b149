// What the lab finds in files before it converts them, and what a person may say of them. Reads and converts nothing.
import type { NamedLanguages } from "../languages/namedLanguages.ts";
import type { FormatOptions } from "./formatOptions.ts";
import type { PairPart } from "./pairColumns.ts";

/** The first rows of a table among the files, for choosing its columns. */
export interface TableHead {
  readonly name: string; // of its file
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[]; // by column, cut to what a line shows
  readonly suggested: Readonly<Partial<Record<PairPart, string>>>; // part -> column
  readonly others: number; // tables that are read the same way
}

export interface GivenSummary {
  readonly known: readonly string[]; // ids of the catalogue's sets that the files are enough for
  readonly formats: readonly string[]; // ids of the formats for own files that they can be read as, likeliest first
  readonly title: string; // of their folder or first file
  readonly named?: NamedLanguages & { readonly name: string }; // languages that the name of their folder states
  readonly quoted?: boolean; // fields of a TSV among its first rows stand in quotes
  readonly unreadable?: readonly string[]; // files that cannot be read, a sentence each
  readonly table?: TableHead | { readonly problem: string }; // where they can be read as pairs
}

/** All optional: what is left out is taken from the files. */
export interface ImportChoices extends FormatOptions {
  readonly only?: readonly string[]; // sets of the catalogue to make
  readonly languages?: readonly string[]; // tags; texts in other languages are not kept
  readonly format?: string;
  readonly title?: string;
  readonly licence?: string;
  readonly id?: string; // of a set of one's own; left out: from the title. Given, the files are never a catalogue's set
  readonly replace?: boolean; // an own set of that id that is here already
}
