import { describe, expect, it } from "vitest";
import { groupTexts, tokensOf, type LoadedSource, type SourceRow } from "./textGroups.ts";
import { hubPairs, textCounts } from "./hubPairs.ts";

const row = (
  side: "queries" | "passages",
  lang: string,
  concepts: string[],
  tokens: number[],
  split = "train",
) => ({ side, lang, concepts, tokens: Int32Array.from(tokens), split }) as SourceRow;
const set = (id: string, use: "sentences" | "pairs", rows: SourceRow[]): LoadedSource => ({
  source: { id, use, weight: 1, dropTestPhrases: false },
  rows,
});

const parallel = set("news", "sentences", [
  row("queries", "en", ["1"], [5, 6]),
  row("passages", "en", ["1"], [5, 6, 5]),
  row("passages", "de", ["1"], [7, 8]),
  row("passages", "de", ["2"], [9]),
  row("passages", "de", ["3"], []),
  row("passages", "de", ["4"], [9], "test"),
]);
const pairs = set("quiz", "pairs", [
  row("queries", "en", ["a"], [5]),
  row("queries", "de", ["a"], [7]),
  row("passages", "en", ["a", "b"], [6]),
]);

describe("groupTexts", () => {
  const store = groupTexts([parallel, pairs], "train");

  it("groups by concept, without empty texts, other splits and queries of parallel texts", () => {
    expect(store.languages).toEqual(["de", "en"]);
    const [news, quiz] = store.sets;
    expect(news!.groups.map(({ concept }) => concept)).toEqual(["1", "2"]);
    expect(news!.groups[0]!.queries).toEqual([]);
    expect(news!.groups[0]!.passages.map(({ row }) => [...tokensOf(store.rows, row)])).toEqual([
      [5, 6, 5],
      [7, 8],
    ]);
    expect(
      quiz!.groups.map(({ concept, queries, passages }) => [concept, queries.length, passages.length]),
    ).toEqual([
      ["a", 2, 1],
      ["b", 0, 1], // the passage answers both
    ]);
  });

  it("pairs texts with English, as distinct pieces, side by side", () => {
    const found = hubPairs(store);
    expect(found.map(({ lang }) => store.languages[lang])).toEqual(["de"]);
    expect(found[0]!.pairs.map(({ source, target }) => [[...source], [...target]])).toEqual([
      [
        [7, 8],
        [5, 6],
      ],
      [[7], [5]],
    ]);
  });

  it("counts each text once, also when it answers twice", () => {
    const { counts, texts } = textCounts(store, 1, 10);
    expect(texts).toBe(3);
    expect([counts[5], counts[6]]).toEqual([2, 2]);
  });
});
