// What runs say in words: hand-made summaries and intervals, each sentence as it must stand on the page.
import { describe, expect, it } from "vitest";
import type { RunSummary } from "../record/runSummary.ts";
import type { SeededRun } from "../series/seedGroups.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import type { Difference, Differences } from "../stats/compareQueries.ts";
import type { Evidence } from "./evidence.ts";
import { awaitedWords } from "./awaited.ts";
import { neighboursOf, withMix } from "./mixes.ts";
import { verdictOf } from "./verdict.ts";

const BASE = withPath(DEFAULT_SPEC, "languages.eval", ["de", "el", "en", "sw"]);

type Ends = Readonly<Partial<Record<"cross" | "mono" | "bias", readonly [before: number, now: number]>>>;

function summaryOf({ cross, mono, bias }: Ends): RunSummary {
  const change = (path: string, ends: readonly [number, number] | undefined) =>
    ends ? [[path, { before: ends[0], now: ends[1], step: 200 }] as const] : [];
  return Object.fromEntries([
    ...change("map/cross", cross),
    ...change("map/mono", mono),
    ...change("sameLanguageShare", bias),
  ]);
}

const HYBRID: Ends = { cross: [0.133, 0.203], mono: [0.402, 0.405], bias: [0.31, 0.305] };

function run(mix: string, seed = 1, ends = HYBRID, base: ExperimentSpec = BASE): SeededRun {
  return { spec: { ...withMix(base, mix), seed }, summary: summaryOf(ends), device: "wasm" };
}

const range = (low: number, high: number, p = 0.001): { overall: Difference; byLanguage: object } => ({
  overall: { estimate: (low + high) / 2, low, high, p, clusters: 60 },
  byLanguage: {},
});
const CHANGES = {
  "map/cross": range(0.05, 0.09),
  "map/mono": range(-0.02, 0.03),
  sameLanguageShare: range(-0.03, 0.02),
} as Differences;

function verdict(one: SeededRun, others: readonly SeededRun[] = [], more: Partial<Evidence<SeededRun>> = {}) {
  const runs = [one, ...others];
  return verdictOf({
    run: one,
    stopped: false,
    step: 200,
    runs,
    neighbours: neighboursOf(one, runs),
    isBeside: () => true,
    changes: CHANGES,
    minus: () => undefined,
    ...more,
  });
}
/** With plain spaces. */
const words = (...of: Parameters<typeof verdict>) =>
  verdict(...of).sentences.map((sentence) => sentence.replaceAll("\u00a0", " "));
const next = (...of: Parameters<typeof verdict>) => verdict(...of).next?.label;

