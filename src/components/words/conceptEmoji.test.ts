import { expect, it } from "vitest";
import { conceptEmoji } from "./conceptEmoji.ts";
import { examplesFor } from "../tryIt/examples.ts";

it("reads code points as emoji, and takes no other id for one", () => {
  expect(conceptEmoji("1f600")).toBe("😀\ufe0f"); // asks for the picture style
  expect(conceptEmoji("1f9d4-1f3fd-200d-2642-fe0f")).toBe("🧔🏽‍♂️");
  expect(conceptEmoji("1f1f9-1f1ff")).toBe("🇹🇿");
  expect(conceptEmoji("2764")).toBe("❤️"); // in the picture style
  expect(conceptEmoji("56beb4343aeaaa14008c925b")).toBeUndefined(); // a question's id
  expect(conceptEmoji("41")).toBeUndefined(); // the letter A
  expect(conceptEmoji("ffffff")).toBeUndefined(); // beyond Unicode
  expect(conceptEmoji("")).toBeUndefined();
});

it("offers examples in the evaluated languages, or in some at least", () => {
  expect(examplesFor("cldr-emoji", ["sw", "el"]).map(({ lang }) => lang)).toEqual(["el", "sw"]);
  expect(examplesFor("cldr-emoji", ["xx"]).length).toBeGreaterThan(3);
  expect(examplesFor("xquad-r", ["ar"])[0]!.text).toContain("؟");
});
