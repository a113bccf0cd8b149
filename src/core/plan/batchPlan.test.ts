import { trainLanguages } from "../spec/resolve.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { BATCH_KINDS, ofKinds, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { Batch } from "./batch.ts";
import { batchPlan, languageShares } from "./batchPlan.ts";
import { buildPairTable } from "./pairTable.ts";
import { ratioAt } from "./ratioAt.ts";

const languages = ["ar", "de", "en", "th"];
const corpus = smallCorpus({ languages, nConcepts: 80 });

function specWith(changes: {
  ratio?: Partial<Ratio>;
  batch?: Partial<ExperimentSpec["batch"]>;
  languages?: Partial<ExperimentSpec["languages"]>;
  steps?: number;
  seed?: number;
}): ExperimentSpec {
  const train = Object.fromEntries(languages.map((lang) => [lang, 1]));
  return {
    ...DEFAULT_SPEC,
    languages: { ...DEFAULT_SPEC.languages, train, heldOut: [], ...changes.languages },
    batch: {
      ...DEFAULT_SPEC.batch,
      size: 16,
      ...changes.batch,
      ratio: ofKinds(changes.ratio ?? { mono: 1 }),
    },
    steps: changes.steps ?? 40,
    seed: changes.seed ?? 1,
  };
}
const plan = (spec: ExperimentSpec, from = corpus): Batch[] => [
  ...batchPlan(spec, buildPairTable(from, trainLanguages(spec))),
];
const queryLang = (row: Batch["rows"][number]) => languages[corpus.queries.langs[row.query]!]!;
const passageLangs = (row: Batch["rows"][number]) =>
  row.passages.map((p) => languages[corpus.passages.langs[p]!]!);

