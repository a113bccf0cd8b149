// The final test of a run whose weights the worker still holds: asked for once, kept in its record.
import { messageOf } from "../../core/messageOf.ts";
import { finalTestNumbers, noFinalTest } from "../../core/record/finalTest.ts";
import { formWords } from "../../core/spec/formWords.ts";
import { detailOf, isGoing, type Run } from "../run/run.ts";
import { keepInRecord, whyNoWeights } from "./heldWeights.ts";
import type { FinalTesting, RunsContext } from "./runsState.ts";
import { capitalised } from "../../core/capitalised.ts";

export function createFinalTesting({ store, deps, keeper, find, change }: RunsContext): FinalTesting {
  const { getState: get, setState: set } = store;
  return {
    async testFinally(id) {
      const run = find(id);
      if (!run || get().testingId !== undefined || whyNoFinalTest(run, get().weightsId) !== undefined) return;
      set({ testingId: id });
      try {
        const finalTest = await deps.link.trainer().request("finalTest", { runId: id });
        await keepInRecord({ change, keeper }, id, { finalTest }, { finalTest: finalTestNumbers(finalTest) });
      } catch (error) {
        set({ notice: `The final test could not be made: ${formWords(messageOf(error))}` });
      } finally {
        set({ testingId: undefined });
      }
    },
  };
}

/** Why a run cannot have its final test now, in a sentence; undefined where it can. */
export function whyNoFinalTest(run: Run, weightsId: string | undefined): string | undefined {
  const { record } = detailOf(run);
  if (isGoing(run) || !record) return "The run has not ended";
  const reason = noFinalTest(run.spec, record.finalTest);
  if (reason !== undefined) return capitalised(reason);
  return whyNoWeights(run, weightsId);
}
