// What a measurement of one device says, and its text for copying. Measures nothing.

/** One figure. `value` is the median of `rounds` rounds that took from `least` to `most` in the same unit. */
export interface BenchmarkRow {
  readonly id: string; // "step/2x128", stable
  readonly label: string; // what was measured, for people
  readonly value: number;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
  readonly note: string; // shapes and derived figures
}

export interface BenchmarkReport {
  readonly backend: string;
  readonly adapter: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly BenchmarkRow[];
  readonly seconds: number; // the whole measurement took
}

/** Three significant digits without exponents: 0.0123, 4.56, 1230. */
export function figureText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e-4 || rounded === 0 ? String(rounded) : rounded.toFixed(7);
}

/** A Markdown table under a line about the device. */
export function benchmarkText({ backend, adapter, versions, rows, seconds }: BenchmarkReport): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const known = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = rows.map(
    ({ label, value, unit, least, most, rounds, note }) =>
      `| ${[label, `${figureText(value)} ${unit}`, `${figureText(least)} to ${figureText(most)}`, String(rounds), note].map(cell).join(" | ")} |`,
  );
  return [
    `Hybrid Batch Lab on ${backend}, ${adapter} (${known.join(", ")}); measured in ${figureText(seconds)} s`,
    "",
    "| What | Median | Range | Rounds | |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}
