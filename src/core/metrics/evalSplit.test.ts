import { expect, it } from "vitest";
import { takesSplit, type EvalSplit } from "./evalSplit.ts";

it.each<[EvalSplit, string[], string[]]>([
  ["heldOut", ["test", "any"], ["test", "any"]],
  ["dev", ["dev", "any"], ["train", "any"]], // dev queries are asked where training looked for answers
  ["all", ["train", "dev", "test", "any"], ["train", "dev", "test", "any"]],
])("%s takes queries and passages of its part, and what belongs to every part", (part, queries, passages) => {
  const all = ["train", "dev", "test", "any"] as const;
  expect(all.filter((split) => takesSplit(part, "queries", split))).toEqual(queries);
  expect(all.filter((split) => takesSplit(part, "passages", split))).toEqual(passages);
});
