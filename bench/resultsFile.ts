// bench/results.json: what it holds and how a run of some cases is merged into it. Measures nothing.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { CaseResult } from "./case.ts";

export interface Environment {
  readonly node: string;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly platform: string;
}

/** A row and how it came about: rows of one file may be of different days and machines. */
export interface StoredRow extends CaseResult {
  readonly case: string;
  readonly date: string; // ISO, day only
  readonly environment: Environment;
  readonly load: number; // processes running or waiting in the minute before: above the cores, wall times are too long
  readonly adapter?: string; // of GPU cases
}

export interface Results {
  readonly environment: Environment; // of the latest run
  readonly cases: readonly StoredRow[];
}

export function describeMachine(): Environment {
  return {
    node: process.version,
    cpu: `${availableParallelism()} x ${cpus()[0]?.model ?? "unknown"}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
  };
}

export const loadNow = (): number => Number(loadavg()[0]!.toFixed(1));

/** The rows of `name` replaced by `rows`, all others kept; in the order of `caseNames`. */
export function mergeRows(
  kept: readonly StoredRow[],
  name: string,
  rows: readonly StoredRow[],
  caseNames: readonly string[],
): StoredRow[] {
  const all = [...kept.filter((row) => row.case !== name), ...rows];
  return caseNames.flatMap((caseName) => all.filter((row) => row.case === caseName));
}

/** Rows stored so far; none if there is no file or it is of an older form. */
export function readRows(file: string): readonly StoredRow[] {
  if (!existsSync(file)) return [];
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Partial<StoredRow>[] };
  return cases.filter((row): row is StoredRow => row.case !== undefined && row.date !== undefined);
}

export function writeResults(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
