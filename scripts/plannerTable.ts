// Writes src/core/study/stats/plannerTable.ts: which effects are found with which power (planner.ts).
// Run: node --import tsx scripts/plannerTable.ts && npx prettier --write src/core/study/stats/plannerTable.ts
import { writeFileSync } from "node:fs";
import { quantile } from "../src/core/stats/bootstrap.ts";
import { findingEffects } from "../src/core/study/stats/planner.ts";

const SEEDS = [6, 7, 8, 9, 10, 11, 12];
const CELLS = [1, 2, 3, 4, 6, 9, 14, 20];
const POWERS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];
const STUDIES = 4000;

const table = SEEDS.map((seeds) =>
  CELLS.map((cells) => {
    const effects = findingEffects(seeds, cells, STUDIES);
    process.stderr.write(`${seeds} seeds, ${cells} cells\n`);
    return POWERS.map((power) => Number(quantile(effects, power).toFixed(3)));
  }),
);
writeFileSync(
  new URL("../src/core/study/stats/plannerTable.ts", import.meta.url),
  `// Written by scripts/plannerTable.ts from ${STUDIES} simulated studies each; edit that. Data of planner.ts.

export const PLANNED_SEEDS: readonly number[] = ${JSON.stringify(SEEDS)};
export const PLANNED_CELLS: readonly number[] = ${JSON.stringify(CELLS)};
export const PLANNED_POWERS: readonly number[] = ${JSON.stringify(POWERS)};

/** By seeds, cells and power: effects in SDs of the paired difference, where all cells differ so much. */
export const DETECTABLE: readonly (readonly (readonly number[])[])[] = ${JSON.stringify(table)};
`,
);
