// A study and its result with chosen numbers, for tests of what is made of them. Not the result of any run.
import { ofKinds } from "../core/spec/batchKind.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { STUDY_SCHEMA, type Cell, type Study } from "../core/study/study.ts";
import type { CellRun, StudyResult } from "../core/study/studyResult.ts";

/** Two mixes of mono and cross beside pure cross, primary Cr, δ .01, English and German. */
export const handStudy: Study = {
  schema: STUDY_SCHEMA,
  title: "How much mono",
  question: "How much of a batch may be monolingual?",
  spec: {
    ...DEFAULT_SPEC,
    seed: 1,
    languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [], eval: ["de", "en"] },
  },
  cells: [ratioCell("cross", 0), ratioCell("mono-20", 0.2), ratioCell("mono-50", 0.5)],
  seeds: [1, 2, 3, 4, 5, 6],
  order: "balanced",
  budget: "steps",
  primary: "map/cross",
  smallestEffect: 0.01,
  controls: ["cross"],
};

function ratioCell(name: string, mono: number): Cell {
  const ratio = ofKinds({ mono, cross: 1 - mono });
  return { name, label: name, changes: { "batch.ratio": ratio } };
}

/** What differs from a run of 200 steps that ends at 0 everywhere. */
export type HandRun = Pick<CellRun, "cell" | "seed"> & Partial<CellRun>;

export const handRun = ({ cell, seed, ...own }: HandRun): CellRun => ({
  cell,
  seed,
  digest: `${cell}${seed}`.padEnd(64, "0"),
  device: "1 wasm: wasm SIMD",
  end: { values: {}, perLanguage: {} },
  spent: { steps: 200, crossBatches: 100, pairs: 6400 },
  realised: {},
  course: [],
  ...own,
});

/** One run for each number: cell -> the primary measure of seeds 1, 2, … */
export const handResult = (
  byCell: Readonly<Record<string, readonly number[]>>,
  metric = handStudy.primary,
): StudyResult => ({
  runs: Object.entries(byCell).flatMap(([cell, values]) =>
    values.map((value, i) =>
      handRun({ cell, seed: i + 1, end: { values: { [metric]: value }, perLanguage: {} } }),
    ),
  ),
  missing: [],
});
