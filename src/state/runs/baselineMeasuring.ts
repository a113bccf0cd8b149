// The baselines of a run whose weights the worker still holds: measured at a person's wish, kept in its record.
import { messageOf } from "../../core/messageOf.ts";
import { formWords } from "../../core/spec/formWords.ts";
import { detailOf, isGoing, type Run } from "../run/run.ts";
import { keepInRecord, whyNoWeights } from "./heldWeights.ts";
import type { BaselineMeasuring, RunsContext } from "./runsState.ts";

export function createBaselineMeasuring({
  store,
  deps,
  keeper,
  find,
  change,
}: RunsContext): BaselineMeasuring {
  const { getState: get, setState: set } = store;
  return {
    async measureBaselines(id) {
      const run = find(id);
      if (!run || get().measuringId !== undefined || whyNoBaselines(run, get().weightsId) !== undefined)
        return;
      set({ measuringId: id });
      try {
        const baselines = await deps.link.trainer().request("baselines", { runId: id });
        await keepInRecord({ change, keeper }, id, { baselines });
      } catch (error) {
        set({ notice: `Baselines could not be measured: ${formWords(messageOf(error))}` });
      } finally {
        set({ measuringId: undefined });
      }
    },
  };
}

/** Why a run cannot have its baselines measured now, in a sentence; undefined where it can. */
export function whyNoBaselines(run: Run, weightsId: string | undefined): string | undefined {
  if (isGoing(run) || !detailOf(run).record) return "Baselines are measured when the run has ended";
  return whyNoWeights(run, weightsId);
}
