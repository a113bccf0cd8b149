import { expect, it } from "vitest";
import { keptFor } from "./keptFor.ts";

it("makes an answer once for an object and what is asked, and keeps as many as said", () => {
  const [a, b] = [{}, {}];
  const kept = keptFor<number>(2);
  let made = 0;
  const ask = (of: object, asked: string) => kept(of, asked, () => ++made);
  expect([ask(a, "x"), ask(a, "x"), ask(b, "x"), ask(a, "y"), ask(a, "x")]).toEqual([1, 1, 2, 3, 1]);
  expect([ask(a, "z"), ask(a, "y"), ask(a, "x")]).toEqual([4, 3, 5]); // x was the oldest
});

it("keeps nothing of what failed", () => {
  const of = {};
  const kept = keptFor<number>(1);
  const failing = () => {
    throw new Error("no");
  };
  expect(() => kept(of, "x", failing)).toThrow("no");
  expect(kept(of, "x", () => 7)).toBe(7);
});
