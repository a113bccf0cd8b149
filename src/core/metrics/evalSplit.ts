// Which part of a dataset an evaluation takes. Chooses no language and no number of queries.
import type { Side, Split } from "../data/records.ts";

/**
 * `devConcepts`: the concepts that training leaves out for it, among themselves (core/data/devPart.ts). `heldOut`: test
 * queries in the test pool. `dev`: new queries for concepts that training knows, in the train pool. `all`: everything.
 */
export type EvalSplit = "devConcepts" | "heldOut" | "dev" | "all";

const TAKEN = {
  heldOut: { queries: "test", passages: "test" },
  dev: { queries: "dev", passages: "train" },
} as const;

/**
 * Whether the evaluation takes a row of a side; rows of every split are always taken.
 * @param inDev whether the row is of the dev part
 */
export function takesRow(part: EvalSplit, side: Side, split: Split, inDev: boolean): boolean {
  if (part === "all" || split === "any") return true;
  return part === "devConcepts" ? inDev : split === TAKEN[part][side];
}

/** What a number from this part is called wherever it stands. */
export const PART_WORDS: Readonly<Record<EvalSplit, string>> = {
  devConcepts: "dev",
  heldOut: "test",
  dev: "known concepts",
  all: "all rows",
};
