// No sentence says better, ahead or best of a difference that is not, whatever was measured.
import fc from "fast-check";
import { expect, it } from "vitest";
import { handResult, handStudy } from "../../../testing/handMadeStudy.ts";
import { wrongSentences } from "../../../testing/wrongSentences.ts";
import { analyse } from "../analysis/analyse.ts";
import type { Study } from "../study.ts";

const [cross, mono20, mono50] = handStudy.cells;
const moving: Study = {
  ...handStudy,
  cells: [
    cross!,
    mono20!,
    mono50!,
    { name: "rule", label: "rule", changes: { ...mono50!.changes, "batch.schedule": "exp3" } },
    { name: "rule-mean", label: "rule-mean", changes: {}, controlOf: "rule", made: "mean" },
    { name: "rule-reversed", label: "rule-reversed", changes: {}, controlOf: "rule", made: "reversed" },
  ],
  controls: ["cross", "mono-20"],
};

/** As records have them. */
const toSeven = (value: number) => Number(value.toPrecision(7));

/** A cell's difference from the first by seed: none, tiny, about δ, large, either way; from equal in all seeds to widely scattered. */
const difference = fc
  .tuple(
    fc.constantFrom(0, 0.00002, 0.0004, 0.004, 0.05),
    fc.boolean(),
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
    fc.constantFrom(0, 0.1, 1, 3),
  )
  .map(([size, isBelow, noise, scatter]) =>
    noise.map((one) => (isBelow ? -1 : 1) * size + one * scatter * (size || 0.001)),
  );

it.each(["map/cross", "rankDistance", "sameLanguageShare"])(
  "no sentence says more than its number, in %s",
  (primary) => {
    const unit = primary === "rankDistance" ? 1000 : 1;
    fc.assert(
      fc.property(
        fc.array(difference, { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 2, max: 8 }),
        fc.boolean(),
        (differences, n, hasRule) => {
          const seeds = Array.from({ length: n }, (_, i) => i + 1);
          const of = hasRule ? moving : handStudy;
          const study = { ...of, seeds, primary, smallestEffect: 0.003 * unit };
          const values = study.cells.map(({ name }, k): [string, number[]] => [
            name,
            seeds.map((seed, i) =>
              toSeven(unit * (0.4 + 0.01 * seed + (k === 0 ? 0 : differences[k - 1]![i]!))),
            ),
          ]);
          const result = handResult(Object.fromEntries(values), primary);
          expect(wrongSentences(study, analyse(study, result))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  },
  60_000,
);
