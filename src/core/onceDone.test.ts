import { expect, it } from "vitest";
import { onceDone } from "./onceDone.ts";

it("does the work once for all who ask, and again after a failure", async () => {
  let n = 0;
  const ask = onceDone(() => (++n === 1 ? Promise.reject(new Error("not yet")) : Promise.resolve(n)));
  expect(await Promise.allSettled([ask(), ask()])).toMatchObject([
    { status: "rejected" },
    { status: "rejected" },
  ]);
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
  expect(await ask()).toBe(2);
});
