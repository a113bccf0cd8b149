// Parts of a mix that are set together stand as given; the other kinds share the rest.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BATCH_KINDS, ofKinds, type BatchKind, type Ratio } from "./batchKind.ts";
import { kindPart, withKindParts } from "./kindParts.ts";
import { DEFAULT_SPEC } from "./presets.ts";
import { withPath } from "./spec.ts";

const set = (old: Partial<Ratio>, parts: Partial<Ratio>): Ratio => {
  const spec = withPath(DEFAULT_SPEC, "batch.ratio", ofKinds(old));
  const named = new Map(Object.entries(parts) as [BatchKind, number][]);
  return withKindParts(spec, "batch.ratio", named).batch.ratio;
};

describe("parts of a mix", () => {
  it("stand as given, in any order", () => {
    const half = { mono: 0.5, cross: 0.5 };
    expect(set(half, { mono: 0.7, cross: 0.2, multi: 0.1 })).toEqual(
      ofKinds({ mono: 0.7, cross: 0.2, multi: 0.1 }),
    );
    expect(set(half, { multi: 0.1, cross: 0.2, mono: 0.7 })).toEqual(
      ofKinds({ mono: 0.7, cross: 0.2, multi: 0.1 }),
    );
  });

  it("leave the rest to the other kinds, in the proportions they had", () => {
    // .3 left for cross and multi, which are 2 : 1
    expect(set({ mono: 0.4, cross: 0.4, multi: 0.2 }, { mono: 0.7 })).toEqual(
      ofKinds({ mono: 0.7, cross: 0.2, multi: 0.1 }),
    );
    // .3 left for mono alone
    expect(set({ mono: 0.5, cross: 0.5 }, { cross: 0.2, multi: 0.5 })).toEqual(
      ofKinds({ mono: 0.3, cross: 0.2, multi: 0.5 }),
    );
  });

  it("are refused where they sum to more than 1, or to less with nobody to take the rest", () => {
    expect(() => set({ mono: 1 }, { mono: 0.7, cross: 0.5 })).toThrow(
      "batch.ratio: mono 0.7 + cross 0.5 is 1.2; parts that are set together must sum to at most 1",
    );
    expect(() => set({ mono: 0.5, cross: 0.5 }, { mono: 0.7, cross: 0.2 })).toThrow(
      /^batch.ratio: mono 0.7 \+ cross 0.2 is 0.9, not 1, and multi, mixedMono.* had no share to keep the rest in; set more parts$/,
    );
    expect(() => set({ mono: 1 }, ofKinds({}, 0.1))).toThrow("no kind is left");
  });

  it("always give a mix that sums to 1 and keeps every named part", () => {
    const tenths = fc.integer({ min: 0, max: 10 }).map((n) => n / 10);
    const mix = fc.tuple(tenths, tenths, tenths, tenths).filter((parts) => parts.some((part) => part > 0));
    const named = fc.dictionary(fc.constantFrom(...BATCH_KINDS), tenths, { minKeys: 1 });
    const property = fc.property(mix, named, (raw, parts) => {
      const total = raw.reduce((a, b) => a + b, 0);
      const old = Object.fromEntries(BATCH_KINDS.map((kind, i) => [kind, raw[i]! / total]));
      const given = Object.values(parts).reduce((a, b) => a + b, 0);
      const there = BATCH_KINDS.reduce((sum, kind) => sum + (kind in parts ? 0 : old[kind]!), 0);
      const isWrong = given > 1 + 1e-6 || (given < 1 - 1e-6 && there === 0);
      if (isWrong) {
        expect(() => set(old, parts)).toThrow("batch.ratio: ");
        return;
      }
      const next = set(old, parts);
      expect(BATCH_KINDS.reduce((sum, kind) => sum + next[kind], 0)).toBeCloseTo(1, 5);
      for (const [kind, part] of Object.entries(parts)) expect(next[kind as BatchKind]).toBe(part);
    });
    fc.assert(property);
  });
});

describe("parts of the loss weights", () => {
  it("change nothing else", () => {
    const parts = new Map<BatchKind, number>([
      ["cross", 2.5],
      ["multi", 0],
    ]);
    expect(withKindParts(DEFAULT_SPEC, "loss.weights", parts).loss.weights).toEqual(
      ofKinds({ cross: 2.5, multi: 0 }, 1),
    );
  });
});

it("names are those of fields that hold kinds", () => {
  expect(kindPart("batch.ratioEnd.mixedMono")).toEqual({ path: "batch.ratioEnd", kind: "mixedMono" });
  for (const name of [
    "batch.ratio.mona",
    "batch.size.mono",
    "mono",
    "batch.ratio",
    "batch.ratio.mono.mono",
  ]) {
    expect(kindPart(name)).toBeUndefined();
  }
});
