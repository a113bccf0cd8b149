// Which queries meet which pool, on small invented corpora.
import { describe, expect, it } from "vitest";
import type { Corpus, TextColumns } from "../data/corpus.ts";
import { SPLITS, type Split } from "../data/records.ts";
import { createRandom } from "../random.ts";
import { checkEvalSet } from "./checkEvalSet.ts";
import { buildEvalSet, chooseEvalRows, type EvalSetOptions } from "./evalSet.ts";

interface NamedCorpus extends Corpus {
  readonly ids: { readonly queries: readonly string[]; readonly passages: readonly string[] };
}

type Row = readonly [id: string, lang: string, split: Split, ...concepts: string[]];

function makeCorpus(languages: string[], queries: Row[], passages: Row[]): NamedCorpus {
  const concepts = [...new Set([...queries, ...passages].flatMap(([, , , ...names]) => names))];
  const columns = (rows: Row[]): TextColumns => {
    const offsets = [0];
    for (const [, , , ...names] of rows) offsets.push(offsets.at(-1)! + names.length);
    return {
      langs: Uint16Array.from(rows, ([, lang]) => languages.indexOf(lang)),
      splits: Uint8Array.from(rows, ([, , split]) => SPLITS.indexOf(split)),
      conceptOffsets: Int32Array.from(offsets),
      concepts: Int32Array.from(
        rows.flatMap(([, , , ...names]) => names.map((name) => concepts.indexOf(name))),
      ),
    };
  };
  const [q, p] = [columns(queries), columns(passages)];
  const ids = { queries: queries.map(([id]) => id), passages: passages.map(([id]) => id) };
  const facts = { datasetId: "invented", sha256: "0".repeat(64), languages, nConcepts: concepts.length };
  return { ...facts, queries: q, passages: p, ids };
}

function build(corpus: NamedCorpus, options: Partial<EvalSetOptions> = {}) {
  const all: EvalSetOptions = {
    languages: corpus.languages,
    split: "heldOut",
    maxQueries: 0,
    random: createRandom(1).fork("eval"),
    ...options,
  };
  const rows = chooseEvalRows(corpus, all);
  const passageIds = Array.from(rows.passageRows, (row) => corpus.ids.passages[row]!);
  const queryIds = Array.from(rows.queryRows, (row) => corpus.ids.queries[row]!);
  const set = buildEvalSet(corpus, all.languages, rows, { passageIds, queryIds });
  checkEvalSet(set);
  return { set, ...rows };
}

/** What a set says, in ids. */
function readable(corpus: NamedCorpus, { set, queryRows, passageRows }: ReturnType<typeof build>) {
  const passageId = (i: number) => corpus.ids.passages[passageRows[i]!]!;
  return {
    pool: Array.from(passageRows, (_, i) => passageId(i)),
    relevant: Object.fromEntries(
      Array.from(queryRows, (row, q) => [
        corpus.ids.queries[row]!,
        Array.from(set.relevant.subarray(set.relevantOffsets[q], set.relevantOffsets[q + 1]), passageId),
      ]),
    ),
    queryLangs: Array.from(set.queryLangs, (lang) => set.languages[lang]),
    passageLangs: Array.from(set.passageLangs, (lang) => set.languages[lang]),
  };
}

const small = makeCorpus(
  ["en", "yo", "am"],
  [
    ["q-en-cat", "en", "test", "cat"],
    ["q-yo-cat", "yo", "test", "cat"],
    ["q-am-cat", "am", "test", "cat"],
    ["q-en-dog", "en", "dev", "dog"],
    ["q-yo-lost", "yo", "test", "lost"],
  ],
  [
    ["p-am-cat", "am", "test", "cat"],
    ["p-en-both", "en", "test", "cat", "mat"],
    ["p-en-cat2", "en", "test", "cat"],
    ["p-yo-mat", "yo", "test", "mat"],
    ["p-en-dog", "en", "train", "dog"],
    ["p-yo-dog", "yo", "train", "dog"],
  ],
);

