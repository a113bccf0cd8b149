// Whether a study's parts fit each other: cells, seeds, controls, primary measure, and each cell's spec with itself. Runs
// nothing; whether the data can fill the batches is asked with the data there.
import { canonicalJson } from "../data/canonicalJson.ts";
import { checkHeldOut } from "../languages/languageChoice.ts";
import { SpecError } from "../inputError.ts";
import { evalMetrics, findMetric } from "../metrics/metricTable.ts";
import { checkConsistency, evalLanguages, evalTarget } from "../spec/resolve.ts";
import { equalSpecs } from "../spec/specChecks.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { Cell, Study } from "./study.ts";
import { checkSources, inCell } from "./checkSources.ts";
import { cellSpec } from "./studyRuns.ts";
import { MAX_CELLS } from "./studySchema.ts";

export const MAX_RUNS = 10_000;

/** @throws SpecError in one sentence, naming the cell where it is about one */
export function checkStudy(study: Study, where: string): void {
  const { cells, seeds, controls, primary, looks, addedLooks = 0 } = study;
  const names = cells.map(({ name }) => name);
  const fail = (what: string) => new SpecError(`${where}: ${what}`);
  if (cells.length < 2) throw fail("has one cell; a study compares at least two");
  const twice = twiceIn(names.map((name) => name.toLowerCase()));
  if (twice !== undefined) throw fail(`two cells are called ${twice}; give each a name of its own`);
  const seedTwice = twiceIn(seeds);
  if (seedTwice !== undefined)
    throw fail(`seed ${seedTwice} is there twice; each seed runs once in every cell`);
  checkCount(cells.length, seeds.length, where);
  const stranger = controls.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw fail(`controls: there is no cell ${stranger}; cells are ${listed(names)}`);
  }
  const controlTwice = twiceIn(controls);
  if (controlTwice !== undefined) throw fail(`controls: ${controlTwice} is there twice; name it once`);
  if (looks && (looks.some((n, i) => i > 0 && n <= looks[i - 1]!) || looks.at(-1)! < seeds.length)) {
    throw fail(
      `looks must be numbers of seeds that rise to all of them, such as [${seeds.length}], got [${looks.join(", ")}]`,
    );
  }
  if (addedLooks > 0 && addedLooks >= (looks?.length ?? 0)) {
    throw fail(`addedLooks must be fewer than looks, of which the first was planned, got ${addedLooks}`);
  }
  checkSources(study, where);
  checkPrimary(primary, study, where);
  checkCells(study, where);
  checkGroups(study, where);
}

/** @throws SpecError where a study would have more cells or runs than are allowed */
export function checkCount(nCells: number, nSeeds: number, where: string): void {
  const runs = nCells * nSeeds;
  if (nCells <= MAX_CELLS && runs <= MAX_RUNS) return;
  throw new SpecError(
    `${where}: is ${runs} runs (${nCells} cells × ${nSeeds} seeds); at most ${MAX_RUNS} runs and ${MAX_CELLS} cells are allowed: take fewer values or seeds`,
  );
}

function checkPrimary(primary: string, study: Study, where: string): void {
  if (findMetric(primary)?.pool === undefined) {
    const known = evalMetrics().map(({ path }) => path);
    throw new SpecError(
      `${where}: primary: ${primary.slice(0, 60)} is no measure of an evaluation; there is ${known.join(", ")}`,
    );
  }
  const lacking = study.cells.find((cell) => {
    const measured = evalMetrics(cellSpec(study, cell, 0).evaluate.cuts);
    return !measured.some(({ path }) => path === primary);
  });
  if (lacking) {
    throw new SpecError(
      `${where}: cell ${lacking.name} does not measure ${primary}; add it to the spec's evaluate.cuts`,
    );
  }
}

/** Each cell by itself, and beside the others: another experiment on the same test. */
function checkCells(study: Study, where: string): void {
  const specs: { readonly cell: Cell; readonly spec: ExperimentSpec }[] = [];
  for (const cell of study.cells) {
    const at = `${where}: cell ${cell.name}`;
    if ("seed" in cell.changes) throw new SpecError(`${at}: sets seed; the study's seeds run in every cell`);
    if ("compute.backend" in cell.changes) {
      throw new SpecError(`${at}: sets compute.backend; all cells run on one device, which spec may name`);
    }
    const spec = cellSpec(study, cell, study.seeds[0]!);
    inCell(where, cell, () => {
      checkConsistency(spec);
      checkHeldOut(spec);
    });
    const [first] = specs;
    if (first && testOf(first.spec) !== testOf(spec)) {
      throw new SpecError(
        `${at}: is tested on ${testText(spec)}, ${first.cell.name} on ${testText(first.spec)}; cells are held against each other on one test: set data.eval and languages.eval in spec`,
      );
    }
    const same = specs.find((other) => equalSpecs(other.spec, spec) && sameSources(other.cell, cell));
    if (same) {
      throw new SpecError(`${at}: is the same experiment as ${same.cell.name}; leave out one of the two`);
    }
    specs.push({ cell, spec });
  }
}

const sameSources = (a: Cell, b: Cell) => {
  const [one, other] = [a, b].map(({ controlOf, made, reference }) =>
    canonicalJson({ controlOf, made, reference }),
  );
  return one === other;
};

/** Languages of the study's own groups are tested, or a mean would be of fewer than its name says. */
function checkGroups(study: Study, where: string): void {
  const { groups, cells } = study;
  if (typeof groups !== "object") return;
  const tested = evalLanguages(cellSpec(study, cells[0]!, 0));
  for (const [name, languages] of Object.entries(groups)) {
    const stranger = languages.find((lang) => !tested.includes(lang));
    if (stranger === undefined) continue;
    throw new SpecError(
      `${where}: groups: ${name} has ${stranger}, which is not tested; languages are ${listed(tested)}`,
    );
  }
}

const testOf = (spec: ExperimentSpec) => JSON.stringify([evalTarget(spec), evalLanguages(spec)]);

function testText(spec: ExperimentSpec): string {
  const { datasetId, split } = evalTarget(spec);
  return `${datasetId} (${split}) in ${listed(evalLanguages(spec))}`;
}

const SHOWN = 12;

function listed(words: readonly string[]): string {
  const more = words.length > SHOWN ? ` and ${words.length - SHOWN} more` : "";
  return words.slice(0, SHOWN).join(", ") + more;
}

function twiceIn<T>(list: readonly T[]): T | undefined {
  return list.find((item, i) => list.indexOf(item) !== i);
}
