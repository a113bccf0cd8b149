// The final test of a run that has ended: its weights on the test part of the set it was trained on.
import { SpecError } from "../../core/inputError.ts";
import { createRandom } from "../../core/random.ts";
import { closeFinalTest, noFinalTest, type FinalTest } from "../../core/record/finalTest.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { evaluateModel } from "../evaluate/evaluateModel.ts";
import { prepareEval } from "../evaluate/evalTask.ts";
import type { Gate } from "../evaluate/poolBlocks.ts";
import type { RunResources } from "./runExperiment.ts";

const FREE: Gate = { gate: () => Promise.resolve() };

/**
 * @param record of the run whose weights these are
 * @throws SpecError in one sentence if the run has had one, was evaluated on test all along, or its data have no test part
 */
export async function finalTest(
  { prepared, model }: RunResources,
  { spec, digest, finalTest: had }: RunRecord,
  onProgress: (progress: RunProgress) => void = () => undefined,
): Promise<FinalTest> {
  const reason = noFinalTest(spec, had);
  if (reason !== undefined) throw new SpecError(`final test: ${reason}`);
  const { test, vocabulary } = prepared;
  const options = { languages: evalLanguages(spec), split: "heldOut", maxQueries: 0 } as const;
  const random = createRandom(spec.seed).fork("eval"); // drawn from by no evaluation of all queries
  const task = { ...(await prepareEval(test, vocabulary, { ...options, random })), cuts: spec.evaluate.cuts };
  if (task.set.queryLangs.length === 0) {
    throw new SpecError(`final test: ${test.corpus.datasetId} has no test part in the evaluated languages`);
  }
  const { result } = await evaluateModel(model, task, FREE, onProgress);
  return closeFinalTest(result, digest);
}
