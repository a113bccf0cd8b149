// What a converter makes of invented files, as a test reads it.
import { expect } from "vitest";
import { createReport, type Converter } from "../core/converters/converter.ts";
import type { PassageRecord, QueryRecord } from "../core/data/records.ts";
import { memoryFile, type SourceFile } from "../core/formats/sourceFile.ts";

export interface Converted {
  readonly queries: readonly QueryRecord[];
  readonly passages: readonly PassageRecord[];
  readonly notes: readonly string[];
}

export async function converted(converter: Converter, files: readonly SourceFile[]): Promise<Converted> {
  const report = createReport();
  const queries: QueryRecord[] = [];
  const passages: PassageRecord[] = [];
  for await (const sided of converter.convert(files, report)) {
    if (sided.side === "queries") queries.push(sided.record);
    else passages.push(sided.record);
  }
  return { queries, passages, notes: report.notes() };
}

/** As `converted`, of files that are enough for the converter. */
export function convertedWhole(converter: Converter, files: readonly SourceFile[]): Promise<Converted> {
  expect(converter.accepts(files.map(({ name }) => name))).toBe(true);
  return converted(converter, files);
}

export const jsonl = (name: string, ...rows: unknown[]): SourceFile =>
  memoryFile(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

export const tsv = (name: string, ...lines: string[]): SourceFile =>
  memoryFile(name, lines.map((line) => `${line}\n`).join(""));

/** "id split text > concept" and "id text < concept:grade". */
export const gradedLines = ({ queries, passages }: Converted): string[] => [
  ...queries.map(({ _id, split, text, concept }) => `${_id} ${split} ${text} > ${concept}`),
  ...passages.map(({ _id, text, concepts, grades }) => {
    const graded = concepts.map((concept, i) => `${concept}:${grades?.[i] ?? 1}`);
    return `${_id} ${text} < ${graded.join(" ")}`.trim();
  }),
];
