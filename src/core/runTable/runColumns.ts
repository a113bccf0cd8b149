// What a table of runs may show of each: every fact of it, every setting, every number. Formats no number.
import type { FieldGroup } from "../spec/field.ts";
import { fieldAt, SPEC_PATHS } from "../spec/fields.ts";
import { readPath, type SpecPath } from "../spec/spec.ts";
import { findPreset } from "../spec/presets.ts";
import type { Metric } from "../metrics/metric.ts";
import { findMetric, METRICS, shownIn } from "../metrics/metricTable.ts";
import type { StoredRun } from "../record/storedRun.ts";
import { wholeText } from "../naming/settingText.ts";
import { experimentKey, seededRun } from "../series/seedGroups.ts";

export type ListedRun = Omit<StoredRun, "format">;
export type CellValue = string | number | undefined;

/** How values are told apart and filtered: by range, by choice among those there are, or by words in them. */
export type ColumnType = "number" | "date" | "choice" | "text";

export interface RunColumn {
  readonly id: string; // as preferences keep it: a fact's name, a spec's path, "metric " and a metric's path
  readonly label: string;
  readonly group: "run" | "number" | FieldGroup;
  readonly type: ColumnType;
  readonly help?: string;
  /** Undefined where the run has none. */
  readonly value: (run: ListedRun) => CellValue;
  /** Of a cell that says several things: each. */
  readonly parts?: (run: ListedRun) => readonly string[];
  readonly metric?: Metric;
  readonly setting?: SpecPath;
}

const nonEmpty = (text: string | undefined) => (text === "" ? undefined : text);

const FACTS: readonly RunColumn[] = [
  { id: "name", label: "Name", group: "run", type: "text", value: ({ name }) => name },
  { id: "status", label: "Status", group: "run", type: "choice", value: ({ status }) => status },
  { id: "step", label: "Steps done", group: "run", type: "number", value: ({ step }) => step },
  { id: "date", label: "Date", group: "run", type: "date", value: ({ createdAt }) => createdAt },
  {
    id: "preset",
    label: "Preset",
    group: "run",
    type: "choice",
    value: ({ presetName }) => findPreset(presetName)?.label ?? presetName,
  },
  { id: "device", label: "Device", group: "run", type: "choice", value: ({ device }) => device?.adapter },
  { id: "digest", label: "Digest", group: "run", type: "text", value: ({ digest }) => digest },
  {
    id: "tags",
    label: "Tags",
    group: "run",
    type: "choice",
    value: ({ tags = [] }) => nonEmpty(tags.join(", ")),
    parts: ({ tags = [] }) => tags,
  },
  { id: "note", label: "Note", group: "run", type: "text", value: ({ note }) => nonEmpty(note) },
];

/** Groups runs that differ only in their seed; the others stay by themselves. Has no cell. */
export const EXPERIMENT: RunColumn = {
  id: "experiment",
  label: "All but the seed",
  group: "run",
  type: "choice",
  value: (run) => {
    const seeded = seededRun(run);
    return seeded ? experimentKey(seeded) : run.id;
  },
};

const SETTINGS: readonly RunColumn[] = SPEC_PATHS.map((path) => {
  const field = fieldAt(path);
  const isNumber = field.type === "number";
  return {
    id: path,
    label: field.label,
    group: field.group,
    type: isNumber ? "number" : field.type.startsWith("language") ? "text" : "choice",
    help: field.help,
    value: ({ spec }) => {
      const value = readPath(spec, path);
      return isNumber ? (value as number) : wholeText(path, value);
    },
    setting: path,
  };
});

const metricColumn = (metric: Metric): RunColumn => ({
  id: `metric ${metric.path}`,
  label: metric.label,
  group: "number",
  type: "number",
  help: metric.help ?? metric.what,
  value: ({ summary }) => summary[metric.path]?.now,
  metric,
});

/** Of the final test, which is another test than the run's own. */
const finalTestColumn = (metric: Metric): RunColumn => ({
  id: `test ${metric.path}`,
  label: `Final test: ${metric.label}`,
  group: "number",
  type: "number",
  help: "By the last weights on the test part, measured once.",
  value: ({ finalTest }) => finalTest?.values[metric.path],
  metric,
});

/** Rows of families, such as "loss/<kind>", are columns only where a run has one of them. */
const isWhole = ({ path }: Metric) => !path.includes("<");

/** Every column that a table of these runs may have, facts first. Ids are unique. */
export function runColumns(runs: readonly ListedRun[]): readonly RunColumn[] {
  const standing = METRICS.filter(isWhole);
  const paths = new Set(runs.flatMap(({ summary }) => Object.keys(summary)));
  const others = [...paths]
    .filter((path) => !standing.some((metric) => metric.path === path))
    .sort()
    .flatMap((path) => {
      const row = findMetric(path);
      return row ? [{ ...row, path, label: `${row.label} (${path})` }] : [];
    });
  const tested = shownIn("list").filter(({ path }) =>
    runs.some(({ finalTest }) => finalTest?.values[path] !== undefined),
  );
  return [
    ...FACTS,
    ...SETTINGS,
    ...[...standing, ...others].map(metricColumn),
    ...tested.map(finalTestColumn),
  ];
}

/** Shown where nobody has chosen. */
export const COLUMNS_AT_FIRST: readonly string[] = [
  "name",
  "batch.ratio",
  "seed",
  "steps",
  ...shownIn("list").map(({ path }) => `metric ${path}`),
  "status",
  "date",
  "tags",
  "note",
];
