// Whether every cell of a study can be planned with the data that are here, before anything is trained.
import { InputError, SpecError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { courseOf } from "../../core/spec/lineage.ts";
import { evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { Cell, Study } from "../../core/study/study.ts";
import { cellSpec } from "../../core/study/studyRuns.ts";
import { loadCorpora } from "../../training/run/loadCorpora.ts";
import type { RunPorts } from "../../training/run/runPorts.ts";
import { openDataset } from "../nodeShards.ts";

/**
 * @param notice told what a person should know of a cell
 * @returns the manifest of what is tested on
 * @throws SpecError in one sentence: the cell, what it lacks, what would be right
 */
export async function checkCells(
  study: Study,
  ports: RunPorts,
  notice: (sentence: string) => void,
): Promise<Manifest> {
  const told = new Set<string>();
  for (const cell of study.cells.filter(({ controlOf }) => controlOf === undefined)) {
    const notices = await inCell(cell, () => checkCell(cellSpec(study, cell, study.seeds[0]!), ports));
    for (const sentence of notices.filter((one) => !told.has(one))) {
      told.add(sentence);
      notice(`${cell.name}: ${sentence}`);
    }
  }
  return (await openDataset(evalTarget(study.spec).datasetId)).manifest();
}

async function inCell<T>({ name }: Cell, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new SpecError(`cell ${name}: ${error.message}`, { cause: error });
  }
}

/** As a run begins: data and encoder are there, the languages too, and every batch can be filled. */
async function checkCell(spec: ExperimentSpec, ports: RunPorts): Promise<readonly string[]> {
  const { train } = await loadCorpora(spec, trainLanguages(spec), ports);
  return checkStretches(planStretches(courseOf(spec, undefined), train.corpus), spec.data.train);
}
