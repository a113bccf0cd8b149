import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../../testing/cpuTime.ts";
import { growthOf } from "../../testing/growth.ts";
import { AGE } from "../age.ts";
import { BATCH_KINDS, ofKinds } from "./batchKind.ts";
import { checkValue } from "./checkValue.ts";
import type { Field } from "./field.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { decodeLink, encodeLink, MAX_LINK_LENGTH, MAX_PROBLEMS } from "./link.ts";
import { findPreset, PRESETS } from "./presets.ts";
import { withPath, type ExperimentSpec, type KindMatrix, type KindWeights, type SpecValue } from "./spec.ts";

const hybrid = findPreset("hybrid")!;
const languages = ["en", "ar", "zh", "sw", "pt-BR", "zh-Hant"];

const weightsOf = (mono: number, cross: number, multi: number, mixedMono: number) => {
  return ofKinds({ mono, cross, multi, mixedMono });
};
const arbitraryWeights = fc
  .record(Object.fromEntries(BATCH_KINDS.map((kind) => [kind, fc.integer({ min: 0, max: 10 })])))
  .filter((w) => Object.values(w).some((x) => x > 0))
  .map((w) => w as Record<string, number>);

function arbitraryOf(field: Field): fc.Arbitrary<SpecValue> {
  switch (field.type) {
    case "number":
      return field.step === 1
        ? fc.integer({ min: field.min, max: field.max })
        : fc.double({ min: field.min, max: field.max, noNaN: true });
    case "choice":
      return fc.constantFrom(...field.options.map((option) => option.value));
    case "boolean":
      return fc.boolean();
    case "id":
      if (field.of === "run") return fc.constantFrom("none", "0123456789abcdef");
      return fc.constantFrom("cldr-emoji", "xquad-r", "a.b_c-1");
    case "ratio":
    case "kindWeights":
      return arbitraryWeights;
    case "kindNumbers":
      return fc.constantFrom(weightsOf(0, 0, 0, 0), weightsOf(2.1, 0, 3.25, 0));
    case "kindMatrix":
      return fc
        .record(Object.fromEntries(BATCH_KINDS.map((kind) => [kind, fc.integer({ min: -10, max: 10 })])))
        .map((row) => Object.fromEntries(BATCH_KINDS.map((kind) => [kind, row])) as unknown as KindMatrix);
    case "curve":
      return fc
        .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1000 }), arbitraryWeights), {
          selector: ([at]) => at,
          maxLength: 8,
        })
        .map((points) =>
          points
            .sort(([a], [b]) => a - b)
            .map(([at, weights]) => ({
              at: at / 1000,
              weights: (field.of === "ratio" ? scaled(weights) : weights) as KindWeights,
            })),
        );
    case "languageWeights":
      return fc.dictionary(fc.constantFrom(...languages), fc.integer({ min: 1, max: 9 }), { minKeys: 1 });
    case "languageList":
      return fc.uniqueArray(fc.constantFrom(...languages));
    case "cutList":
      return fc.uniqueArray(fc.constantFrom("recall@5/mono", "recall@5/cross", "ndcg@1000000/multi"));
  }
}

const arbitrarySpec: fc.Arbitrary<ExperimentSpec> = fc
  .tuple(...SPEC_PATHS.map((path) => arbitraryOf(fieldAt(path))))
  .map((values) =>
    SPEC_PATHS.reduce((spec, path, i) => {
      const value = fieldAt(path).type === "ratio" ? scaled(values[i] as Record<string, number>) : values[i]!;
      const checked = checkValue(path, value);
      return withPath(spec, path, "value" in checked ? checked.value : value);
    }, hybrid.spec),
  );
const scaled = (weights: Record<string, number>) => {
  const sum = Object.values(weights).reduce((a, b) => a + b, 0);
  return Object.fromEntries(Object.entries(weights).map(([kind, w]) => [kind, w / sum]));
};

