// Whether every cell of a study can be planned with the data that are here, before anything is trained.
import { InputError, SpecError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { checkStretches, planStretches } from "../../core/plan/stretches.ts";
import { courseOf } from "../../core/spec/lineage.ts";
import { evalLanguages, evalTarget, trainLanguages } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { Cell, Study } from "../../core/study/study.ts";
import { cellSpec } from "../../core/study/studyRuns.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import { prefixesOf } from "../../training/pretrained/startEncoder.ts";
import { requireLanguages } from "../../training/run/prepareRun.ts";
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
  const encoder = await ports.openEncoder(spec.encoder.id, () => undefined);
  const prefixes = prefixesOf(spec.encoder, encoder);
  const maxTokens = Math.min(spec.encoder.maxTokens, encoder.longest);
  const load = (datasetId: string, languages: readonly string[]): Promise<LoadedCorpus> =>
    ports.loadCorpus({ datasetId, languages, prefixes, maxTokens }, encoder.texts, () => undefined);
  const { datasetId } = evalTarget(spec);
  const [asked, trained] = [evalLanguages(spec), trainLanguages(spec)];
  const isShared = datasetId === spec.data.train;
  const test = await load(datasetId, isShared ? [...new Set([...asked, ...trained])].sort() : asked);
  const train = isShared ? test : await load(spec.data.train, trained);
  requireLanguages("languages.eval", asked, test.corpus);
  requireLanguages("languages.train", trained, train.corpus);
  return checkStretches(planStretches(courseOf(spec, undefined), train.corpus), spec.data.train);
}
