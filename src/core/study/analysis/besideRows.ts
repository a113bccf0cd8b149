// What stands beside a study's cells and no training made: the encoder that they began from, BM25, language means subtracted.
import { groupBy } from "../../groupBy.ts";
import type { Study } from "../study.ts";
import { BASELINES, type BaselineKind, type CellRun } from "../studyResult.ts";
import { cellSpec } from "../studyRuns.ts";
import { seedMean } from "./seedMeans.ts";
import type { BesideRow, SeedValue } from "./studyAnalysis.ts";

const BASELINE_LABELS: Readonly<Record<BaselineKind, string>> = {
  bm25: "BM25, own language",
  languageMeans: "before training, language means subtracted",
  shift: "before training, SHIFT (passages alone)",
};

/** Of a label that stands beside the start’s own, or where there is little room: "language means subtracted". */
export const shortBeside = (label: string): string => label.replace(/^before training, /, "");

/** Where cells begin from several encoders, each has its row, and a row says whose it is. */
export function besideRows(metric: string, study: Study, runs: readonly CellRun[]): BesideRow[] {
  const encoders = new Map(study.cells.map((cell) => [cell.name, cellSpec(study, cell, 0).encoder.id]));
  const byEncoder = groupBy(runs, ({ cell }) => encoders.get(cell) ?? "");
  const isOne = byEncoder.size < 2;
  const from = (encoder: string) => (isOne ? "" : ` (${encoder})`);
  const starts = [...byEncoder].flatMap(([encoder, own]): BesideRow[] => {
    const values = startValues(metric, own);
    return values.length === 0
      ? []
      : [{ kind: "start", label: `before training${from(encoder)}`, ...seedMean(values) }];
  });
  const baselines = BASELINES.flatMap((kind) =>
    [...byEncoder].flatMap(([encoder, own]): BesideRow[] => {
      const values = own.flatMap(({ seed, baselines: of }): SeedValue[] => {
        const value = of?.[kind]?.values[metric] ?? undefined;
        return value === undefined ? [] : [{ seed, value }];
      });
      const label = `${BASELINE_LABELS[kind]}${kind === "bm25" ? "" : from(encoder)}`;
      return values.length === 0 ? [] : [{ kind, label, ...seedMean(values) }];
    }),
  );
  return [...starts, ...baselines];
}

/** By seed; none where runs of one seed began differently. */
function startValues(metric: string, runs: readonly CellRun[]): SeedValue[] {
  const bySeed = new Map<number, number>();
  for (const { seed, start } of runs) {
    const value = start?.values[metric] ?? undefined;
    if (value === undefined) continue;
    if (bySeed.has(seed) && bySeed.get(seed) !== value) return [];
    bySeed.set(seed, value);
  }
  return [...bySeed].map(([seed, value]) => ({ seed, value }));
}
