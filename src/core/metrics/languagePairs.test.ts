// Which pairs are MTEB's, and their means by hand.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pairKind, pairMeans } from "./languagePairs.ts";

it("takes a language in itself, English both ways, one language in two scripts both ways, and nothing else", () => {
  const kind = (query: string, passage: string) => pairKind({ query, passage });
  expect([kind("sw", "sw"), kind("en", "en"), kind("hi-Latn", "hi-Latn")]).toEqual(["own", "own", "own"]);
  expect([kind("sw", "en"), kind("en", "sw")]).toEqual(["toPivot", "fromPivot"]);
  expect([kind("hi", "hi-Latn"), kind("hi-Latn", "hi")]).toEqual(["scripts", "scripts"]);
  expect([kind("sw", "yo"), kind("zh", "zh-Hant"), kind("hi-Latn", "ur-Latn")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("has 376 pairs in Belebele's 122 languages, as MTEB", () => {
  const { datasets } = JSON.parse(readFileSync("public/datasets/catalog.json", "utf8")) as {
    datasets: { id: string; languages: string[] }[];
  };
  const { languages } = datasets.find(({ id }) => id === "belebele")!;
  const kinds = languages.flatMap((query) =>
    languages.flatMap((passage) => pairKind({ query, passage }) ?? []),
  );
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect(["own", "toPivot", "fromPivot", "scripts"].map(count)).toEqual([122, 121, 121, 12]);
});

it("averages over pairs, each weighing the same; what has no value is left out", () => {
  const means = pairMeans({
    en: { en: 1, hi: 0.5, "hi-Latn": 0.25, sw: null },
    hi: { en: 0.75, hi: 0.5, "hi-Latn": 0, sw: 0.9 },
    "hi-Latn": { en: 0.25, hi: 0.25, "hi-Latn": 0, sw: 0.9 },
    sw: { en: null, hi: 0.9, "hi-Latn": 0.9, sw: 0.5 },
  });
  expect(means).toEqual({
    own: 0.5, // (1 + .5 + 0 + .5) / 4
    toPivot: 0.5, // (.75 + .25) / 2
    fromPivot: 0.375, // (.5 + .25) / 2
    across: 1 / 3, // (.75 + .25 + .5 + .25 + 0 + .25) / 6
    all: 0.4, // (2 + 2) / 10
  });
  expect(pairMeans({ sw: { sw: 0.5, yo: 0.25 } })).toMatchObject({ own: 0.5, across: null, all: 0.5 });
});
