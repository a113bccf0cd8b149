// What is measured after a run's end by the weights that the worker still holds, and kept in its record. Asks nothing itself.
import type { RunRecord } from "../../core/record/runRecord.ts";
import { detailOf, type Run } from "../run/run.ts";
import type { RunsContext } from "./runsState.ts";

/** Why the weights of a run cannot be asked, in a sentence; undefined where they can. */
export const whyNoWeights = (run: Run, weightsId: string | undefined): string | undefined =>
  run.id === weightsId
    ? undefined
    : "The weights are gone: only those of the last run are kept. Train it again: the numbers repeat";

/** Puts what was measured into the run's record, and stores it. @param listed what the list of runs knows of it */
export async function keepInRecord(
  { change, keeper }: Pick<RunsContext, "change" | "keeper">,
  id: string,
  measured: Partial<RunRecord>,
  listed: Partial<Run> = {},
): Promise<void> {
  change(id, (now) => {
    const { record } = detailOf(now);
    const detail = { ...detailOf(now), ...(record && { record: { ...record, ...measured } }) };
    return { ...now, ...listed, detail: { ...detail, state: "loaded" } };
  });
  await keeper.saveNow(id);
}
