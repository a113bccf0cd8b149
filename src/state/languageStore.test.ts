// How languages are put together until a person chooses.
import { expect, it } from "vitest";
import { createLanguageStore, groupingOf } from "./languageStore.ts";

it("puts many languages together by class, and never against a choice", () => {
  const store = createLanguageStore();
  const now = (nLangs: number) => groupingOf(store.getState().grouping, nLangs);
  expect([now(11), now(20), now(21), now(100)]).toEqual(["none", "none", "class", "class"]);
  store.getState().groupBy("none");
  expect(now(100)).toBe("none");
  store.getState().groupBy("script");
  expect(now(2)).toBe("script");
});
