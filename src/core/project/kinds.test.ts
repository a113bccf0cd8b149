// What an exported project's plan is told of the kinds of batch (plan/kinds.py) is what the lab's table says.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { BATCH_KINDS, kindFacts } from "../spec/batchKind.ts";

it("a project has the lab's kinds, in their order", () => {
  const text = readFileSync(new URL("./plan/kinds.py", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^ {4}"(\w+)": Kind\("(\w+)", "(\w+)"\),$/gm)].map(([, ...row]) => row);
  expect(rows).toEqual(BATCH_KINDS.map((kind) => [kind, kindFacts(kind).asks, kindFacts(kind).answers]));
});
