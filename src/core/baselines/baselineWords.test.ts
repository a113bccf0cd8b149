import { expect, it } from "vitest";
import { baselineRows, meansSentence } from "./baselineWords.ts";

const values = (map: number) => ({ values: { "map/mono": map }, perLanguage: {} });
const of = (map: number) => ({ languageMeans: values(map), shift: values(map + 0.1) });

it("lists what there is, BM25 first and the trained weights last", () => {
  const texts = {};
  const all = { bm25: values(0.1), start: of(0.2), end: of(0.4), texts, pivot: "en", digest: "" };
  expect(baselineRows(all).map(({ id, values: own }) => [id, own["map/mono"]])).toEqual([
    ["bm25", 0.1],
    ["start/languageMeans", 0.2],
    ["start/shift", expect.closeTo(0.3, 12)],
    ["end/languageMeans", 0.4],
    ["end/shift", 0.5],
  ]);
  expect(baselineRows({ start: of(0.2), texts, pivot: "en", digest: "" })).toHaveLength(2);
});

it("says of which sentences the means are", () => {
  const texts = {
    de: { n: 1997, from: "training" },
    en: { n: 1190, from: "training" },
    th: { n: 5, from: "pool" },
  } as const;
  expect(meansSentence({ texts })).toBe(
    "means of 1,190 to 1,997 sentences of training, in 2 languages; means of 5 sentences that are searched, since the set has no others, in 1 language",
  );
});
