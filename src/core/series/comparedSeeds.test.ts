// What a comparison says of seeds: expected numbers by hand from Student's t and from counting signs.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { signFlipP } from "../stats/signFlip.ts";
import { LEAST_SEEDS, seedDifference, seedRelation, type SeedDifference } from "./comparedSeeds.ts";
import {
  experimentsOf,
  groupBySeed,
  isOneExperiment,
  membersOf,
  seededRecord,
  type SeededRun,
} from "./seedGroups.ts";
import { relationWords, settlingWords, verdictWords } from "./seedWords.ts";

const MUL = "map/multi";
/** A run of experiment "a" or "b", which differ in their learning rate. */
function run(of: "a" | "b", seed: number, value: number, more: Partial<SeededRun> = {}): SeededRun {
  const spec = withPath(DEFAULT_SPEC, "optimizer.learningRate", of === "a" ? 0.01 : 0.02);
  const summary = { [MUL]: { now: value, step: 300 }, rankDistance: { now: 100 * value, step: 300 } };
  return { spec: { ...spec, seed }, summary, device: "wasm", ...more };
}
const group = (of: "a" | "b", values: readonly number[], firstSeed = 1) =>
  values.map((value, i) => run(of, firstSeed + i, value));
function compared(
  a: readonly SeededRun[],
  b: readonly SeededRun[],
): Readonly<Record<string, SeedDifference>> {
  const relation = seedRelation(a[0]!, b[0]!, [...a, ...b]);
  if (relation.kind !== "groups") throw new Error(relation.kind);
  return relation.differences;
}

describe("two runs of one experiment", () => {
  it("are told apart by what stands between them, never by a verdict", () => {
    const words = (other: SeededRun) => relationWords(seedRelation(run("a", 1, 0.3), other, []));
    expect(words(run("a", 2, 0.4))).toBe("Same experiment; this is how much a seed moves it.");
    expect(words(run("a", 1, 0.4, { device: "webgpu" }))).toContain("how much the device moves it");
    expect(words(run("a", 2, 0.4, { device: "webgpu" }))).toContain("how much a seed and the device move it");
    expect(words(run("a", 1, 0.3))).toContain("the same run twice");
  });

  it("stay one experiment whichever backend was asked for, not with other data or another parent", () => {
    const on = (backend: "wasm" | "auto") =>
      run("a", 2, 0.3, { spec: withPath({ ...run("a", 2, 0).spec }, "compute.backend", backend) });
    expect(isOneExperiment(on("wasm"), on("auto"))).toBe(true);
    const record = seededRecord(testRecord);
    const { spec, environment } = testRecord;
    const digest = "d".repeat(64);
    const others = [
      { ...testRecord, environment: { ...environment, encoderSha256: digest } },
      { ...testRecord, environment: { ...environment, dataSha256: { "cldr-emoji": digest } } },
      { ...testRecord, stoppedAt: 10 },
      { ...testRecord, parent: { spec, step: 5, digest } },
    ].map(seededRecord);
    expect(others.map((other) => isOneExperiment(record, other))).toEqual([false, false, false, false]);
    // A branch's parent has the branch's own seed, so it differs between seeds and is no difference.
    const branch = (seed: number) =>
      seededRecord({
        ...testRecord,
        spec: { ...spec, seed },
        parent: { spec: { ...spec, seed }, step: 5, digest: String(seed).repeat(64) },
      });
    expect(isOneExperiment(branch(1), branch(2))).toBe(true);
  });
});