describe("batchPlan", () => {
  it("keeps one language per mono batch", () => {
    for (const batch of plan(specWith({ ratio: { mono: 1 } }))) {
      const langs = new Set(batch.rows.flatMap((row) => [queryLang(row), ...passageLangs(row)]));
      expect([...langs]).toEqual(batch.languages);
      expect(langs.size).toBe(1);
    }
  });

  it("pairs two different languages in every cross row", () => {
    const pairs = new Set<string>();
    for (const row of plan(specWith({ ratio: { cross: 1 } })).flatMap((b) => b.rows)) {
      expect(passageLangs(row)).toHaveLength(1);
      expect(passageLangs(row)[0]).not.toBe(queryLang(row));
      pairs.add(`${queryLang(row)}>${passageLangs(row)[0]}`);
    }
    expect(pairs.size).toBe(12); // all ordered pairs of 4 languages occur in 640 rows
  });

  it("gives multi rows k passages in k languages", () => {
    for (const row of plan(specWith({ ratio: { multi: 1 }, batch: { positives: 3 } })).flatMap(
      (b) => b.rows,
    )) {
      expect(new Set(passageLangs(row)).size).toBe(3);
    }
  });

  it("keeps mixedMono rows in one language and batches in several", () => {
    const batches = plan(specWith({ ratio: { mixedMono: 1 } }));
    for (const row of batches.flatMap((b) => b.rows)) expect(passageLangs(row)).toEqual([queryLang(row)]);
    expect(new Set(batches[0]!.rows.map(queryLang)).size).toBeGreaterThan(1);
  });

  it("never repeats a concept in a batch, never uses a test row, and pairs only one concept's texts", () => {
    fc.assert(
      fc.property(
        fc.record({
          mono: fc.nat(3),
          cross: fc.nat(3),
          multi: fc.nat(3),
          mixedMono: fc.nat(3),
          seed: fc.nat(1000),
          perBatch: fc.constantFrom(0, 2, 3),
          unit: fc.constantFrom("batch" as const, "row" as const),
        }),
        ({ mono, cross, multi, mixedMono, seed, perBatch, unit }) => {
          const sum = mono + cross + multi + mixedMono;
          fc.pre(sum > 0);
          const ratio = ofKinds({
            mono: mono / sum,
            cross: cross / sum,
            multi: multi / sum,
            mixedMono: mixedMono / sum,
          });
          const spec = specWith({ ratio, seed, steps: 6, languages: { perBatch }, batch: { unit } });
          for (const batch of plan(spec)) {
            expect(batch.rows).toHaveLength(16);
            expect(new Set(batch.rows.map((row) => row.concept)).size).toBe(16);
            if (perBatch > 0) expect(batch.languages.length).toBeLessThanOrEqual(perBatch);
            for (const row of batch.rows) {
              expect(row.concept).toBeLessThan(60); // of 80 concepts the last 20 are the test
              expect(batch.languages).toContain(queryLang(row));
              for (const p of row.passages) {
                expect(corpus.passages.concepts[corpus.passages.conceptOffsets[p]!]).toBe(row.concept);
                expect(batch.languages).toContain(languages[corpus.passages.langs[p]!]);
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is a pure function of spec and corpus", () => {
    const spec = specWith({ ratio: { mono: 0.5, cross: 0.5 } });
    expect(plan(spec)).toEqual(plan(spec));
    expect(plan({ ...spec, seed: 2 })).not.toEqual(plan(spec));
    // Nothing but the train data and the batch fields may shift it.
    expect(plan({ ...spec, evalEvery: 1, data: { ...spec.data, eval: "other" } })).toEqual(plan(spec));
  });

  it("realises the ratio", () => {
    const kinds = plan(specWith({ ratio: { mono: 0.3, cross: 0.7 }, steps: 1000 })).map((b) => b.kind);
    const mono = kinds.filter((kind) => kind === "mono").length;
    expect(Math.abs(mono - 300)).toBeLessThan(60); // 4 standard deviations of sqrt(1000 * 0.3 * 0.7) = 14.5
  });

  it("mixes kinds within a batch when the unit is a row", () => {
    const batches = plan(specWith({ ratio: { mono: 0.5, cross: 0.5 }, batch: { unit: "row" } }));
    expect(batches.filter((b) => b.kind === "mixed").length).toBeGreaterThan(35);
    for (const batch of batches) {
      const mono = batch.rows.filter((row) => row.kind === "mono");
      expect(new Set(mono.map(queryLang)).size).toBeLessThanOrEqual(1);
    }
  });

  it("deals queries in rounds: no query falls two rounds behind another", () => {
    // 60 training concepts x 2 queries = 120 rows = 12 mono batches of 10 a round; here 4 rounds
    const spec = specWith({ languages: { train: { en: 1 } }, batch: { size: 10 }, steps: 48 });
    const uses = new Map<number, number>();
    for (const row of plan(spec).flatMap((b) => b.rows)) uses.set(row.query, (uses.get(row.query) ?? 0) + 1);
    expect(uses.size).toBe(120);
    // A query whose concept was already in the batch waits for the next one, so a round can end one short.
    expect(Math.min(...uses.values())).toBeGreaterThanOrEqual(3);
    expect(Math.max(...uses.values())).toBeLessThanOrEqual(5);
  });

  it("leaves held-out languages alone", () => {
    const spec = specWith({ ratio: { cross: 1 }, languages: { heldOut: ["th"] } });
    for (const batch of plan(spec)) expect(batch.languages).not.toContain("th");
  });

  it("draws around holes in the data", () => {
    const holed = smallCorpus({ languages, nConcepts: 80, lacks: (c, lang) => lang === 3 && c % 2 === 0 });
    for (const row of plan(specWith({ ratio: { cross: 1 } }), holed).flatMap((b) => b.rows)) {
      expect(holed.passages.concepts[holed.passages.conceptOffsets[row.passages[0]!]!]).toBe(row.concept);
    }
  });

  it("says what to change when a batch cannot be filled", () => {
    expect(() => plan(specWith({ batch: { size: 61 } }))).toThrow(
      /batch\.size: step 0 \(mono\).*after 60 rows/,
    );
  });

  it("names a language without training data", () => {
    const spec = specWith({ languages: { train: { en: 1, xx: 1 } } });
    expect(() => plan(spec)).toThrow('no training pair in "xx"');
  });
});

describe("languageShares", () => {
  it("weights size by the exponent: q ~ w n^S", () => {
    const uneven = smallCorpus({
      languages: ["a", "b"],
      nConcepts: 80,
      nQueries: 1,
      lacks: (c, l) => l === 1 && c >= 15,
    });
    // a has 60 training queries, b 15: with S = 0.5 and weights 1 and 2: sqrt(60) : 2 sqrt(15) = 1 : 1
    const spec = specWith({ languages: { train: { a: 1, b: 2 }, exponent: 0.5 } });
    const shares = languageShares(spec, buildPairTable(uneven, ["a", "b"]));
    expect(shares[0]).toBeCloseTo(0.5, 12);
    expect(shares[1]).toBeCloseTo(0.5, 12);
  });
});

describe("ratioAt", () => {
  const moving = (schedule: ExperimentSpec["batch"]["schedule"]) =>
    specWith({ steps: 101, ratio: { mono: 1 }, batch: { schedule, ratioEnd: ofKinds({ cross: 1 }) } });
  it.each([
    ["linear", 25, 0.25],
    ["cosine", 25, (1 - Math.SQRT1_2) / 2], // (1 - cos(pi/4)) / 2
    ["step", 49, 0],
    ["step", 50, 1],
    ["linear", 100, 1],
    ["constant", 100, 0],
  ] as const)("%s at step %i of 101 gives cross %f", (schedule, step, cross) => {
    const ratio = ratioAt(moving(schedule), step);
    expect(ratio.cross).toBeCloseTo(cross, 12);
    expect(BATCH_KINDS.reduce((s, kind: BatchKind) => s + ratio[kind], 0)).toBeCloseTo(1, 12);
  });
});
