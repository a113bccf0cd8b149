import { expect, it } from "vitest";
import { takesRow, type EvalSplit } from "./evalSplit.ts";

it.each<[EvalSplit, string[], string[]]>([
  ["devConcepts", ["any"], ["any"]], // and what is in the dev part, below
  ["heldOut", ["test", "any"], ["test", "any"]],
  ["dev", ["dev", "any"], ["train", "any"]], // dev queries are asked where training looked for answers
  ["all", ["train", "dev", "test", "any"], ["train", "dev", "test", "any"]],
])("%s takes queries and passages of its part, and what belongs to every part", (part, queries, passages) => {
  const all = ["train", "dev", "test", "any"] as const;
  expect(all.filter((split) => takesRow(part, "queries", split, false))).toEqual(queries);
  expect(all.filter((split) => takesRow(part, "passages", split, false))).toEqual(passages);
});

it("only devConcepts asks whether a row is of the dev part", () => {
  for (const split of ["train", "dev"] as const) {
    expect(takesRow("devConcepts", "queries", split, true)).toBe(true);
    expect(takesRow("heldOut", "queries", split, true)).toBe(false);
  }
  expect(takesRow("dev", "passages", "train", true)).toBe(true);
});
