import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorRow } from "../../../testing/studyErrors.ts";
import { plannedLooks, withAddedLooks } from "./looks.ts";
import { pooledSd, studyVerdicts, type Family } from "./studyVerdict.ts";

const found = (cells: number[][], changes: Partial<Family> = {}) =>
  studyVerdicts({ cells, delta: 2, lessIsBetter: false, looks: plannedLooks([6]), ...changes });
const words = (cells: number[][], changes: Partial<Family> = {}) =>
  found(cells, changes).map(({ verdict }) => verdict);

describe("the words of a comparison", () => {
  it("say nothing of fewer than six seeds, however large the difference", () => {
    expect(words([[9, 9, 9, 9, 9]], { looks: plannedLooks([5]) })).toEqual([{ kind: "tooFew" }]);
    expect(found([[9, 9, 9, 9, 9]], { looks: plannedLooks([5]) })[0]!.p).toBe(2 / 32);
  });

  it("say better or worse where all six seeds go one way, and turn where less is better", () => {
    const d = [3, 4, 5, 3, 4, 5];
    expect(words([d])).toEqual([{ kind: "better" }]);
    expect(words([d], { lessIsBetter: true })).toEqual([{ kind: "worse" }]);
    expect(found([d], { lessIsBetter: true })[0]).toMatchObject({ mean: 4, p: 2 / 64 });
  });

  it("say better by less than delta where the whole interval is smaller", () => {
    const [one] = found([[0.5, 1, 1.5, 0.5, 1, 1.5]]);
    expect(one!.verdict).toEqual({ kind: "better", small: true });
    expect(one!.low).toBeCloseTo(0.5, 2);
    expect(one!.high).toBeCloseTo(1.5, 2);
  });

  it("say the same where both ends are ruled out, 0 is not", () => {
    expect(words([[0.5, -0.5, 0.25, -0.25, 0.5, -0.25]])).toEqual([{ kind: "same" }]);
  });

  it("say undecided else, and how many more seeds would decide", () => {
    // mean 1, SD 2.83: the nearer claim is 1 away, .35 SD: some 66 seeds
    const [one] = words([[4, -2, 4, -2, 3, -1]]);
    expect(one!.kind).toBe("undecided");
    expect(one!.more).toBeGreaterThan(50);
    expect(one!.more).toBeLessThan(75);
    const wide = words([[40, -20, 40, -20, 30, -10]], { delta: 0.01 });
    expect(wide[0]!.kind).toBe("undecided");
  });

  it("hold back seeds after the last look that was had", () => {
    const looks = plannedLooks([6, 9]);
    const d = [3, 4, 5, 3, 4, 5, -90];
    expect(found([d], { looks })[0]).toMatchObject({ n: 6, mean: 4, verdict: { kind: "better" } });
  });

  it("keep both p of the look that decided, so that the adjusted one is never below that of the cell alone", () => {
    // all six seeds go one way: p 2 / 64 at the first look, which spent .03; the later four take most of it away
    const d = [3, 4, 5, 3, 4, 5, -5, -5, -5, -5];
    const noise = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
    const looks = plannedLooks([6, 10]);
    const [decided, other] = found([d, noise], { looks });
    expect(decided).toMatchObject({
      n: 10,
      p: 2 / 64,
      alone: 2 / 64,
      nTested: 6,
      verdict: { kind: "better" },
    });
    expect(other!.nTested).toBe(10);
    expect(other!.alone).toBe(1);
  });

  it("let a look that was added find only what sign patterns left", () => {
    // After a free look at 8 with .05, 6 of 128 patterns are spent and .003 are left: 1 of 512 more at 10
    const d = [1, 1, 1, 1, 1, 1, -2, -2.5, 3, 3];
    const once = words([d], { looks: plannedLooks([10]), delta: 0.1 });
    const added = words([d], { looks: withAddedLooks(plannedLooks([8]), [10]), delta: 0.1 });
    expect([once[0]!.kind, added[0]!.kind]).toEqual(["undecided", "undecided"]);
  });
});

describe("the words", () => {
  const differences = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }), {
    minLength: 1,
    maxLength: 3,
  });
  const looks = plannedLooks([7]);
  const turned: Record<string, string> = { better: "worse", worse: "better" };

  it("turn with the measure, and with its sign, and do not ask for units", () => {
    fc.assert(
      fc.property(differences, (cells) => {
        const kinds = words(cells, { looks }).map(({ kind }) => kind as string);
        const kindsOf = (by: number, changes: Partial<Family>) =>
          words(
            cells.map((d) => d.map((x) => by * x)),
            { looks, ...changes },
          ).map(({ kind }) => kind);
        const other = kinds.map((kind) => turned[kind] ?? kind);
        expect(kindsOf(1, { lessIsBetter: true })).toEqual(other);
        expect(kindsOf(-1, {})).toEqual(other);
        expect(kindsOf(2 ** -10, { delta: 2 ** -9 })).toEqual(kinds);
      }),
      { numRuns: 40 },
    );
  });

  it("agree with the interval", () => {
    fc.assert(
      fc.property(differences, (cells) => {
        for (const { low, high, verdict } of found(cells, { looks })) {
          const told = verdict.kind === "better" ? low! >= 0 : verdict.kind === "worse" ? high! <= 0 : true;
          const open = verdict.kind === "better" || verdict.kind === "worse" || (low! <= 0 && high! >= 0);
          expect([told, open]).toEqual([true, true]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("call cells that are the control itself the same", () => {
    expect(found([[0, 0, 0, 0, 0, 0]])[0]).toMatchObject({
      low: 0,
      high: 0,
      p: 1,
      verdict: { kind: "same" },
    });
  });
});

it("pools one SD over cells: the root of their mean variance", () => {
  // variances 1 and 7: sqrt(4)
  expect(
    pooledSd([
      [1, 2, 3],
      [0, Math.sqrt(7), 2 * Math.sqrt(7)],
    ]),
  ).toBeCloseTo(2, 12);
});

describe("the error table (docs/errorTable.md), in short", () => {
  const STUDIES = 100;
  const sd = (share: number) => Math.sqrt((share * (1 - share)) / STUDIES);
  const designs = [
    { cells: 1, looks: plannedLooks([8]) },
    { cells: 1, looks: plannedLooks([6, 9]) },
    { cells: 9, looks: plannedLooks([8]) },
    { cells: 9, looks: plannedLooks([6, 9]) },
  ];
  it.each(designs)("holds for $cells cells", (design) => {
    const row = (...truth: number[]) => errorRow({ ...design, delta: 0.7, truth }, STUDIES);
    expect(row(0).differs.any).toBeLessThanOrEqual(0.05 + 3 * sd(0.05));
    expect(row(1).same.any).toBeLessThanOrEqual(0.05 + 3 * sd(0.05));
    const { differs, promised } = row(2);
    expect(Math.abs(differs.cells - promised!)).toBeLessThan(0.03 + 3 * sd(promised!));
  });
});
