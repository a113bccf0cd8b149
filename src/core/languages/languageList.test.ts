import { expect, it } from "vitest";
import { readLanguageList } from "./languageList.ts";

it("reads codes between commas and spaces as tags, each once", () => {
  expect(readLanguageList(" sw, yor;SWA zho-TW ")).toEqual({ tags: ["sw", "yo", "zh-Hant"] });
  expect(readLanguageList("")).toEqual({ tags: [] });
});

it("names what is no code", () => {
  expect(readLanguageList("sw, Swahili")).toEqual({
    problem: "“Swahili” is no language code such as “sw” or “zh-Hant”.",
  });
});