describe("one run", () => {
  it("says what got better, what is not clear, and asks for the first control", () => {
    expect(words(run("hybrid"))).toEqual([
      "One seed.",
      "Answers in other languages got better (.133 → .203).",
      "Bias towards the question’s language shows no clear change (31.0 % → 30.5 %).",
    ]);
    expect(next(run("hybrid"))).toBe("the same with Monolingual");
    expect(next(run("mono"))).toBe("the same with Cross-lingual");
    expect(next(run("multi"))).toBe("the same with Monolingual");
  });

  it("says no change only where the interval has no room for one that matters", () => {
    const changes = {
      ...CHANGES,
      sameLanguageShare: range(-0.009, 0.009),
      "map/cross": range(-0.002, 0.004),
    };
    expect(words(run("hybrid"), [], { changes: changes as Differences }).slice(1)).toEqual([
      "Answers in other languages did not change by .005 or more (.133 → .203).",
      "Bias towards the question’s language did not change by 1 point or more (31.0 % → 30.5 %).",
    ]);
  });

  it("names a change that is certain and small, one for the worse, and the same language where it is certain", () => {
    const changes = {
      "map/cross": range(0.001, 0.004),
      "map/mono": range(-0.05, -0.01),
      sameLanguageShare: range(-0.06, -0.02),
    } as Differences;
    expect(words(run("hybrid"), [], { changes }).slice(1)).toEqual([
      "Answers in other languages got better by less than .005 (.133 → .203), in the same language they got worse (.402 → .405).",
      "Bias towards the question’s language fell (31.0 % → 30.5 %).",
    ]);
  });

  it("says why nothing can be said of chance", () => {
    const second = (changes: Evidence<SeededRun>["changes"]) => words(run("hybrid"), [], { changes })[1];
    expect(second("notKept")).toBe(
      "Answers in other languages: .133 → .203; whether that is chance cannot be said, since the values of single questions are not kept.",
    );
    expect(second("unpaired")).toContain("other questions were asked before");
    expect(second("pending")).toContain("is being computed");
    expect(second({ "map/cross": { byLanguage: {} } })).toContain("too few independent questions");
    expect(words({ ...run("hybrid"), summary: { "map/cross": { now: 0.2, step: 200 } } })).toEqual([
      "One seed.",
      "What it began with was not measured.",
    ]);
  });

  it("names one language, two, a stop, a branch, and texts that training saw", () => {
    const one = withPath(withPath(BASE, "languages.eval", ["sw"]), "languages.train", { sw: 1 });
    const changes = { "map/mono": range(0.01, 0.05) } as Differences;
    const alone = run("mono", 1, { mono: [0.4, 0.43] }, one);
    expect(words(alone, [], { changes })).toEqual([
      "One seed, one language.",
      "Answers in the same language got better (.400 → .430).",
    ]);
    // cross-lingual batches need two languages: no such step is offered
    expect(next(alone, [], { changes })).toBe("the same with seed 2");
    const two = withPath(withPath(BASE, "languages.eval", ["de", "en"]), "data.split", "all");
    expect(words(run("hybrid", 1, HYBRID, two)).slice(0, 2)).toEqual([
      "One seed, 2 languages, tested on texts that training saw.",
      "Answers in the other language got better (.133 → .203).",
    ]);
    const stopped = { stopped: true, step: 40 };
    expect(words(run("hybrid"), [], stopped)[0]).toBe("Stopped at step 40 of 300, one seed.");
    expect(next(run("hybrid"), [], stopped)).toBe("the same to its last step");
    const parent = { spec: BASE, step: 100, digest: "" };
    expect(words(run("hybrid"), [], { parent })[0]).toBe("A branch from step 100, one seed.");
  });
});

describe("beside other mixes", () => {
  const hybrid = run("hybrid");
  const mono = run("mono", 1, { cross: [0.133, 0.141] });
  const cross = run("cross", 1, { cross: [0.133, 0.204] });
  const minus = (other: SeededRun) =>
    ({ "map/cross": other === mono ? range(0.04, 0.08) : range(-0.011, 0.004, 0.4) }) as Differences;

  it("says better, and that hybrid is not better than cross here", () => {
    expect(words(hybrid, [cross, mono], { minus })).toEqual([
      "One seed each.",
      "Answers in other languages got better (.133 → .203); on these questions better than Monolingual (.141), not better than Cross-lingual (.204) by .005 or more.",
      "Bias towards the question’s language shows no clear change (31.0 % → 30.5 %).",
    ]);
  });

  it("is undecided where the interval has room in both directions, and where the test or Holm’s correction says so", () => {
    const of = (differences: Differences) => words(hybrid, [cross], { minus: () => differences })[1];
    expect(of({ "map/cross": range(-0.01, 0.02, 0.4) } as Differences)).toContain(
      "undecided against Cross-lingual",
    );
    expect(of({ "map/cross": range(0.001, 0.02, 0.06) } as Differences)).toContain(
      "not worse than Cross-lingual",
    );
    const p = { "map/cross": range(0.001, 0.02, 0.03) } as Differences;
    expect(of(p)).toContain("better than Cross-lingual");
    expect(words(hybrid, [cross, mono], { minus: () => structuredClone(p) })[1]).not.toContain(
      "better than Cross-lingual (.204),",
    );
    expect(of({ "map/cross": range(-0.05, -0.02) } as Differences)).toContain("worse than Cross-lingual");
    expect(of({ "map/cross": range(-0.002, 0.003, 0.7) } as Differences)).toContain(
      "no difference of .005 or more from Cross-lingual",
    );
    expect(words(hybrid, [cross], { minus: () => "pending" })[1]).toContain(
      "; being held against Cross-lingual",
    );
    expect(words(hybrid, [cross])[1]).toContain("not held against Cross-lingual (.204) question by question");
  });

  it("tests nothing below six seeds, and seeds in place of questions from there on", () => {
    const seeds = (mix: string, n: number, now: number) =>
      Array.from({ length: n }, (_, i) => run(mix, i + 1, { cross: [0.133, now + 0.001 * (i % 2)] }));
    const [three, others] = [seeds("hybrid", 3, 0.202), seeds("cross", 3, 0.2)];
    expect(words(three[0]!, [...three.slice(1), ...others], { minus })).toEqual([
      "3 seeds, too few to test.",
      "Answers in other languages got better (.133 → .202); beside Cross-lingual (.200) too few seeds to test.",
    ]);
    // six differences of .02 each, without any scatter
    const [six, sixOthers] = [seeds("hybrid", 6, 0.22), seeds("cross", 6, 0.2)];
    expect(words(six[0]!, [...six.slice(1), ...sixOthers], { minus, changes: "notKept" })).toEqual([
      "6 seeds.",
      // .221: the mean of three .22 and three .221
      "Answers in other languages got better (.133 → .221); over 6 seeds better than Cross-lingual (.200).",
    ]);
  });

  it("takes only what differs in the mix alone, and names a ratio without a name", () => {
    const faster = run("cross", 1, HYBRID, withPath(BASE, "optimizer.learningRate", 0.02));
    const elsewhere = { ...cross, device: "webgpu" };
    expect(words(hybrid, [faster, elsewhere])).toEqual(words(hybrid));
    const ratio = ofKinds({ mono: 0.7, cross: 0.3 });
    const other = { ...cross, spec: withPath(BASE, "batch.ratio", ratio) };
    expect(neighboursOf(hybrid, [other, mono]).map(({ label }) => label)).toEqual([
      "Monolingual",
      "mono 70 %",
    ]);
  });
});

