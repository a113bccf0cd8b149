import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC, findPreset } from "../spec/presets.ts";
import { withPath, type ExperimentSpec, type SpecPath, type SpecValue } from "../spec/spec.ts";
import { growthOf } from "../../testing/growth.ts";
import { isAutomaticName } from "./automaticName.ts";
import { ratioText } from "./mixText.ts";
import { runNames, type NamedRun } from "./runNames.ts";

type Changes = Partial<Record<SpecPath, SpecValue>>;
const specOf = (changes: Changes): ExperimentSpec =>
  Object.entries(changes).reduce(
    (spec, [path, value]) => withPath(spec, path as SpecPath, value),
    DEFAULT_SPEC,
  );
const mono = (share: number): Changes => ({
  "batch.ratio": ofKinds({ mono: share, cross: Math.round(100 * (1 - share)) / 100 }),
});
const run = (i: number, changes: Changes, rest: Partial<NamedRun> = {}): NamedRun => ({
  id: `r${i}`,
  createdAt: i,
  spec: specOf(changes),
  ...rest,
});
const said = (runs: readonly NamedRun[]) => {
  const words = runNames(runs);
  return runs.map(({ id }) => words.get(id)!);
};
const names = (runs: readonly NamedRun[]) => said(runs).map(({ name }) => name);
const languages = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, 1]));

describe("what runs are called", () => {
  it("calls one run by its mix, and says beside it what it is", () => {
    expect(said([run(1, {})])).toEqual([
      { name: "Hybrid", subtitle: "9 languages, from distilled-bag-37k, seed 1" },
    ]);
  });

  it("says of two what sets them apart, and no more", () => {
    expect(names([run(1, { seed: 1 }), run(2, { seed: 2 })])).toEqual(["Hybrid, seed 1", "Hybrid, seed 2"]);
    const data = [run(1, {}), run(2, { "languages.train": languages(48), seed: 2 })];
    expect(said(data)).toEqual([
      { name: "Hybrid, 9 languages", subtitle: "seed 1, from distilled-bag-37k" },
      { name: "Hybrid, 48 languages", subtitle: "seed 2, from distilled-bag-37k" },
    ]);
    expect(names([run(1, {}), run(2, { "encoder.id": "distilled-weak" })])).toEqual([
      "Hybrid, from distilled-bag-37k",
      "Hybrid, from distilled-weak",
    ]);
    expect(names([run(1, mono(1)), run(2, mono(0))])).toEqual(["Monolingual", "Cross-lingual"]);
  });

  it("says who trained a run that the lab did not, beside others and alone", () => {
    const engine = "sentence-transformers, CPU, 2 processes";
    const elsewhere = run(2, { "compute.backend": "cpu" }, { engine });
    expect(names([run(1, { "compute.backend": "wasm" }), elsewhere])).toEqual([
      "Hybrid",
      `Hybrid, by ${engine}`,
    ]);
    expect(said([elsewhere])[0]!.subtitle.startsWith(`by ${engine}, 9 languages`)).toBe(true);
    expect(said([run(1, {}), { ...elsewhere, given: "theirs" }])[1]!.name).toBe("theirs");
  });

  it("tells 52 runs of nine ratios apart by ratio and seed", () => {
    const runs = Array.from({ length: 52 }, (_, i) =>
      run(i, { ...mono(((i % 9) + 1) / 10), seed: 1 + Math.floor(i / 9) }),
    );
    expect(new Set(names(runs)).size).toBe(52);
    expect(names(runs).slice(0, 9)).toEqual(
      [10, 20, 30, 40, 50, 60, 70, 80, 90].map((share) =>
        share === 50 ? "Hybrid, seed 1" : `mono ${share} %, seed 1`,
      ),
    );
    expect(names(runs)[51]).toBe("mono 70 %, seed 6"); // 51 = 5 x 9 + 6
  });

  it("says which of two languages' sets of one size it is", () => {
    const two = [
      ["de", "en", "fr", "sw"],
      ["de", "en", "fr", "th"],
    ].map((list, i) =>
      run(i, {
        "languages.train": Object.fromEntries(list.map((lang) => [lang, 1])),
        "languages.heldOut": [],
      }),
    );
    expect(names(two)).toEqual(["Hybrid, 4 languages with sw", "Hybrid, 4 languages with th"]);
  });

  it("numbers runs that nothing sets apart by their age, whatever their order", () => {
    const runs = [run(3, {}), run(1, {}), run(2, {})];
    expect(names(runs)).toEqual(["Hybrid (3)", "Hybrid", "Hybrid (2)"]);
  });

  it("lets a person's name stand, and takes it for no other", () => {
    const runs = [run(1, {}), run(2, { seed: 2 }, { given: "Hybrid, seed 1" })];
    expect(said(runs)).toEqual([
      { name: "Hybrid, seed 1 (2)", subtitle: "9 languages, from distilled-bag-37k" },
      { name: "Hybrid, seed 1", subtitle: "Hybrid, seed 2; 9 languages, from distilled-bag-37k" },
    ]);
  });

  it("says where a branch leaves which mix", () => {
    const parent = { spec: specOf(mono(1)), step: 100, digest: "ab" };
    expect(names([run(1, mono(1)), run(2, mono(0), { parent }), run(3, mono(1), { parent })])).toEqual([
      "Monolingual",
      "Cross-lingual",
      "Monolingual, from step 100",
    ]);
    expect(names([run(1, mono(0)), run(2, mono(0), { parent })])[1]).toBe(
      "Cross-lingual, from step 100 of Monolingual",
    );
  });

  it("says beside a name what most others have not, and not what they all have but one", () => {
    const seeds = Array.from({ length: 4 }, (_, i) =>
      run(i, { seed: i, ...(i === 3 && { "data.split": "heldOut" }) }),
    );
    expect(said(seeds).slice(2)).toEqual([
      { name: "Hybrid, seed 2", subtitle: "9 languages, from distilled-bag-37k" },
      { name: "Hybrid, seed 3", subtitle: "test part, 9 languages, from distilled-bag-37k" },
    ]);
  });

  it("passes over what says nothing: a teacher that is off, an end of a mix that stays", () => {
    const runs = [run(1, {}), run(2, { "loss.teacher": "other", "batch.ratioEnd": ofKinds({ mono: 1 }) })];
    expect(names(runs)).toEqual(["Hybrid", "Hybrid (2)"]);
  });

  it("depends on the set of runs alone, and never names two alike", () => {
    const changes = fc.record({
      seed: fc.integer({ min: 1, max: 3 }),
      steps: fc.constantFrom(100, 200),
      "batch.ratio": fc.constantFrom(...[0, 0.3, 0.5, 1].map((share) => mono(share)["batch.ratio"]!)),
      "encoder.id": fc.constantFrom("distilled-mini", "distilled-weak"),
    });
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 20 }), (list) => {
        const runs = list.map((one, i) => run(i, one));
        const forward = runNames(runs);
        const backward = runNames([...runs].reverse());
        expect([...forward].sort()).toEqual([...backward].sort());
        expect(new Set([...forward.values()].map(({ name }) => name)).size).toBe(runs.length);
      }),
    );
  });

  it("names 500 as fast as they are many", async () => {
    const make = (n: number) =>
      Array.from({ length: n }, (_, i) =>
        run(i, { ...mono((i % 11) / 10), seed: i % 40, steps: 100 + (i % 3) }),
      );
    expect(await growthOf(make, runNames, { from: 250, to: 2 ** 14 })).toBeLessThanOrEqual(3);
  });
});

