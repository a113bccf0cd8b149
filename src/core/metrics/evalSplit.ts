// Which part of a dataset an evaluation takes. Chooses no language and no number of queries.
import type { Side, Split } from "../data/records.ts";

/** `heldOut`: test queries in the test pool. `dev`: dev queries in the train pool. `all`: everything. */
export type EvalSplit = "heldOut" | "dev" | "all";

const TAKEN: Readonly<Record<EvalSplit, Readonly<Record<Side, Split>> | "all">> = {
  heldOut: { queries: "test", passages: "test" },
  dev: { queries: "dev", passages: "train" },
  all: "all",
};

/** Whether the evaluation takes the rows of a side that belong to `split`; those of every split are always taken. */
export function takesSplit(part: EvalSplit, side: Side, split: Split): boolean {
  const taken = TAKEN[part];
  return taken === "all" || split === taken[side] || split === "any";
}