describe("two experiments", () => {
  it("of one seed each say nothing of other seeds, also where one of them has several", () => {
    const [a, b] = [group("a", [0.3, 0.4]), group("b", [0.2])];
    const relation = seedRelation(a[0]!, b[0]!, [...a, ...b]);
    expect(relation).toEqual({ kind: "single" });
    expect(relationWords(relation)).toBe("One seed each: this says nothing of other seeds.");
  });

  it("of several seeds are paired by seed: mean, t interval, exact p", () => {
    // d = .1, .2, .3: mean .2, s = .1, half = 4.3027 * .1 / sqrt(3) = .248416; only +++ and --- are so far out: p = 2/8
    const { [MUL]: found } = compared(group("a", [0.3, 0.5, 0.7]), group("b", [0.2, 0.3, 0.4]));
    expect(found).toMatchObject({ seeds: 3, p: 0.25, verdict: { kind: "tooFew" } });
    expect(found!.estimate).toBeCloseTo(0.2, 12);
    expect(found!.low).toBeCloseTo(0.2 - 0.248416, 5);
    expect(found!.high).toBeCloseTo(0.2 + 0.248416, 5);
    expect(verdictWords(found!.verdict)).toBe("too few seeds to test");
  });

  it("take seeds that both have, and one run of each", () => {
    const [a, b] = [group("a", [0.3, 0.5, 0.7]), group("b", [0.2, 0.3, 9], 2)]; // 2 and 3 in common
    const again = run("a", 2, 77);
    const relation = seedRelation(a[0]!, b[0]!, [...a, ...b, again]);
    expect(relation).toMatchObject({ kind: "groups", pairs: true, seeds: [2, 2] });
    if (relation.kind === "groups")
      expect(relation.differences[MUL]!.estimate).toBeCloseTo((0.3 + 0.4) / 2, 12);
    expect(relationWords(relation)).toBe("Over 2 seeds each, paired by seed.");
    expect(membersOf(a[0]!, [...a, again]).map(({ spec }) => spec.seed)).toEqual([1, 2, 3]);
  });

  it("without seeds in common are held against each other by Welch's interval, without p", () => {
    // means .2 and .5, s^2 = .01 and .04, n = 3 and 2: se^2 = .01/3 + .02 = .0233333;
    // df = .0233333^2 / ((.01/3)^2 / 2 + .02^2 / 1) = 1.34, down to 1: half = 12.7062 * .152753 = 1.940904
    const b = [run("b", 7, 0.5 - Math.SQRT1_2 * 0.2), run("b", 8, 0.5 + Math.SQRT1_2 * 0.2)];
    const relation = seedRelation(run("a", 1, 0.1), b[0]!, [...group("a", [0.1, 0.2, 0.3]), ...b]);
    expect(relationWords(relation)).toBe("Over 3 and 2 seeds, unpaired.");
    if (relation.kind !== "groups") throw new Error(relation.kind);
    const found = relation.differences[MUL]!;
    expect(found).toMatchObject({ seeds: 2, verdict: { kind: "tooFew" } });
    expect(found.p).toBeUndefined();
    expect(found.estimate).toBeCloseTo(-0.3, 12);
    expect(found.high - found.estimate).toBeCloseTo(1.940904, 5);
  });

  it("are judged from 6 seeds on, less being better for a rank distance", () => {
    const more = [0.1, 0.11, 0.09, 0.1, 0.12, 0.1];
    expect(more).toHaveLength(LEAST_SEEDS);
    const found = compared(group("a", more), group("b", [0, 0, 0, 0, 0, 0]));
    expect(found[MUL]).toMatchObject({ p: 2 / 64, verdict: { kind: "better" } });
    expect(found["rankDistance"]!.verdict).toEqual({ kind: "worse" });
    const few = compared(group("a", more.slice(1)), group("b", [0, 0, 0, 0, 0]));
    expect(few[MUL]!.verdict).toEqual({ kind: "tooFew" }); // .0625 at best
  });

  it("that are undecided say how many more seeds would decide", () => {
    // mean .5, s = 1; t(16) / sqrt(17) = 2.1199 / 4.1231 = .5142, t(17) / sqrt(18) = .4973: 18 seeds, 12 more
    const d = [-1, 0, 0.5, 0.5, 1, 2];
    const found = compared(group("a", d), group("b", [0, 0, 0, 0, 0, 0]))[MUL]!;
    expect(found.estimate).toBeCloseTo(0.5, 12);
    expect(found.verdict).toEqual({ kind: "undecided", more: 12 });
    expect(verdictWords(found.verdict)).toBe("undecided; about 12 more seeds would decide");
    const none = compared(group("a", [-1, 1, -1, 1, -1, 1]), group("b", [0, 0, 0, 0, 0, 0]))[MUL]!;
    expect(none.verdict).toEqual({ kind: "undecided" });
    expect(verdictWords({ kind: "undecided", more: 1 })).toContain("about 1 more seed would");
    expect(settlingWords(6, found)).toBe(
      "About 12 more of each would settle it, if they scatter as these do.",
    );
    expect(settlingWords(6, none)).toBe(
      "Even 200 more of each would not settle it, if they scatter as these do.",
    );
  });

  it("say what would settle them, from three seeds on by how these scatter", () => {
    const settling = (d: readonly number[]) =>
      settlingWords(d.length, compared(group("a", d), group("b", Array<number>(d.length).fill(0)))[MUL]);
    expect(settlingWords(1, undefined)).toBe("A test needs 6 seeds of each: 5 more.");
    expect(settling([0.1, 0.2])).toBe("A test needs 6 seeds of each: 4 more.");
    // mean .2, s = .1; of 6 seeds half is 2.5706 * .1 / sqrt(6) = .105, smaller than .2
    expect(settling([0.1, 0.2, 0.3])).toBe(
      "A test needs 6 seeds of each: 3 more; if they scatter as these do, that settles it.",
    );
    // mean .1, s = .2: half of 17 is 2.1199 * .2 / sqrt(17) = .1028, of 18 2.1098 * .2 / sqrt(18) = .0995
    expect(settling([-0.1, 0.1, 0.3])).toBe(
      "A test needs 6 seeds of each: 3 more; about 15 would settle it, if they scatter as these do.",
    );
    expect(settling([-0.1, 0.1, 0])).toContain("even 200 more would not");
    expect(settling([0.1, 0.11, 0.09, 0.1, 0.12, 0.1])).toBeUndefined();
  });

  it("are compared in any number that their runs have, such as one language's", () => {
    const inThai = ({ spec }: SeededRun) => (spec.seed === 9 ? undefined : spec.seed / 10);
    const [a, b] = [group("a", [0, 0]), group("b", [0, 0], 2)]; // seeds 1, 2 and 2, 3: one in common, so Welch
    expect(seedDifference("map/multi", a, b, inThai)!.estimate).toBeCloseTo(0.15 - 0.25, 12);
    expect(seedDifference("map/multi", a.slice(1), b, inThai)).toBeUndefined();
    expect(seedDifference("map/multi", a, [b[0]!, run("b", 9, 0)], inThai)).toBeUndefined();
  });

  it("are not compared where neither direction is better", () => {
    const withBase = (one: SeededRun) => ({
      ...one,
      summary: { ...one.summary, sameLanguageBase: { now: 0.1, step: 300 } },
    });
    const found = compared(group("a", [0.3, 0.4]).map(withBase), group("b", [0.2, 0.1]).map(withBase));
    expect(Object.keys(found)).toEqual([MUL, "rankDistance"]);
  });

  it("have no number of a metric that one of them lacks", () => {
    const [a, b] = [group("a", [0.3, 0.4]), group("b", [0.2, 0.1])];
    const lacking = { ...b[1]!, summary: { rankDistance: { now: 3, step: 300 } } };
    expect(Object.keys(compared(a, [b[0]!, lacking]))).toEqual(["rankDistance"]);
  });
});

