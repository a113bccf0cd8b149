import { expect, it } from "vitest";
import { counted } from "./counted.ts";

it.each([
  [0, "0 queries"],
  [1, "1 query"],
  [2, "2 queries"],
  [1234, "1,234 queries"],
])("%i is %s", (n, text) => {
  expect(counted(n, "query", "queries")).toBe(text);
});

it("makes a plural of its own", () => {
  expect([counted(1, "step"), counted(21, "step")]).toEqual(["1 step", "21 steps"]);
});
