import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath, type SpecPath, type SpecValue } from "../spec/spec.ts";
import { byTest, testKey, testText } from "./testOf.ts";

const set = (path: SpecPath, value: SpecValue) => withPath(DEFAULT_SPEC, path, value);

it("takes runs for one test where data, part and languages are the same, whatever they were trained on", () => {
  const same = [DEFAULT_SPEC, set("seed", 9), set("steps", 7), set("data.liveQueries", 50)];
  expect(new Set(same.map(testKey)).size).toBe(1);
  // the same languages, held out or not, and named or not
  const named = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];
  expect(testKey(set("languages.eval", named))).toBe(testKey(DEFAULT_SPEC));
  const others = [set("data.split", "dev"), set("data.eval", "xquad-r"), set("languages.eval", ["de", "en"])];
  expect(new Set([DEFAULT_SPEC, ...others].map(testKey)).size).toBe(4);
  expect([DEFAULT_SPEC, ...others].map(testText)).toEqual([
    "cldr-emoji, dev, 11 languages",
    "cldr-emoji, known concepts, 11 languages",
    "xquad-r, test, 11 languages",
    "cldr-emoji, dev, de en",
  ]);
});

it("puts runs of one test beside each other", () => {
  const [a, b, c] = [DEFAULT_SPEC, set("data.split", "dev"), set("seed", 2)].map((spec) => ({ spec }));
  expect(byTest([a!, b!, c!])).toEqual([[a, c], [b]]);
});
