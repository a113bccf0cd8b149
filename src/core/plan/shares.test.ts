// What whole plans give languages: their shares on both sides, for any number of languages per batch, and on data with gaps.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import type { Corpus } from "../data/corpus.ts";
import { createRandom } from "../random.ts";
import { eachKind, ofKinds, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import { checkBranch } from "../spec/lineage.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { trainLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { balanceOf } from "./balance.ts";
import type { Batch } from "./batch.ts";
import { batchPlan, coursePlan } from "./batchPlan.ts";
import { checkPlan } from "./checkPlan.ts";
import { buildPairTable } from "./pairTable.ts";
import { planSources } from "./planSources.ts";
import { ratioAt } from "./ratioAt.ts";

const NONE: Ratio = ofKinds({});
const BATCHES = 4000;
/** chi-square at p = 1e-4, by degrees of freedom from 1 */
const CRITICAL = [15.137, 18.421, 21.108, 23.513, 25.745, 27.856, 29.878];

interface Asked {
  readonly weights: readonly number[];
  readonly kind: BatchKind;
  readonly perBatch?: number;
  readonly positives?: number;
  readonly size?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly law?: "existing" | "blind";
}

const NAMES = ["aa", "bb", "cc", "dd", "ee", "ff", "gg"];
function specOf({ weights, kind, perBatch = 0, ...more }: Asked): ExperimentSpec {
  const { positives = 2, size = 2, steps = BATCHES, seed = 7, law = "existing" } = more;
  const train = Object.fromEntries(weights.map((weight, i) => [NAMES[i]!, weight]));
  return {
    ...DEFAULT_SPEC,
    languages: { ...DEFAULT_SPEC.languages, train, heldOut: [], exponent: 0, perBatch },
    batch: { ...DEFAULT_SPEC.batch, size, positives, law, ratio: { ...NONE, [kind]: 1 } },
    steps,
    seed,
  };
}
const complete = (n: number) => smallCorpus({ languages: NAMES.slice(0, n), nConcepts: 16, nQueries: 1 });
const planOf = (spec: ExperimentSpec, corpus: Corpus): Batch[] => [
  ...batchPlan(spec, buildPairTable(corpus, trainLanguages(spec))),
];
const share = (weights: readonly number[]) => {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
};

/** How often each language is that of a batch's first row: rows of one batch hang together, batches do not. */
function firstRows(asked: Asked) {
  const corpus = complete(asked.weights.length);
  const questions = asked.weights.map(() => 0);
  const passages = asked.weights.map(() => 0);
  const first = asked.weights.map(() => 0); // passages of a multi row are not independent: one of them is
  for (const { rows } of planOf(specOf(asked), corpus)) {
    questions[corpus.queries.langs[rows[0]!.query]!]!++;
    for (const p of rows[0]!.passages) passages[corpus.passages.langs[p]!]!++;
    first[corpus.passages.langs[rows[0]!.passages[0]!]!]!++;
  }
  return { questions, passages, first };
}

function expectShares(counts: readonly number[], shares: readonly number[]) {
  const total = counts.reduce((a, b) => a + b, 0);
  const chiSquare = counts.reduce(
    (sum, n, i) => sum + (n - total * shares[i]!) ** 2 / (total * shares[i]!),
    0,
  );
  expect(chiSquare, `${counts.join()} for ${shares.map((q) => (q * total).toFixed(0)).join()}`).toBeLessThan(
    CRITICAL[counts.length - 2]!,
  );
}

const SETS: [weights: number[], perBatch: number][] = [
  [[4, 2, 1, 1], 1],
  [[4, 2, 1, 1], 2],
  [[4, 2, 1, 1], 3],
  [[4, 2, 1, 1], 4],
  [[4, 2, 1], 2],
  [[10, 1, 1, 1, 1], 3],
  [[7, 6, 5, 4, 3, 2, 1], 2],
  [[7, 6, 5, 4, 3, 2, 1], 5],
];

describe("languages.perBatch", () => {
  it.each(SETS)("of weights %j with %i per batch leaves each language its share", (weights, perBatch) => {
    const { questions } = firstRows({ weights, perBatch, kind: "mixedMono" });
    expectShares(questions, share(weights));
  });

  it("of a blind plan does not", () => {
    const weights = [4, 2, 1, 1];
    const { questions } = firstRows({ weights, perBatch: 2, kind: "mixedMono", law: "blind" });
    expect(() => expectShares(questions, share(weights))).toThrow();
  });

  it("holds no more languages than asked, and all pairs meet", () => {
    const spec = specOf({ weights: [4, 2, 2, 1, 1], perBatch: 2, kind: "cross", steps: 400 });
    const met = new Set(planOf(spec, complete(5)).map(({ languages }) => languages.join()));
    expect([...met].every((pair) => pair.length === 5)).toBe(true);
    expect(met.size).toBe(10);
  });

  it("leaves mono rows of mixed batches their shares, too", () => {
    const weights = [4, 2, 1, 1];
    const base = specOf({ weights, perBatch: 2, kind: "mono" });
    const spec = { ...base, batch: { ...base.batch, unit: "row" as const } };
    const corpus = complete(4);
    const counts = weights.map(() => 0);
    for (const { rows } of planOf(spec, corpus)) counts[corpus.queries.langs[rows[0]!.query]!]!++;
    expectShares(counts, share(weights));
  });
});

describe("cross batches", () => {
  it.each(SETS.filter(([, perBatch]) => perBatch > 1))(
    "of weights %j with %i languages give questions and passages what is asked, or the nearest",
    (weights, perBatch) => {
      const { questions, passages } = firstRows({ weights, perBatch, kind: "cross" });
      const q = share(weights);
      expectShares(questions, q);
      const [most] = q; // the largest weight stands first
      const rest = 1 - most!;
      const nearest = q.map((own, i) => (most! <= 0.5 ? own : i === 0 ? rest : (most! * own) / rest));
      expectShares(passages, nearest);
    },
  );

  it("of a blind plan give passages other shares", () => {
    const { passages } = firstRows({ weights: [4, 3, 2], kind: "cross", law: "blind" });
    expect(() => expectShares(passages, share([4, 3, 2]))).toThrow();
  });
});

describe("multi batches", () => {
  it.each([
    [[4, 3, 2, 1], 2],
    [[5, 4, 3, 2, 1], 3],
    [[3, 3, 2, 2, 1, 1], 2],
  ])("of weights %j with %i passages a row give both sides their shares", (weights, positives) => {
    const q = share(weights);
    const { questions, passages } = firstRows({ weights, positives, kind: "multi" });
    expectShares(questions, q);
    // Inclusion of one language in a row is one draw: n * q_x of all rows, give or take 4 standard deviations
    passages.forEach((n, x) => {
      const pi = Math.min(1, positives * q[x]!);
      expect(Math.abs(n - BATCHES * pi)).toBeLessThanOrEqual(4 * Math.sqrt(BATCHES * pi * (1 - pi)) + 1);
    });
  });
});

describe("complete data and even shares", () => {
  it("have the rows of a blind plan, bit for bit", () => {
    const kinds = fc.record(eachKind(() => fc.nat(2)));
    const property = fc.property(
      kinds,
      fc.record({
        seed: fc.nat(1000),
        perBatch: fc.constantFrom(0, 2, 3),
        size: fc.integer({ min: 2, max: 12 }),
        unit: fc.constantFrom("batch" as const, "row" as const),
        schedule: fc.constantFrom("constant" as const, "linear" as const),
      }),
      (mix, { seed, perBatch, size, ...batch }) => {
        const sum = Object.values(mix).reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const ratio = Object.fromEntries(Object.entries(mix).map(([kind, n]) => [kind, n / sum])) as Ratio;
        const base = specOf({ weights: [1, 1, 1, 1], kind: "mono", perBatch, size, seed, steps: 12 });
        const spec = { ...base, batch: { ...base.batch, ...batch, ratio } };
        const blind = { ...spec, batch: { ...spec.batch, law: "blind" as const } };
        const corpus = smallCorpus({ languages: NAMES.slice(0, 4), nConcepts: 16, nQueries: 2 });
        expect(planOf(spec, corpus)).toEqual(planOf(blind, corpus));
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});

/** Texts by chance: the same concept and language always come out alike. */
const holed = (seed: number, nConcepts = 60) =>
  smallCorpus({
    languages: NAMES.slice(0, 4),
    nConcepts,
    nQueries: 1,
    lacks: (concept, lang) => createRandom(seed).fork(`${concept} ${lang}`).next() < 0.1 + 0.2 * lang,
  });

describe("data with gaps", () => {
  it.each<BatchKind>(["cross", "multi", "mixedMono"])(
    "%s batches are filled as long as there is a row",
    (kind) => {
      const property = fc.property(fc.nat(50), fc.nat(50), (gaps, seed) => {
        const corpus = holed(gaps);
        const table = buildPairTable(corpus, NAMES.slice(0, 4));
        const asked = { weights: [4, 2, 1, 1], kind, seed, steps: 6 };
        const bound = { ...specOf(asked), batch: { ...specOf(asked).batch, size: 1024 } };
        const message = (() => {
          try {
            checkPlan(bound, table, "small");
          } catch (error) {
            return (error as Error).message;
          }
          return "";
        })();
        const size = Number(/choose at most (\d+)/.exec(message)![1]);
        const plan = planOf(specOf({ ...asked, size }), corpus);
        expect(plan).toHaveLength(6);
        for (const { rows } of plan) expect(new Set(rows.map(({ concept }) => concept)).size).toBe(size);
        expect(() => planOf(specOf({ ...asked, size: size + 1 }), corpus)).toThrow("batch.size: ");
      });
      fc.assert(property, { numRuns: 15 });
    },
  );

  it("leave the questions their shares where concepts are enough", () => {
    const weights = [4, 3, 2, 1];
    const corpus = holed(1, 200);
    const counts = weights.map(() => 0);
    for (const { rows } of planOf(specOf({ weights, kind: "cross", size: 4 }), corpus)) {
      counts[corpus.queries.langs[rows[0]!.query]!]!++;
    }
    expectShares(counts, share(weights));
  });

  it.each<[BatchKind, number]>([
    ["cross", 4],
    ["cross", 24],
    ["multi", 20],
    ["mixedMono", 30],
  ])("what %s batches of %i give is reckoned before", (kind, size) => {
    const weights = [1, 1, 2, 4];
    const corpus = holed(3);
    const spec = specOf({ weights, kind, size, steps: 1500 });
    const table = buildPairTable(corpus, trainLanguages(spec));
    const [{ questions, passages, asked } = { questions: [], passages: [], asked: [] }] = balanceOf(
      table,
      planSources(spec, table),
      size,
    );
    share(weights).forEach((q, x) => expect(asked[x]).toBeCloseTo(q, 9));
    const counts = { questions: weights.map(() => 0), passages: weights.map(() => 0) };
    for (const row of planOf(spec, corpus).flatMap(({ rows }) => rows)) {
      counts.questions[corpus.queries.langs[row.query]!]!++;
      for (const p of row.passages) counts.passages[corpus.passages.langs[p]!]!++;
    }
    share(counts.questions).forEach((got, x) => expect(Math.abs(got - questions[x]!)).toBeLessThan(0.03));
    share(counts.passages).forEach((got, y) => expect(Math.abs(got - passages[y]!)).toBeLessThan(0.03));
  });

  it("a longer plan begins as the shorter one, and a plan is its own twin", () => {
    const spec = specOf({ weights: [4, 2, 1, 1], kind: "cross", size: 8, perBatch: 3, steps: 12 });
    const corpus = holed(2, 200);
    const long = planOf({ ...spec, steps: 30 }, corpus);
    expect(long.slice(0, 12)).toEqual(planOf(spec, corpus));
    expect(planOf(spec, corpus)).toEqual(planOf(spec, corpus));
  });

  it("a branch begins as its parent, goes on in its own languages, and keeps the law", () => {
    const corpus = holed(4, 200);
    const parent = specOf({ weights: [4, 2, 1], kind: "cross", size: 8, steps: 20 });
    const spec = specOf({ weights: [1, 1, 1, 4], kind: "multi", size: 8, perBatch: 3, steps: 20 });
    const stretches = [parent, spec].map((own, i) => ({
      spec: own,
      from: 9 * i,
      since: 9 * i,
      table: buildPairTable(corpus, trainLanguages(own)),
    }));
    const branch = [...coursePlan(stretches, ratioAt)];
    expect(branch.slice(0, 9)).toEqual(planOf(parent, corpus).slice(0, 9));
    expect(branch).toHaveLength(20);
    for (const { kind, languages, rows } of branch.slice(9)) {
      expect([kind, languages.length, rows.length]).toEqual(["multi", 3, 8]);
    }
    const blind = { ...spec, batch: { ...parent.batch, law: "blind" as const } };
    expect(() => checkBranch(blind, { spec: parent, step: 9, digest: "" })).toThrow(
      "batch.law: a branch keeps its parent’s existing, got blind",
    );
  });
});