describe("links", () => {
  it("say only what differs from the preset, in readable keys", () => {
    expect(encodeLink(hybrid.spec, hybrid)).toBe("v=10&preset=hybrid");
    const spec = withPath(withPath(hybrid.spec, "seed", 7), "languages.train", { en: 1, ar: 2 });
    expect(encodeLink(spec, hybrid)).toBe("v=10&preset=hybrid&langs=en,ar:2&seed=7");
  });

  it("carry any spec there and back", () => {
    fc.assert(
      fc.property(arbitrarySpec, fc.constantFrom(...PRESETS), (spec, preset) => {
        const decoded = decodeLink(`#${encodeLink(spec, preset)}`);
        expect(decoded.problems).toEqual([]);
        expect(decoded.spec).toEqual(spec);
        expect(decoded.preset.name).toBe(preset.name);
      }),
      { numRuns: 300 },
    );
  });

  it("have languages in any letters", () => {
    const { spec, problems } = decodeLink("v=10&langs=EN,De:2,ZH_hant,pt-br&heldOut=SW");
    expect(problems).toEqual([]);
    expect(spec.languages.train).toEqual({ en: 1, de: 2, "zh-Hant": 1, "pt-BR": 1 });
    expect(spec.languages.heldOut).toEqual(["sw"]);
  });

  it("have keys in any letters, of which the last one holds, told where another said otherwise", () => {
    const { spec, problems } = decodeLink("V=2&EVALEVERY=7&seed=3&Seed=9&evalEvery=8&evalevery=8");
    expect([spec.evalEvery, spec.seed, spec.batch.law]).toEqual([8, 9, "blind"]);
    expect(problems.map(({ message }) => message)).toEqual([
      'seed is there twice, as "3" and "9"; "9" is used',
      'evalEvery is there twice, as "7" and "8"; "8" is used',
    ]);
    const keys = SPEC_PATHS.map((path) => fieldAt(path).key.toLowerCase());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("of the paper's presets carry what those own", () => {
    const { spec, problems } = decodeLink("v=10&preset=paper-cross&langs=en,de,hi,zh&heldOut=none&seed=2");
    expect(problems).toEqual([]);
    expect(spec).toEqual({
      ...findPreset("paper-cross")!.spec,
      seed: 2,
      languages: { ...spec.languages, train: { en: 1, de: 1, hi: 1, zh: 1 }, heldOut: [] },
    });
    expect(spec).toMatchObject({
      data: { train: "xquad-r", eval: "same" },
      encoder: { id: "distilled-small-spread" },
      optimizer: { learningRate: 1e-4 },
    });
    expect(encodeLink(spec, findPreset("paper-cross")!)).toBe(
      "v=10&preset=paper-cross&langs=en,de,hi,zh&heldOut=none&seed=2",
    );
  });

  it("keep and list unknown keys", () => {
    const decoded = decodeLink("v=2&preset=hybrid&wings=2");
    expect(decoded.unknown).toEqual({ wings: "2" });
    expect(decoded.problems).toMatchObject([{ path: "wings", outcome: "unknown" }]);
    expect(encodeLink(decoded.spec, decoded.preset, decoded)).toBe(
      "v=10&preset=hybrid&split=heldOut&law=blind&teacher=distilled-mini&encoder=distilled-mini&lr=0.01&wings=2",
    );
  });

  it("explain what is wrong and apply the rest", () => {
    const { spec, problems } = decodeLink("v=2&preset=hybrid&batch=1&seed=x&steps=70&%E0%A4%A");
    expect(problems.map((p) => p.message)).toEqual([
      '"%E0%A4%A" is not of the form key=value and is left out',
      "batch.size must be from 2 to 1024, got 1; 2 is used",
      'seed must be a whole number from 0 to 2147483647, got "x"',
    ]);
    expect(spec.steps).toBe(70);
    expect(spec.batch.size).toBe(2);
    expect(spec.seed).toBe(hybrid.spec.seed);
  });

  it.each([
    ["seed=9007199254740993", "seed must be from 0 to 2147483647, got 9007199254740993; 2147483647 is used"],
    ["seed=1e999", "seed must be a whole number from 0 to 2147483647, got 1e999"],
    ["seed=0x10000000000", "seed must be from 0 to 2147483647, got 0x10000000000; 2147483647 is used"],
    ["warmup=1.50", "optimizer.warmup must be a whole number from 0 to 10000, got 1.50"],
    ["ratio=mono:9007199254740993", /got "mono:9007199254740993"$/],
  ])("name what was written, digit by digit: %s", (entry, message) => {
    expect(decodeLink(`v=10&preset=hybrid&${entry}`).problems.map((p) => p.message)).toEqual([
      typeof message === "string" ? message : expect.stringMatching(message),
    ]);
  });

  it("from a newer lab say so", () => {
    expect(decodeLink(`v=${AGE + 1}`).problems[0]?.message).toContain("newer lab");
  });

  it.each(["-1e999", "-1e15", "1e999", "0", "1.5", "x", "", "-0"])(
    "of a senseless version (%s) are read as today's, at once",
    (version) => {
      const startMs = cpuMs();
      const { spec, problems } = decodeLink(`v=${version}&preset=hybrid&seed=7`);
      expect(cpuMs() - startMs).toBeLessThan(100);
      expect(problems.map(({ path }) => path)).toEqual(["v"]);
      expect([spec.encoder.id, spec.seed]).toEqual([hybrid.spec.encoder.id, 7]);
    },
  );

  it("of any length are read in work that grows as they do, and tell no more than a person reads", async () => {
    const parts = [
      "&a=1",
      "&%E0",
      "v=1&",
      "ratio=mono:1,",
      "&langs=en,ar:2,",
      "=",
      "#",
      "encoder=hf:a/",
      "%41=",
    ];
    const long = parts.flatMap((part) =>
      [0.9, 1, 40].map((of) => part.repeat((of * MAX_LINK_LENGTH) / part.length)),
    );
    const numbered = Array.from({ length: 4000 }, (_, i) => `k${i}=${i}`).join("&");
    const sizes = { from: 1000, to: MAX_LINK_LENGTH / 16 }; // it doubles thrice from there at most
    for (const part of parts) {
      const make = (n: number) => part.repeat(n / part.length);
      expect(await growthOf(make, decodeLink, sizes), part).toBeLessThanOrEqual(3);
    }
    for (const link of [...long, numbered]) {
      const { problems, unknown } = decodeLink(link);
      expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS);
      if (link === numbered) {
        expect(problems.at(-1)!.message).toBe("the link has 3981 more problems like these"); // 4000 - 19
        expect(Object.keys(unknown)).toHaveLength(4000); // kept all the same
      }
      if (link.length > MAX_LINK_LENGTH) expect(problems[0]!.message).toContain("at most 65536 characters");
    }
  });

  it("carry the sender's result", () => {
    const expected = {
      digest: "0123456789abcdef",
      backend: "wasm",
      map: { mono: 0.5, cross: 0.25, multi: 0.125 },
      rankDistance: 81.5,
    };
    const link = encodeLink(hybrid.spec, hybrid, { expected });
    expect(link).toBe("v=10&preset=hybrid&expect=0123456789abcdef,wasm,0.5000,0.2500,0.1250,81.50");
    expect(decodeLink(link).expected).toEqual(expected);
    expect(decodeLink("expect=0123,wasm,1,1,1,1").problems[0]?.path).toBe("expect");
  });

  const RESULT = "expect=0123456789abcdef,wasm,0.5,0.25,0.125,81.5";

  it("carry the sender's curves beside the result, of a few hundred characters", () => {
    const { expected } = decodeLink(`v=4&preset=hybrid&${RESULT}`);
    const steps = Array.from({ length: 12 }, (_, i) => 27 * i); // to 297, of 300 steps
    const list = steps.map((step) => step + 600);
    const curve = { steps, mono: list, cross: list, multi: list, rankDistance: list.map((x) => 10 * x) };
    const link = encodeLink(hybrid.spec, hybrid, { expected: { ...expected!, curve } });
    expect(link.length).toBeLessThan(330);
    expect(decodeLink(link)).toMatchObject({ expected: { ...expected, curve }, problems: [], unknown: {} });
  });

  it.each([
    "",
    "0,20",
    "0,20:1,2:1,2:1,2", // a list is missing
    "0,20:1,2:1,2:1,2:9,9:9,9", // one too many
    "0:1:1:1:9", // no line
    "0,20:1,2:1:1,2:9,9", // a value is missing
    "20,20:1,2:1,2:1,2:9,9",
    "0,301:1,2:1,2:1,2:9,9", // beyond the last step
    "0,20:1,1001:1,2:1,2:9,9", // mAP above 1
    "0,20:1,-2:1,2:1,2:9,9",
    "0,20:1,NaN:1,2:1,2:9,9",
    "0,20:1,2:1,2:1,2:9,9999999999",
    [0, 1, 2, 3, 4].map(() => Array.from({ length: 41 }, (_, i) => i).join(",")).join(":"),
  ])("leave out curves that are none (%s) and keep the result", (curve) => {
    const { expected, problems, unknown } = decodeLink(`v=4&preset=hybrid&${RESULT}&curve=${curve}`);
    expect(expected).toEqual(decodeLink(`v=4&preset=hybrid&${RESULT}`).expected);
    expect(problems.map(({ path }) => path)).toEqual(["curve"]);
    expect(unknown).toEqual({});
  });

  it("carry the step at which the sender's run was stopped", () => {
    const link = encodeLink(hybrid.spec, hybrid, { stopAt: 73 });
    expect(link).toBe("v=10&preset=hybrid&stop=73");
    expect(decodeLink(link)).toMatchObject({ stopAt: 73, problems: [], unknown: {} });
    for (const stop of ["300", "-1", "1e2", "", "9".repeat(99)]) {
      const { stopAt, problems } = decodeLink(`v=10&preset=hybrid&stop=${stop}`); // of 300 steps
      expect(stopAt).toBeUndefined();
      expect(problems[0]!.message).toContain("stop must be a step before the last, from 0 to 299");
    }
  });

  it("carry the runs that a branch comes from", () => {
    const mono = withPath(hybrid.spec, "batch.ratio", ofKinds({ mono: 1 }));
    const origin = {
      spec: withPath(mono, "languages.train", { en: 1, de: 2 }),
      step: 50,
      digest: "a".repeat(16),
    };
    const parent = { spec: mono, step: 100, digest: "0123456789abcdef", parent: origin };
    const link = encodeLink(hybrid.spec, hybrid, { parent });
    expect(link).toBe(
      `v=10&preset=hybrid&from=100%7C0123456789abcdef%7Cratio%3Dmono:1%3B50%7C${"a".repeat(16)}%7Clangs%3Den,de:2`,
    );
    expect(decodeLink(link)).toMatchObject({ parent, problems: [], unknown: {} });
    for (const [from, why] of [
      ["x", "from must begin with a step"],
      ["100|0123456789abcdef|batch=3", 'from changes "batch=3", which a branch cannot'],
      ["100|0123456789abcdef|steps=0", "from: steps must be"],
      ["300|0123456789abcdef", "a branch begins at a step from 0 to 299"],
      [Array(17).fill("1|0123456789abcdef").join(";"), "from names at most 16 runs, got 17"],
    ] as const) {
      const read = decodeLink(`v=10&preset=hybrid&from=${encodeURIComponent(from)}`);
      expect(read.parent).toBeUndefined();
      expect(read.problems[0]!.message).toContain(why);
    }
  });

  it("never throw, whatever they hold", () => {
    const keys = SPEC_PATHS.map((path) => fieldAt(path).key);
    const part = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom(...keys, "v", "preset", "expect", "curve", "stop", "from"), fc.string())
        .map((kv) => kv.join("=")),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { spec } = decodeLink(parts.join("&"));
        for (const path of SPEC_PATHS) expect(checkValue(path, spec[path as "steps"] ?? 1)).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});
