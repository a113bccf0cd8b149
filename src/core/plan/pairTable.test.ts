// Which queries can meet which passages, and what is said of a language without any.
import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import type { Corpus } from "../data/corpus.ts";
import { SPLITS, type Split } from "../data/records.ts";
import { buildPairTable } from "./pairTable.ts";

const corpus = smallCorpus({ languages: ["ar", "de", "en"], nConcepts: 8 });
const inSplit = (side: Corpus["queries"], lang: string, split: Split): Corpus["queries"] => ({
  ...side,
  splits: side.splits.map((of, row) =>
    corpus.languages[side.langs[row]!] === lang ? SPLITS.indexOf(split) : of,
  ),
});

describe("the pair table", () => {
  it("has each training query that a passage answers, by language, and the passages of its concept", () => {
    const { languages, queries, conceptOf, passagesOf } = buildPairTable(corpus, ["en", "de"]);
    expect(languages).toEqual(["en", "de"]);
    queries.forEach((rows, lang) => {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(corpus.languages[corpus.queries.langs[row]!]).toBe(languages[lang]);
        expect(SPLITS[corpus.queries.splits[row]!]).toMatch(/^(train|any)$/);
        const [passage] = passagesOf(conceptOf[row]!, lang);
        expect(corpus.passages.langs[passage!]).toBe(corpus.languages.indexOf(languages[lang]!));
      }
    });
  });

  it("says of a language without pairs why, and which others have some: never that language itself", () => {
    const sentence = (of: Corpus, languages: readonly string[]) => {
      try {
        buildPairTable(of, languages);
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(sentence(corpus, ["fr"])).toBe(
      'languages.train: small has no training pair in "fr": no query for training; leave it out, or choose among ar, de, en',
    );
    const untrained: Corpus = { ...corpus, queries: inSplit(corpus.queries, "ar", "test") };
    expect(sentence(untrained, ["ar", "de"])).toBe(
      'languages.train: small has no training pair in "ar": no query for training; leave it out, or choose among de, en',
    );
    // Arabic queries alone, and no Arabic passage to train on.
    const unanswered: Corpus = { ...corpus, passages: inSplit(corpus.passages, "ar", "test") };
    expect(sentence(unanswered, ["ar"])).toBe(
      'languages.train: small has no training pair in "ar": no passage for its training queries in any language trained on; leave it out, or choose among de, en',
    );
    const nothing: Corpus = {
      ...corpus,
      queries: { ...corpus.queries, splits: corpus.queries.splits.map(() => 2) },
    };
    expect(sentence(nothing, ["ar"])).toMatch(/no query for training; nor has it any in another language$/);
  });
});