describe("buildEvalSet", () => {
  it("takes test queries and the test pool, language by language in the order asked for", () => {
    expect(readable(small, build(small, { languages: ["yo", "en"] }))).toEqual({
      pool: ["p-yo-mat", "p-en-both", "p-en-cat2"], // am is not asked for: not in the pool either
      relevant: {
        "q-yo-cat": ["p-en-both", "p-en-cat2"], // several per language, none in its own
        "q-yo-lost": [],
        "q-en-cat": ["p-en-both", "p-en-cat2"],
      },
      queryLangs: ["yo", "yo", "en"],
      passageLangs: ["yo", "en", "en"],
    });
  });

  it("knows a query's own document, in its language or in the one that answers, and only where the corpus leaves it out", () => {
    const corpus = makeCorpus(
      ["en", "yo", "am"],
      [
        ["en:a", "en", "test", "cat"],
        ["am:a", "am", "test", "dog"],
        ["en:z", "en", "test", "cat"],
      ],
      [
        ["en:a", "en", "any", "cat"],
        ["yo:a", "yo", "any", "cat"],
        ["en:b", "en", "any", "cat"],
        ["yo:b", "yo", "any", "dog"],
      ],
    );
    const leftOut = ({ set }: ReturnType<typeof build>) => Array.from(set.leftOut ?? []);
    expect(leftOut(build(corpus))).toEqual([]);
    const own = build({ ...corpus, leavesOutOwn: true }, { split: "all" });
    // en:a is judged an answer to itself, and still left out; am has no passages, so its document is in en and in yo.
    expect(readable(corpus, own).relevant).toEqual({
      "en:a": ["en:b", "yo:a", "en:a"],
      "en:z": ["en:a", "en:b", "yo:a"],
      "am:a": ["yo:b", "en:a", "yo:a"],
    });
    expect(leftOut(own)).toEqual([0, 0, 1, 0, 0, 0, 0, 1, 1]);
  });

  it("takes each passage's grade for the query's own concept, and the queries' clusters", () => {
    const graded: Corpus = {
      ...small,
      queries: { ...small.queries, clusters: Int32Array.of(7, -1, 7, 2, -1) },
      // p-am-cat; p-en-both for cat, then mat; p-en-cat2; p-yo-mat; the dogs
      passages: { ...small.passages, grades: Uint8Array.of(1, 3, 2, 1, 1, 1, 1) },
    };
    const { set } = build({ ...graded, ids: small.ids }, { languages: ["yo", "en"] });
    expect([...set.grades!]).toEqual([3, 1, 3, 1]); // q-yo-cat and q-en-cat: p-en-both and p-en-cat2
    expect([...set.queryClusters!]).toEqual([-1, -1, 7]); // q-yo-cat, q-yo-lost, q-en-cat
    expect(build(small).set.grades).toBeUndefined();
  });

  it("lets dev queries search the train pool", () => {
    const { pool, relevant } = readable(small, build(small, { split: "dev" }));
    expect(pool).toEqual(["p-en-dog", "p-yo-dog"]);
    expect(relevant).toEqual({ "q-en-dog": ["p-en-dog", "p-yo-dog"] });
  });

  it("takes everything for `all`", () => {
    const { set } = build(small, { split: "all" });
    expect([set.queryLangs.length, set.passageLangs.length]).toEqual([5, 6]);
  });

  it("orders ties by id descending in code points, not in UTF-16", () => {
    const rows: Row[] = ["\uff61", "\u{1f600}", "a"].map((id) => [id, "en", "test", "x"]);
    const corpus = makeCorpus(["en"], [["q", "en", "test", "x"]], rows);
    // descending: U+1F600, U+FF61, U+0061
    expect([...build(corpus).set.tieOrder]).toEqual([1, 0, 2]);
  });

  it("refuses unknown, doubled and missing languages, and a bad maxQueries", () => {
    expect(() => build(small, { languages: ["xx"] })).toThrow(
      '"xx" is not in invented, which has en, yo, am',
    );
    expect(() => build(small, { languages: ["en", "en"] })).toThrow('"en" is listed twice');
    expect(() => build(small, { languages: [] })).toThrow("at least one language");
    for (const maxQueries of [-1, 1.5, NaN]) {
      expect(() => build(small, { maxQueries })).toThrow(`got ${maxQueries}`);
    }
  });
});

describe("maxQueries", () => {
  const langs = ["a", "b", "c"];
  const names = Array.from({ length: 40 }, (_, i) => `k${i}`);
  const queries = names.flatMap((k, i): Row[] =>
    langs
      .filter((lang) => lang !== "c" || i < 25) // language c lacks 15 concepts
      .flatMap((lang): Row[] => [1, 2].map((n) => [`${lang}-${k}-${n}`, lang, "test", k])),
  );
  const passages = names.flatMap((k) => langs.map((lang): Row => [`p-${lang}-${k}`, lang, "test", k]));
  const corpus = makeCorpus(langs, queries, passages);
  const chosen = (maxQueries: number, seed = 1) => {
    const { queryRows } = build(corpus, { maxQueries, random: createRandom(seed) });
    return Array.from(queryRows, (row) => corpus.ids.queries[row]!);
  };
  const conceptsIn = (ids: string[], lang: string) =>
    ids.filter((id) => id.startsWith(`${lang}-`)).map((id) => id.split("-")[1]!);

  it("keeps the same concepts in all languages, one query of each first", () => {
    const ids = chosen(60);
    expect(ids).toHaveLength(60);
    const [a, b, c] = langs.map((lang) => conceptsIn(ids, lang).sort());
    expect(new Set(a).size).toBe(20);
    expect(b).toEqual(a);
    expect(c).toEqual(a);
  });

  it("is seeded", () => {
    expect(chosen(30)).toEqual(chosen(30));
    expect(chosen(30, 2)).not.toEqual(chosen(30));
  });

  it("never exceeds the maximum, and splits it evenly", () => {
    for (const n of [1, 2, 4, 31, 100, 149]) {
      const ids = chosen(n);
      expect(ids).toHaveLength(n);
      const sizes = langs.map((lang) => conceptsIn(ids, lang).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it("gives what a small language lacks to the others", () => {
    // 210 queries exist (80 + 80 + 50); of 180, c gives its 50 and a and b share 130
    const sizes = langs.map((lang) => conceptsIn(chosen(180), lang).length);
    expect(sizes).toEqual([65, 65, 50]);
  });

  it("draws nothing when all fit", () => {
    expect(chosen(210)).toEqual(chosen(0));
    expect(chosen(1000)).toHaveLength(210);
  });

  it("prefers concepts that have passages", () => {
    const lonely = makeCorpus(
      ["a"],
      names.map((k): Row => [`q-${k}`, "a", "test", k]),
      names.slice(30).map((k): Row => [`p-${k}`, "a", "test", k]),
    );
    const { set } = build(lonely, { maxQueries: 10 });
    expect(set.relevant.length).toBe(10); // only the last ten of forty concepts have one
  });
});
