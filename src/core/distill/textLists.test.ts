import { describe, expect, it } from "vitest";
import { listTexts, vectorKey, type ParallelText } from "./textLists.ts";
import type { VectorSource } from "./vectorRecipe.ts";

const text = (concept: string, lang: string, split: ParallelText["split"] = "train"): ParallelText => ({
  id: `${lang}:${concept}`,
  lang,
  concept,
  split,
  text: `${lang} says ${concept}`,
});
const source = (changes: Partial<VectorSource> = {}): VectorSource => ({
  id: "set",
  kind: "passage",
  pivot: "optional",
  ...changes,
});
const aligned = { centre: "language", pivot: "en", together: 0 } as const;
const LANGUAGES = ["en", "de", "sw"];
const idsOf = (
  texts: readonly ParallelText[],
  changes: Partial<VectorSource> = {},
  split: ParallelText["split"] = "train",
) =>
  listTexts({ sources: [source(changes)], targets: aligned }, [texts], LANGUAGES, split).map((list) => [
    list.lang,
    list.texts.map(({ id }) => id),
  ]);

describe("listTexts", () => {
  it("makes a list for each chosen language that the set has, in the recipe's order, of one split", () => {
    const texts = [text("1", "de"), text("1", "en"), text("1", "fr")];
    texts.push(text("2", "en", "test"), text("2", "de", "test"));
    expect(idsOf(texts)).toEqual([
      ["en", ["en:1"]],
      ["de", ["de:1"]],
    ]);
    expect(idsOf(texts, {}, "test")).toEqual([
      ["en", ["en:2"]],
      ["de", ["de:2"]],
    ]);
  });

  it("leaves out what no other chosen language says", () => {
    const texts = [text("1", "en"), text("1", "de"), text("2", "en"), text("3", "en"), text("3", "fr")];
    expect(idsOf(texts)).toEqual([
      ["en", ["en:1"]],
      ["de", ["de:1"]],
    ]);
  });

  it("refuses a text without the pivot where its source requires one, and takes it elsewhere", () => {
    const texts = [text("1", "en"), text("1", "de"), text("7", "de"), text("7", "sw")];
    expect(idsOf(texts)).toEqual([
      ["en", ["en:1"]],
      ["de", ["de:1", "de:7"]],
      ["sw", ["sw:7"]],
    ]);
    const sentence = 'set: text de:7 has no translation into "en", which the recipe requires of this set';
    expect(() => idsOf(texts, { pivot: "required" })).toThrow(sentence);
    // Without a pivot in the recipe nobody asks for one.
    const raw = {
      sources: [source({ pivot: "required" })],
      targets: { centre: "nothing", pivot: null, together: 0 } as const,
    };
    expect(listTexts(raw, [texts], LANGUAGES, "train")).toHaveLength(3);
  });
});

describe("vectorKey", () => {
  it("is SHA-256 over the prefixed texts with line feeds between", () => {
    // printf 'query: a\nquery: b' | sha256sum
    expect(vectorKey("query: ", ["a", "b"])).toBe(
      "5174b7816cf86cb492da6b2b8090994ee65fce0e1764f85baaf11f48306d03c5",
    );
    expect(vectorKey("", ["query: a", "query: b"])).toBe(vectorKey("query: ", ["a", "b"]));
  });
});
