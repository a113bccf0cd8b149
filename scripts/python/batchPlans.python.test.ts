// The exported project draws the lab's batches: the same rows in the same order, whatever the plan.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TextColumns } from "../../src/core/data/corpus.ts";
import { SPLITS } from "../../src/core/data/records.ts";
import { SpecError } from "../../src/core/inputError.ts";
import type { Batch } from "../../src/core/plan/batch.ts";
import { coursePlan, type PlannedStretch } from "../../src/core/plan/batchPlan.ts";
import { planStretches } from "../../src/core/plan/stretches.ts";
import { followTrajectory, followWeights } from "../../src/core/plan/trajectory.ts";
import { stretchFacts } from "../../src/core/project/planFacts.ts";
import { BATCH_KINDS, type BatchKind, type Ratio } from "../../src/core/spec/batchKind.ts";
import type { Trajectory } from "../../src/core/spec/decision.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import type { ExperimentSpec } from "../../src/core/spec/spec.ts";
import { smallCorpus } from "../../src/testing/smallCorpus.ts";
import { judge } from "./judge.ts";

/** Batches of each kind that are compared. */
const BATCHES = 10_000;
const STEPS = 250; // of a plan

// Of classes 5, 5, 3, 2, 1 and 0, so that the list of languages has an order to grow in.
const LANGUAGES = ["ar", "en", "th", "zu", "mt", "gom"].sort();
const CORPORA = [
  smallCorpus({ languages: LANGUAGES, nConcepts: 60 }),
  smallCorpus({ languages: LANGUAGES, nConcepts: 60, nQueries: 3, lacks: (c, lang) => (c + lang) % 3 === 0 }),
  smallCorpus({ languages: LANGUAGES, nConcepts: 90, nQueries: 1, lacks: (c, lang) => c % (lang + 1) > 1 }),
];

interface Case {
  readonly corpus: number;
  readonly spec: ExperimentSpec;
  readonly branch?: { readonly at: number; readonly spec: ExperimentSpec };
  readonly trajectory: Trajectory;
}

const share = fc.constantFrom(0, 1, 2, 5);
const mix = (kind: BatchKind): fc.Arbitrary<Ratio> =>
  fc.tuple(share, share, share, share).map((parts) => {
    const own = parts.map((part, i) => part + (BATCH_KINDS[i] === kind ? 12 : 0));
    const sum = own.reduce((a, b) => a + b, 0);
    return Object.fromEntries(BATCH_KINDS.map((name, i) => [name, own[i]! / sum])) as Ratio;
  });
const only = (kind: BatchKind) =>
  Object.fromEntries(BATCH_KINDS.map((name) => [name, Number(name === kind)])) as Ratio;
const curveOf = (kind: BatchKind) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 4 })
    .chain((places) =>
      fc
        .array(mix(kind), { minLength: places.length, maxLength: places.length })
        .map((mixes) => places.sort((a, b) => a - b).map((at, i) => ({ at: at / 20, weights: mixes[i]! }))),
    );

/** Plans in which the kind is frequent, of all settings that a plan goes by. */
const caseOf = (kind: BatchKind): fc.Arbitrary<Case> =>
  fc
    .record({
      corpus: fc.nat(CORPORA.length - 1),
      ratio: fc.oneof(fc.constant(only(kind)), mix(kind)),
      ratioEnd: mix(kind),
      curve: curveOf(kind),
      schedule: fc.constantFrom(
        "constant",
        "linear",
        "cosine",
        "step",
        "competence",
        "drawn",
        "random",
        "exp3",
      ),
      unit: fc.constantFrom("batch", "row"),
      law: fc.constantFrom("existing", "existing", "blind"),
      size: fc.integer({ min: 2, max: 12 }),
      positives: fc.integer({ min: 1, max: 3 }),
      weights: fc.oneof(
        fc.constant(LANGUAGES.map(() => 1)),
        fc.array(fc.constantFrom(0.5, 1, 2, 7, 30), { minLength: 6, maxLength: 6 }),
      ),
      nLanguages: fc.integer({ min: 4, max: 6 }),
      exponent: fc.constantFrom(0, 0.3, 0.7, 1),
      grows: fc.constantFrom("constant", "constant", "constant", "all"),
      perBatch: fc.constantFrom(0, 0, 3, 4, 5),
      split: fc.constantFrom("devConcepts", "heldOut"),
      weighting: fc.constantFrom("constant", "drawn", "random", "dwa"),
      seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      decisions: fc.array(fc.tuple(fc.nat(STEPS), mix(kind), fc.boolean()), { maxLength: 4 }),
      branch: fc.option(fc.tuple(fc.integer({ min: 1, max: STEPS - 1 }), mix(kind), fc.constantFrom(0, 4)), {
        nil: undefined,
        freq: 3,
      }),
    })
    .map((one): Case => {
      const { languages, batch, loss, rule } = DEFAULT_SPEC;
      const train = Object.fromEntries(
        LANGUAGES.slice(0, one.nLanguages).map((lang, i) => [lang, one.weights[i]!]),
      );
      const { ratio, ratioEnd, curve, unit, law, size, positives, exponent, perBatch } = one;
      const schedule = one.schedule as ExperimentSpec["batch"]["schedule"];
      const spec: ExperimentSpec = {
        ...DEFAULT_SPEC,
        data: { ...DEFAULT_SPEC.data, split: one.split },
        languages: {
          ...languages,
          train,
          heldOut: [],
          exponent,
          perBatch,
          schedule: one.grows,
        },
        batch: {
          ...batch,
          ratio,
          ratioEnd,
          curve,
          schedule,
          unit: unit,
          law: law,
          size,
          positives,
        },
        loss: { ...loss, weighting: one.weighting, curve },
        rule: { ...rule, every: 7, temperature: 0, floor: 0.05 },
        steps: STEPS,
        seed: one.seed,
      };
      const trajectory = one.decisions
        .map(([step, ratio, isWeights]) => ({ step, ...(isWeights ? { weights: ratio } : { ratio }) }))
        .sort((a, b) => a.step - b.step);
      if (!one.branch) return { corpus: one.corpus, spec, trajectory };
      const [at, own, per] = one.branch;
      const changed = {
        ...spec,
        languages: { ...spec.languages, perBatch: per, train: { ...train, mt: 3, zu: 1 } },
        batch: { ...spec.batch, ratio: own, schedule: "constant" as const },
      };
      return { corpus: one.corpus, spec, trajectory, branch: { at, spec: changed } };
    });

