// An evaluation of vectors that something of their language was taken off: the same ranks, counts and measures. Subtracts by
// core/baselines; trains nothing.
import type { TokenRows } from "../../core/data/corpus.ts";
import { shifted } from "../../core/baselines/languageMeans.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import type { Encodes } from "../model/createEncoder.ts";
import type { EvalTask } from "./evalTask.ts";

/** What is taken off, by the set's languages; undefined leaves a language as it is. */
export type LanguageShifts = readonly (Float64Array | undefined)[];

interface Shifts {
  readonly queries?: LanguageShifts; // left out: queries stay as they are
  readonly passages: LanguageShifts;
}

/** @returns what `evaluateModel` takes in place of both */
export function withoutLanguages(
  model: Encodes,
  task: EvalTask,
  { queries, passages }: Shifts,
): { readonly model: Encodes; readonly task: EvalTask } {
  const width = vectorWidth(model.config);
  const poolOf = new WeakMap<TokenRows, Uint16Array>(); // languages of passages that were asked for
  return {
    task: {
      ...task,
      passages: async (pool) => {
        const rows = { ...(await task.passages(pool)) };
        poolOf.set(
          rows,
          Uint16Array.from(pool, (i) => task.set.passageLangs[i]!),
        );
        return rows;
      },
    },
    model: {
      ...model,
      encode: async (rows, signal, told) => {
        const vectors = await model.encode(rows, signal, told);
        const langs = poolOf.get(rows);
        if (langs) return shifted(vectors, width, langs, passages);
        return queries ? shifted(vectors, width, task.set.queryLangs, queries) : vectors;
      },
    },
  };
}
