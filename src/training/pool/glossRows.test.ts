// Whose English stands beside an answer.
import { expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { glossRows } from "./glossRows.ts";

const languages = ["de", "en", "th"];

it("is the same concept's English passage, and none beside English", () => {
  const corpus = smallCorpus({
    languages,
    nConcepts: 4,
    lacks: (concept, lang) => concept === 2 && lang === 1,
  });
  const { ids } = corpus.passages;
  const found = glossRows(corpus, [...ids.keys()]);
  expect(ids.map((id, i) => [id, found[i] === undefined ? undefined : ids[found[i]]])).toEqual([
    ["de:c0", "en:c0"],
    ["de:c1", "en:c1"],
    ["de:c2", undefined], // concept 2 has no English
    ["de:c3", "en:c3"],
    ["en:c0", undefined],
    ["en:c1", undefined],
    ["en:c3", undefined],
    ["th:c0", "en:c0"],
    ["th:c1", "en:c1"],
    ["th:c2", undefined],
    ["th:c3", "en:c3"],
  ]);
});

it("is none where the data has no English", () => {
  expect(glossRows(smallCorpus({ languages: ["de", "th"], nConcepts: 2 }), [0, 3])).toEqual([
    undefined,
    undefined,
  ]);
});
