// Whether all cells of a study can be trained with what this browser has, asked before anything starts. Trains nothing.
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { formWords } from "../../core/spec/formWords.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { Study } from "../../core/study/study.ts";
import { cellSpec } from "../../core/study/studyRuns.ts";
import { refusalOf, type LabClient } from "../../workers/labClient.ts";

/**
 * What `lab sweep` asks of every cell: that languages, batches and encoder are to be had. A control trains what its rule does.
 * @returns one sentence with the cell's name; undefined where all can be trained
 * @throws where the worker could not be asked
 */
export async function refusedCell(
  { spec: base, cells, seeds }: Study,
  data: Pick<LabClient["data"], "request">,
): Promise<string | undefined> {
  const encoders = new Map<string, string | undefined>(); // why each is not to be had
  const asked = async (work: () => Promise<string | undefined>) => {
    try {
      return await work();
    } catch (error) {
      const { kind, message } = refusalOf(error);
      if (kind === "input") return message;
      throw error;
    }
  };
  const encoderRefused = async ({ encoder: { id } }: ExperimentSpec) => {
    if (id === RANDOM_ENCODER || findShipped(id)) return undefined;
    if (!encoders.has(id)) {
      const why = await asked(() => data.request("inspectEncoder", { id }).then(() => undefined));
      encoders.set(id, why);
    }
    return encoders.get(id);
  };
  for (const cell of cells.filter(({ controlOf }) => controlOf === undefined)) {
    const spec = cellSpec({ spec: base, cells }, cell, seeds[0]!);
    const why =
      (await asked(async () => (await data.request("checkPlan", { spec, starting: true })).refusal)) ??
      (await encoderRefused(spec));
    if (why !== undefined) return `${cell.label}: ${formWords(why)}`;
  }
  return undefined;
}
