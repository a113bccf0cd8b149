// An exported project measures what the lab measures, on the same vectors: ties, grades, gaps and own documents included.
import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "../../src/core/data/canonicalJson.ts";
import type { EvalSet } from "../../src/core/metrics/evaluation.ts";
import { createRankCounter } from "../../src/core/metrics/rankCounter.ts";
import { metricFacts } from "../../src/core/project/experimentFacts.ts";
import { writtenFinal } from "../../src/core/record/finalForm.ts";
import { keepQueryValues, queryValuesJson } from "../../src/core/stats/queryValues.ts";
import { evaluationFacts } from "../../src/training/export/evaluationFacts.ts";
import { judge } from "./judge.ts";

const CUTS = ["recall@3/multi", "ndcg@5/cross", "ndcg@5/pairs", "mrr@2/multi"];
const LANGUAGES = ["cy", "de", "en"];

interface Invented {
  readonly set: EvalSet;
  readonly queries: number[][];
  readonly passages: number[][];
}

/** Vectors of small whole numbers: scores are exact, and many are equal. */
const vectors = (n: number) =>
  fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 3, maxLength: 3 }), {
    minLength: n,
    maxLength: n,
  });

const invented: fc.Arbitrary<Invented> = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 3, max: 24 }))
  .chain(([nQueries, nPassages]) =>
    fc
      .record({
        queryLangs: fc.array(fc.nat(2), { minLength: nQueries, maxLength: nQueries }),
        passageLangs: fc.array(fc.nat(2), { minLength: nPassages, maxLength: nPassages }),
        listed: fc.array(
          fc.uniqueArray(fc.tuple(fc.nat(nPassages - 1), fc.integer({ min: 1, max: 3 }), fc.nat(5)), {
            selector: ([passage]) => passage,
            maxLength: 6,
          }),
          { minLength: nQueries, maxLength: nQueries },
        ),
        tieOrder: fc.shuffledSubarray([...Array(nPassages).keys()], { minLength: nPassages }),
        queries: vectors(nQueries),
        passages: vectors(nPassages),
        isGraded: fc.boolean(),
        leavesOut: fc.boolean(),
      })
      .map(({ queryLangs, passageLangs, listed, tieOrder, queries, passages, isGraded, leavesOut }) => {
        const offsets = [0];
        for (const list of listed) offsets.push(offsets.at(-1)! + list.length);
        const entries = listed.flat();
        const set: EvalSet = {
          languages: LANGUAGES,
          queryLangs: Uint16Array.from(queryLangs),
          passageLangs: Uint16Array.from(passageLangs),
          relevantOffsets: Int32Array.from(offsets),
          relevant: Int32Array.from(entries, ([passage]) => passage),
          ...(isGraded && { grades: Uint8Array.from(entries, ([, grade]) => grade) }),
          ...(leavesOut && { leftOut: Uint8Array.from(entries, ([, , left]) => Number(left === 0)) }),
          tieOrder: Int32Array.from(tieOrder),
        };
        return { set, queries, passages };
      }),
  );

/** What a device would count, passage by passage. */
function counted({ set, queries, passages }: Invented) {
  const { relevant, relevantOffsets, passageLangs, tieOrder } = set;
  const score = (q: number, p: number) => queries[q]!.reduce((sum, x, d) => sum + x * passages[p]![d]!, 0);
  const every = [...passages.keys()];
  const outranks = (q: number, p: number, other: number) =>
    score(q, p) > score(q, other) || (score(q, p) === score(q, other) && tieOrder[p]! < tieOrder[other]!);
  const above: number[] = [];
  for (const q of queries.keys()) {
    for (const passage of relevant.subarray(relevantOffsets[q], relevantOffsets[q + 1])) {
      const better = every.filter((p) => p !== passage && outranks(q, p, passage));
      above.push(better.length, better.filter((p) => passageLangs[p] === passageLangs[passage]).length);
    }
  }
  const top = [...queries.keys()].map((q) => {
    const order = every.toSorted((a, b) => (outranks(q, a, b) ? -1 : 1));
    return order.slice(0, 10).filter((p) => passageLangs[p] === set.queryLangs[q]).length;
  });
  return { above: Float32Array.from(above), topSameLanguage: Float32Array.from(top) };
}

it("measures alike, and spells numbers as the lab's digests do", async () => {
  const { seed } = fc.readConfigureGlobal();
  const seeded = seed === undefined ? {} : { seed };
  const cases = fc.sample(invented, { numRuns: 150, ...seeded });
  const values = fc.sample(
    fc.dictionary(
      fc.string({ unit: "grapheme" }),
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()),
    ),
    { numRuns: 300, ...seeded },
  );
  const edges = [
    0, -0, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e-7, 5e-324, 1.7976931348623157e308, -1.5, 100,
  ];
  const theirs = await judge<{ cases: { final: object; perQuery: object }[]; spelt: string }>(
    "projectEvaluation.py",
    {
      metrics: metricFacts(CUTS),
      cases: cases.map(({ set, queries, passages }) => ({
        asked: evaluationFacts({ set, queryRows: new Int32Array(), passageRows: new Int32Array() }),
        queries,
        passages,
      })),
      values: [values, edges],
    },
  );
  expect(theirs.spelt).toBe(canonicalJson([values, edges]));
  for (const [i, one] of cases.entries()) {
    const counter = createRankCounter(one.set, CUTS);
    counter.addRanks(0, one.queries.length, counted(one));
    const ours = {
      final: writtenFinal(counter.finish()),
      perQuery: queryValuesJson(keepQueryValues(one.set, counter.perQuery())!),
    };
    expectNear(theirs.cases[i], JSON.parse(JSON.stringify(ours)), `case ${i}`);
  }
});

function expectNear(found: unknown, right: unknown, where: string): void {
  if (typeof right === "number") expect(Math.abs((found as number) - right), where).toBeLessThan(1e-6);
  else if (typeof right === "object" && right !== null) {
    expect(Object.keys(found as object).sort(), where).toEqual(Object.keys(right).sort());
    for (const [key, value] of Object.entries(right))
      expectNear((found as Record<string, unknown>)[key], value, `${where} ${key}`);
  } else expect(found, where).toBe(right);
}
