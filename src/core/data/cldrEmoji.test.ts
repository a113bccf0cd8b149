// Invented names and keywords: how concepts, splits and queries are chosen. Facts of the built set: buildEmbedded.test.ts
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import * as cldr from "./cldrEmoji.ts";
import type { SidedRecord } from "./records.ts";

const EMOJI = ["😀", "🐱", "🚲", "🍎", "🌧", "🎈", "📚", "🧔‍♂"];
const RANDOM = createRandom(5);

/** Four keywords per emoji, none shared, in a language made of its tag and numbers. */
function language(tag: string, keys: readonly string[] = EMOJI): cldr.Annotations {
  const words = (i: number) => ["a", "b", "c", "d"].map((w) => `${tag}${w}${i}`);
  return Object.fromEntries(
    keys.map((k, i) => [k, { tts: [`${tag} name ${i}`], default: [...words(i), `${tag} Name ${i}`] }]),
  );
}

describe("concepts", () => {
  it("are emoji by code points, without text signs, keycaps and bare skin tones", () => {
    expect(["😀", "🧔‍♂", "🇰", "©"].map(cldr.isEmoji)).toEqual([true, true, true, true]);
    expect(["&", "→", "€", "1⃣", "🏽"].map(cldr.isEmoji)).toEqual([false, false, false, false, false]);
    expect(cldr.conceptId("🧔‍♂")).toBe("1f9d4-200d-2642");
    expect(cldr.emojiOf("1f9d4-200d-2642")).toBe("🧔‍♂");
    expect(cldr.emojiOf("2764")).toBe("❤️"); // with U+FE0F, or it is a black text sign
  });
});

describe("readEntries", () => {
  it("drops the name and repeats among the keywords, compared without case, width and extra spaces", () => {
    const entries = cldr.readEntries({
      "🐱": { tts: ["Cat Face"], default: ["cat  face", "ＰＥＴ", "pet", " kitten , Cat face", ""] },
      "🚲": { default: ["wheels"] }, // no name
      "&": { tts: ["ampersand"], default: ["and"] },
    });
    const cat = { name: "Cat Face", keywords: ["ＰＥＴ", "kitten"], words: ["pet", "kitten", "cat face"] };
    expect([...entries]).toEqual([["🐱", cat]]);
  });
});

describe("dealQueries", () => {
  const entry = (name: string, keywords: string[]) => ({ name, keywords, words: [...keywords, name] });
  const deal = (n: number, entries: [string, cldr.Entry][]) =>
    cldr.dealQueries(new Map(entries), () => n, RANDOM);

  it("deals every keyword once, at least two to a query", () => {
    for (const [n, nKeywords, sizes] of [
      [3, 7, [3, 2, 2]],
      [3, 5, [3, 2]],
      [3, 3, [3]],
      [2, 9, [5, 4]],
    ] as const) {
      const keywords = Array.from({ length: nKeywords }, (_, i) => `w${i}`);
      const groups = deal(n, [["😀", entry("n", keywords)]]).get("😀")!;
      expect(groups.map((g) => g.length)).toEqual(sizes);
      expect(groups.flat().sort()).toEqual(keywords);
    }
  });

  it("keeps words that at most MAX_CARRIERS emoji share, and drops a query that fits more", () => {
    const family = (size: number) =>
      EMOJI.slice(0, size).map((k, i): [string, cldr.Entry] => [k, entry(`n${i}`, ["face"])]);
    expect(deal(2, family(cldr.MAX_CARRIERS)).size).toBe(4);
    expect(deal(2, family(cldr.MAX_CARRIERS + 1)).size).toBe(0);
  });

  it("takes the name's own words in another order for no query", () => {
    expect(deal(2, [["🙁", entry("frowning face", ["face", "frowning"])]]).size).toBe(0);
    expect(deal(2, [["🙁", entry("frowning face", ["face", "sad"])]]).size).toBe(1);
  });

  it("counts a name as a carrier and falls back to one query of all keywords", () => {
    const others = EMOJI.slice(1, 6).map((k, i): [string, cldr.Entry] => [
      k,
      // five emoji carry both a and b, one of them "a" as its name: the pair {a, b} alone would be too common
      i === 0 ? entry("a", ["b"]) : entry(`n${i}`, ["a", "b"]),
    ]);
    const own: [string, cldr.Entry] = ["😀", entry("n", ["a", "b", "c", "d"])];
    const nQueries = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const groups = cldr.dealQueries(new Map([own, ...others]), () => 2, createRandom(seed)).get("😀")!;
      nQueries.add(groups.length);
      expect(groups.map((g) => [...g].sort().join(""))).not.toContain("ab");
      expect(groups.flat().sort()).toEqual(["a", "b", "c", "d"]);
    }
    expect([...nQueries].sort()).toEqual([1, 2]); // a and b meet in a third of the deals
  });
});

describe("buildEmojiSet", () => {
  const annotations = new Map([
    ["sw", language("sw")],
    ["en", { ...language("en"), "👽": { tts: ["alien"], default: ["ufo"] } }],
    ["xx", language("xx", EMOJI.slice(0, 3))], // too few
  ]);
  const build = (seed = 1) => {
    const set = cldr.buildEmojiSet(annotations, createRandom(seed), 8);
    return { ...set, records: [...set.records] };
  };
  const ids = (records: SidedRecord[], side: string) =>
    records.filter((r) => r.side === side).map((r) => r.record._id);

  it("keeps languages with enough emoji, and emoji named in all of them", () => {
    const { languages, concepts } = build();
    expect(languages).toEqual(["en", "sw"]);
    expect([...concepts].sort()).toEqual([...EMOJI].sort()); // not the alien, which sw lacks
  });

  it("gives each concept one split in all languages: a quarter is test", () => {
    const { records } = build();
    const passages = records.flatMap((r) => (r.side === "passages" ? [r.record] : []));
    const test = passages.filter(({ split }) => split === "test");
    expect(passages).toHaveLength(16);
    expect(test).toHaveLength(4); // 8 concepts / 4 = 2, in 2 languages
    expect(new Set(test.flatMap(({ concepts }) => concepts)).size).toBe(2);
  });

  it("asks for test concepts in test queries, for others in train and dev queries", () => {
    const { records } = build();
    const testConcepts = new Set(
      records.flatMap((r) => (r.side === "passages" && r.record.split === "test" ? r.record.concepts : [])),
    );
    const queries = records.flatMap((r) => (r.side === "queries" ? [r.record] : []));
    for (const { split, concept } of queries) expect(split === "test").toBe(testConcepts.has(concept));
    // four keywords each: train concepts one train and one dev query, test concepts two test queries
    const count = (split: string) => queries.filter((q) => q.split === split).length;
    expect([count("train"), count("dev"), count("test")]).toEqual([12, 12, 4 * 2]);
    expect(new Set(ids(records, "queries")).size).toBe(32);
  });

  it("is the same for the same seed and another for another", () => {
    expect(build(1)).toEqual(build(1));
    expect(build(1).records).not.toEqual(build(2).records);
  });

  it("gives a language the same queries whatever other languages there are", () => {
    const alone = cldr.buildEmojiSet(new Map([["sw", language("sw")]]), createRandom(1), 8);
    const both = build().records.filter((r) => r.record.lang === "sw");
    expect([...alone.records]).toEqual(both);
  });
});