describe("a mix in words", () => {
  it("is a name where it has one, and else shares", () => {
    const ratio = (mono: number, cross: number, multi = 0, mixedMono = 0) =>
      ratioText(ofKinds({ mono, cross, multi, mixedMono }));
    expect(ratio(0.7, 0.3)).toBe("mono 70 %");
    expect(ratio(0.5, 0.5)).toBe("Hybrid");
    expect(ratio(0, 0, 0, 1)).toBe("Mixed monolingual");
    expect(ratio(0.25, 0, 0.75)).toBe("mono 25 %, multi 75 %");
    expect(ratio(1 / 3, 1 / 3, 1 / 3)).toBe("mono 33.3 %, cross 33.3 %, multi 33.3 %");
  });

  it("says where it moves", () => {
    const spec = specOf({
      ...mono(1),
      "batch.schedule": "linear",
      "batch.ratioEnd": mono(0)["batch.ratio"]!,
    });
    expect(names([run(1, {}, { spec })])).toEqual(["mono → cross, linear"]);
  });
});

it("knows the names that labs made up", () => {
  for (const name of [
    "Hybrid",
    "Hybrid 2",
    "Quick start",
    "Monolingual, from step 100",
    "Hybrid 2, from step 150 3",
    "run",
    "run (3)",
    "custom 4",
  ])
    expect(isAutomaticName(name), name).toBe(true);
  for (const name of ["Hybrid, the good one", "run of Ann", "Mine", "mono 70 %, by hand"])
    expect(isAutomaticName(name), name).toBe(false);
  expect(findPreset("hybrid")!.label).toBe("Hybrid");
});