describe("the next step", () => {
  it("compares what is there, then fills in mixes, then seeds, fewest first", () => {
    const [hybrid, mono, cross] = ["hybrid", "mono", "cross"].map((mix) => run(mix)) as [
      SeededRun,
      SeededRun,
      SeededRun,
    ];
    expect(next(hybrid, [mono], { isBeside: () => false })).toBe("compare with Monolingual");
    expect(next(hybrid, [mono])).toBe("the same with Cross-lingual");
    expect(next(hybrid, [mono, cross])).toBe("the same with seed 2");
    expect(next(hybrid, [mono, cross, run("hybrid", 5)])).toBe("Monolingual with seed 5");
    const all = ["hybrid", "mono", "cross"].flatMap((mix) =>
      [1, 2, 3, 4, 5, 6].map((seed) => run(mix, seed)),
    );
    expect(next(all[0]!, all.slice(1))).toBeUndefined();
  });

  it("trains exactly the same with another mix or seed", () => {
    const step = verdict(run("hybrid", 7)).next;
    expect(step).toMatchObject({ kind: "train", preset: "mono" });
    expect(step?.kind === "train" && step.spec).toEqual({ ...withMix(BASE, "mono"), seed: 7 });
    const seed = verdict(run("hybrid", 7), [run("mono", 7), run("cross", 7)]).next;
    expect(seed?.kind === "train" && seed.spec).toEqual({ ...withMix(BASE, "hybrid"), seed: 8 });
  });

  it("keeps a branch’s seed, which is its parent’s", () => {
    const parent = { spec: withMix(BASE, "hybrid"), step: 100, digest: "" };
    const [mono, cross] = [run("mono"), run("cross")];
    expect(next(run("hybrid"), [mono], { parent: { ...parent, spec: { ...parent.spec, seed: 1 } } })).toBe(
      "the same with Cross-lingual",
    );
    expect(next(run("hybrid"), [mono, cross], { parent })).toBeUndefined();
  });
});

describe("awaitedWords", () => {
  it("says what the verdict will be about: of one language nothing of others, nor of bias", () => {
    expect(awaitedWords(BASE, false)).toBe(
      "It will say whether answers in other languages got better since before training, whether the bias towards the question’s language fell, and how this mix stands beside others trained with the same settings.",
    );
    expect(awaitedWords(withPath(BASE, "languages.eval", ["de"]), true)).toBe(
      "It will say whether answers got better since the branch began, and how this mix stands beside others trained with the same settings.",
    );
  });
});
