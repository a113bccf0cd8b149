// Numbers as CSV (RFC 4180) that a spreadsheet opens without running anything. Never writes a file.
import type { Point } from "../record/point.ts";
import { formatValue } from "../spec/fieldText.ts";
import { SPEC_PATHS } from "../spec/fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";

/**
 * One cell. Text that a spreadsheet would run as a formula (it starts with = + - @, a tab or a return) gets a
 * leading apostrophe; numbers are left alone, so that -1.5 stays a number.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(rows: Iterable<readonly (string | number | null | undefined)[]>): string {
  let text = "";
  for (const row of rows) text += `${row.map(csvCell).join(",")}\r\n`;
  return text;
}

/** Every field of an experiment, as `--set` and error messages name it. */
export const SETTING_HEADER: readonly SpecPath[] = SPEC_PATHS;
/** The values of those, as in links; numbers as numbers. */
export const settingCells = (spec: ExperimentSpec): (string | number)[] =>
  SETTING_HEADER.map((path) => {
    const value = readPath(spec, path);
    return typeof value === "number" ? value : formatValue(path, value);
  });

export const POINT_HEADER = ["run", "seed", "step", "metric", "lang", "kind", "value", "id"] as const;

/** Long form: one row per point, under a header. The id is that of the run’s row in a table of runs. */
export function pointsCsv(
  runs: Iterable<{
    readonly name: string;
    readonly seed: number;
    readonly id: string;
    readonly points: Iterable<Point>;
  }>,
): string {
  function* rows() {
    yield POINT_HEADER;
    for (const { name, seed, id, points } of runs) {
      for (const { step, metric, kind, lang, value } of points) {
        yield [name, seed, step, metric, lang ?? "", kind ?? "", value, id];
      }
    }
  }
  return csvText(rows());
}

/** A file name any system takes: letters, marks, digits, "-" and "_" of the wish, at most 60, then the ending. */
export function fileName(wish: string, ending: string): string {
  const plain = wish
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const short = Array.from(plain).slice(0, 60).join("");
  return `${short === "" ? "run" : short}.${ending}`;
}
