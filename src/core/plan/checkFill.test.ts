// What is refused before a run: only what the plan cannot fill, and all that it certainly cannot.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { SpecError } from "../inputError.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { eachKind, ofKinds, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { batchPlan } from "./batchPlan.ts";
import { checkFill, neverAsked } from "./checkFill.ts";
import { buildPairTable, type PairTable } from "./pairTable.ts";
import { planSources } from "./planSources.ts";

const languages = ["de", "en", "th"];
const NONE: Ratio = ofKinds({});

function specOf(
  ratio: Ratio,
  size: number,
  changes: { seed?: number; steps?: number; unit?: "batch" | "row"; perBatch?: number } = {},
): ExperimentSpec {
  const { seed = 1, steps = 1, unit = "batch", perBatch = 0 } = changes;
  return {
    ...DEFAULT_SPEC,
    languages: {
      ...DEFAULT_SPEC.languages,
      train: { de: 1, en: 1, th: 1 },
      heldOut: [],
      exponent: 0, // languages are equally likely, however few their pairs
      perBatch,
    },
    batch: { ...DEFAULT_SPEC.batch, size, ratio, unit, positives: 2, schedule: "constant" },
    steps,
    seed,
  };
}
const only = (kind: BatchKind): Ratio => ({ ...NONE, [kind]: 1 });

/** Of 12 concepts 9 train; `gaps` holds concept x language texts that are there for the test alone. */
function tableWith(gaps: readonly [side: 0 | 1, concept: number, lang: number][]): PairTable | undefined {
  const corpus = smallCorpus({ languages, nConcepts: 12, nQueries: 1 });
  for (const [side, concept, lang] of gaps) {
    const { splits } = side === 0 ? corpus.queries : corpus.passages;
    splits[lang * 12 + concept] = 2;
  }
  try {
    return buildPairTable(corpus, languages);
  } catch {
    return undefined; // a language without any pair, which is refused before
  }
}
const fails = (act: () => unknown) => {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof SpecError) return true;
    throw error;
  }
};
const planFails = (spec: ExperimentSpec, table: PairTable) => fails(() => [...batchPlan(spec, table)]);
const checkFails = (spec: ExperimentSpec, table: PairTable) => fails(() => checkFill(spec, table, "small"));

const gaps = fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const), fc.nat(8), fc.nat(2)), {
  maxLength: 40,
});

describe("checkFill", () => {
  it("refuses nothing that the plan can fill, whatever the mix", () => {
    const mix = fc.record(eachKind(() => fc.nat(2)));
    let refused = 0;
    const property = fc.property(
      gaps,
      mix,
      fc.record({
        size: fc.integer({ min: 2, max: 10 }),
        seed: fc.nat(50),
        perBatch: fc.constantFrom(0, 2),
        unit: fc.constantFrom("batch" as const, "row" as const),
      }),
      (holes, ratio, { size, ...rest }) => {
        const table = tableWith(holes);
        fc.pre(table !== undefined && Object.values(ratio).some((part) => part > 0));
        const spec = specOf(ratio, size, { ...rest, steps: 4 });
        if (!checkFails(spec, table)) return;
        refused++;
        expect(planFails(spec, table)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 300 });
    expect(refused).toBeGreaterThan(30);
  });

  it("refuses exactly what the plan cannot fill in one language", () => {
    const property = fc.property(gaps, fc.integer({ min: 2, max: 9 }), fc.nat(20), (holes, size, seed) => {
      const table = tableWith(holes);
      fc.pre(table !== undefined);
      const spec = specOf(only("mono"), size, { seed, steps: 5 });
      expect(checkFails(spec, table)).toBe(planFails(spec, table));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("refuses what no seed fills, kind by kind", () => {
    const kinds = fc.constantFrom<BatchKind>("cross", "multi", "mixedMono");
    const property = fc.property(gaps, kinds, fc.integer({ min: 2, max: 9 }), (holes, kind, size) => {
      const table = tableWith(holes);
      fc.pre(table !== undefined);
      const seeds = Array.from({ length: 40 }, (_, seed) => specOf(only(kind), size, { seed }));
      if (seeds.every((spec) => planFails(spec, table))) {
        expect(checkFails(seeds[0]!, table)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("says which batches, where, and the largest size that works", () => {
    const holes = [0, 1, 2, 3, 4].map((concept): [0 | 1, number, number] => [1, concept, 2]);
    const table = tableWith(holes)!; // Thai has passages of 4 of its 9 concepts
    const spec = specOf(only("mono"), 6, { steps: 20 });
    expect(() => checkFill(spec, table, "small")).toThrow(
      "batch.size: mono batches in th need 6 different concepts, small has 4 for them; " +
        "choose at most 4, or leave th out of languages.train",
    );
    expect(() => checkFill(specOf(only("mono"), 4, { steps: 20 }), table, "small")).not.toThrow();
    expect(() => checkFill(specOf(only("cross"), 10), table, "small")).toThrow(
      "batch.size: cross batches in de, en, th need 10 different concepts, small has 9 for them; " +
        "choose at most 9, or use more languages",
    );
  });
});

describe("neverAsked", () => {
  it("names a language whose questions have no answer in another one, where cross batches are drawn", () => {
    const holes = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((concept): [0 | 1, number, number][] =>
      concept < 5 ? [[0, concept, 2]] : [1, 0].map((lang) => [1, concept, lang]),
    ); // Thai asks about concepts 5 to 8, which are told in Thai alone
    const table = tableWith(holes)!;
    expect(neverAsked(specOf(only("cross"), 2), table)).toEqual([
      "Cross-lingual batches never ask in th: none of its questions has an answer in another training language",
    ]);
    expect(neverAsked(specOf(only("mono"), 2), table)).toEqual([]);
    expect(neverAsked(specOf(only("cross"), 2), tableWith([])!)).toEqual([]);
  });

  it("asks a branch only for the batches from its step on", () => {
    const holes = [0, 1, 2, 3, 4].map((concept): [0 | 1, number, number] => [1, concept, 2]);
    const table = tableWith(holes)!; // no mono batch of 6 in Thai, as above
    const ratioEnd = { ...only("mono"), mono: 0, cross: 1 };
    const spec = specOf(only("mono"), 6, { steps: 20 });
    const jump = { ...spec, batch: { ...spec.batch, schedule: "step" as const, ratioEnd } }; // to cross at step 10
    expect(() => checkFill(jump, table, "small")).toThrow("batch.size: mono batches in th");
    expect(() => checkFill(jump, table, "small", planSources(jump, table, { from: 10 }))).not.toThrow();
  });
});