describe("the sign-flip test", () => {
  it("counts the patterns of signs that lie as far out", () => {
    // |2 + 1 - 3| ... of 1, 2, 3 with sum 6: only +++ and ---; of 1, 2, -3 with sum 0: all
    expect(signFlipP([1, 2, 3])).toBe(2 / 8);
    expect(signFlipP([1, 2, -3])).toBe(1);
    expect(signFlipP([0, 0])).toBe(1);
    // 3, 1, 1, sum 5; 3 - 1 + 1 = 3 is nearer: 2 / 8. 3, 3, -1 (5): +++ (7) and ++- (5) and their mirrors: 4 / 8
    expect([signFlipP([3, 1, 1]), signFlipP([3, 3, -1])]).toEqual([0.25, 0.5]);
    expect([3, 4, 5, 6].map((n) => signFlipP(Array<number>(n).fill(0.1)))).toEqual([
      0.25, 0.125, 0.0625, 0.03125,
    ]);
  });

  it("samples patterns of many differences, always the same ones", () => {
    const many = Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? -1 : 1)); // 13 up, 7 down: 2 P(X >= 13) = .2632
    expect(signFlipP(many)).toBeCloseTo(0.2632, 1);
    expect(signFlipP(many)).toBe(signFlipP(many));
  });
});

it("groups by seed what the relation groups", () => {
  const runs = [
    ...group("a", [0.1, 0.2]),
    ...group("b", [0.3]),
    run("a", 3, 0.3, { origin: "stopped at 5" }),
  ];
  expect(groupBySeed(runs).map((found) => found.runs.map(({ spec }) => spec.seed))).toEqual([[1, 2]]);
  expect(experimentsOf(runs).map((one) => one.map(({ spec }) => spec.seed))).toEqual([[1, 2], [1], [3]]);
});