const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 10);
const told = ({ step, kind, languages, rows }: Batch) =>
  short(JSON.stringify([step, kind, languages, rows.map((row) => [row.kind, row.query, ...row.passages])]));

function stretchesOf({ corpus, spec, branch }: Case): PlannedStretch[] {
  const course = [{ spec, from: 0 }, ...(branch ? [{ spec: branch.spec, from: branch.at }] : [])];
  return planStretches(course, CORPORA[corpus]!);
}

function draw(one: Case) {
  const stretches = stretchesOf(one);
  const weightsOf = followWeights(one.trajectory);
  const found: string[] = [];
  const weights: number[][] = [];
  const kinds: BatchKind[] = [];
  try {
    for (const batch of coursePlan(stretches, followTrajectory(one.trajectory))) {
      found.push(told(batch));
      const { spec, since } = stretches.findLast(({ from }) => from <= batch.step)!;
      const own = weightsOf(spec, batch.step, since);
      weights.push(BATCH_KINDS.map((kind) => own[kind]));
      kinds.push(...new Set(batch.rows.map((row) => row.kind)));
    }
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    found.push("cannot be filled");
  }
  return { stretches: stretchFacts(stretches), found, weights, kinds };
}

function rowsOf(side: TextColumns, corpus: (typeof CORPORA)[number]) {
  return Array.from(side.langs, (lang, i) => {
    const own = side.concepts.subarray(side.conceptOffsets[i], side.conceptOffsets[i + 1]);
    const concepts = Array.from(own, (c) => corpus.conceptNames[c]!);
    return [corpus.languages[lang], SPLITS[side.splits[i]!], side.inDev?.[i] === 1, concepts];
  });
}

it(
  `draws the rows of ${BATCHES} batches of each kind, and weighs them alike`,
  { timeout: 600_000 },
  async () => {
    const counts = new Map<BatchKind, number>(BATCH_KINDS.map((kind) => [kind, 0]));
    const cases: { readonly one: Case; readonly ours: ReturnType<typeof draw> }[] = [];
    for (const kind of BATCH_KINDS) {
      const plans = fc.sample(caseOf(kind), { numRuns: 400, ...seedFor(kind) });
      for (const one of plans) {
        if (counts.get(kind)! >= BATCHES) break;
        const ours = draw(one);
        cases.push({ one, ours });
        for (const drawn of ours.kinds) counts.set(drawn, counts.get(drawn)! + 1);
      }
      expect(counts.get(kind), kind).toBeGreaterThanOrEqual(BATCHES);
    }
    const theirs = await judge<{ found: string[]; weights: number[][] }[]>("batchPlans.py", {
      corpora: CORPORA.map((corpus) => ({
        queries: rowsOf(corpus.queries, corpus),
        passages: rowsOf(corpus.passages, corpus),
      })),
      cases: cases.map(({ one, ours }) => ({
        corpus: one.corpus,
        trajectory: one.trajectory,
        stretches: ours.stretches,
      })),
    });
    cases.forEach(({ one, ours }, i) => {
      expect(theirs[i]!.found, JSON.stringify(one)).toEqual(ours.found);
      ours.weights.forEach((own, step) =>
        own.forEach((weight, k) => expect(theirs[i]!.weights[step]![k]).toBeCloseTo(weight, 12)),
      );
    });
  },
);

/** As `assert` takes the seed of the environment; `sample` takes a number of its own. */
function seedFor(kind: BatchKind): { seed?: number } {
  const { seed } = fc.readConfigureGlobal();
  return seed === undefined ? {} : { seed: seed + BATCH_KINDS.indexOf(kind) };
}
