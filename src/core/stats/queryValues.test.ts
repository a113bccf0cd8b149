import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryClusters } from "./queryClusters.ts";
import {
  keepQueryValues,
  MAX_KEPT_QUERIES,
  parseQueryValues,
  queryValuesJson,
  sameQueries,
  type QueryValues,
} from "./queryValues.ts";

const clusters = (relevant: number[][], stated?: number[]) => [
  ...queryClusters({
    ...(stated && { queryClusters: Int32Array.from(stated) }),
    queryLangs: new Uint16Array(relevant.length),
    relevantOffsets: Int32Array.from([0, ...relevant].map((_, q) => relevant.slice(0, q).flat().length)),
    relevant: Int32Array.from(relevant.flat()),
  }),
];

describe("queryClusters", () => {
  it("joins the queries that share a passage, directly or through others", () => {
    expect(clusters([[0, 1], [2], [1, 0], [3], [2, 3]])).toEqual([0, 1, 0, 1, 1]);
  });

  it("leaves queries without a relevant passage alone", () => {
    expect(clusters([[], [4], [], [4]])).toEqual([0, 1, 2, 1]);
  });

  it("joins the queries of a stated cluster, and what their passages join to it", () => {
    // 0 and 3 are of paragraph 5; 1 shares a passage with 3; 2 and 4 state nothing
    expect(clusters([[0], [1], [2], [1], []], [5, -1, -1, 5, -1])).toEqual([0, 0, 1, 0, 2]);
  });

  it("is the finest division that keeps shared passages together", () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(12), { maxLength: 3 }), { maxLength: 15 }), (relevant) => {
        const found = clusters(relevant);
        // by hand: grow the set reached from each query until nothing is added
        relevant.forEach((own, q) => {
          const reached = new Set([q]);
          const passages = new Set(own);
          for (let grown = true; grown;) {
            grown = false;
            relevant.forEach((others, p) => {
              if (reached.has(p) || !others.some((passage) => passages.has(passage))) return;
              reached.add(p);
              others.forEach((passage) => passages.add(passage));
              grown = true;
            });
          }
          expect(found.flatMap((c, p) => (c === found[q] ? [p] : []))).toEqual(
            [...reached].sort((a, b) => a - b),
          );
        });
      }),
    );
  });
});

const list = (...values: number[]) => Float32Array.from(values);
const VALUES: QueryValues = {
  languages: ["de", "en"],
  queryLangs: Uint16Array.of(0, 1),
  clusters: Int32Array.of(0, 0),
  crossPools: Int32Array.of(1, 1),
  pools: list(1 / 3, 0.5, NaN, 1),
  values: {
    "map/mono": list(1 / 3, 1),
    "map/cross": list(0.5, NaN),
    "map/multi": list(0.1, 0.2),
    rankDistance: list(812, NaN),
    sameLanguageShare: list(0.6, 1),
    "ndcg@10/mono": list(0.5, 1),
  },
};

describe("parseQueryValues", () => {
  it("gives back what was stored, from a store and from JSON", () => {
    expect(parseQueryValues(structuredClone(VALUES), "here")).toEqual(VALUES);
    expect(parseQueryValues(JSON.parse(JSON.stringify(queryValuesJson(VALUES))), "here")).toEqual(VALUES);
    const { pools: _, ...older } = VALUES;
    expect(parseQueryValues(structuredClone(older), "here")).toEqual(older);
  });

  it.each([
    ["no object", 3, "here: the entry is not as stored"],
    ["a metric that is missing", { ...VALUES, values: {} }, "here: values.map/mono is not as stored"],
    ["lists of unequal length", { ...VALUES, queryLangs: [0] }, "clusters has 2 entries for 1 queries"],
    ["an unknown language", { ...VALUES, queryLangs: [0, 2] }, "names a language that is not there"],
    ["a cluster out of bounds", { ...VALUES, clusters: [0, 2] }, "clusters must be numbered from 0 to 1"],
    [
      "weights of too few languages",
      { ...VALUES, crossPools: [1] },
      "crossPools has 1 entries for 2 languages",
    ],
    [
      "APs of too few pools",
      { ...VALUES, pools: list(1, 1, 1) },
      "pools has 3 entries for 2 queries x 2 languages",
    ],
    [
      "an infinite value",
      { ...VALUES, values: { ...VALUES.values, rankDistance: list(Infinity, 1) } },
      "rankDistance must hold finite numbers",
    ],
    ["text for a number", { ...VALUES, clusters: ["0", 0] }, "here: clusters"],
  ])("refuses %s in one sentence", (_, value, sentence) => {
    expect(() => parseQueryValues(value, "here")).toThrow(sentence);
  });

  it("lets nothing else through", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseQueryValues(value, "x")).toThrow(/^x: /);
      }),
    );
  });
});

it("keeps no values of an evaluation beyond the bound", () => {
  const set = { queryLangs: { length: MAX_KEPT_QUERIES + 1 } } as Parameters<typeof keepQueryValues>[0];
  expect(keepQueryValues(set, {} as Parameters<typeof keepQueryValues>[1])).toBeUndefined();
});

it("pairs two runs only if they were asked the same", () => {
  expect(sameQueries(VALUES, structuredClone(VALUES))).toBe(true);
  expect(sameQueries(VALUES, { ...VALUES, languages: ["de", "fr"] })).toBe(false);
  expect(sameQueries(VALUES, { ...VALUES, languages: VALUES.languages.map((lang) => `${lang}-US`) })).toBe(
    true,
  );
  expect(sameQueries(VALUES, { ...VALUES, clusters: Int32Array.of(0, 1) })).toBe(false);
  expect(sameQueries(VALUES, { ...VALUES, queryLangs: Uint16Array.of(0) })).toBe(false);
});
