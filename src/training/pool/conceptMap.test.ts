// Which concepts a map takes, and where it puts them.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { conceptMap, place } from "./conceptMap.ts";
import { runExperiment, type RunResources } from "../run/runExperiment.ts";

const languages = ["de", "en", "th"];

async function trained(lacks: (concept: number, lang: number) => boolean = () => false, training = true) {
  const spec = {
    ...DEFAULT_SPEC,
    data: { ...DEFAULT_SPEC.data, train: "small", split: "all" as const },
    languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1, th: 1 }, heldOut: [] },
    batch: { ...DEFAULT_SPEC.batch, size: 8, ratio: { mono: 0, cross: 1, multi: 0, mixedMono: 0 } },
    encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
    steps: 40,
    evalEvery: 0,
  };
  let kept: RunResources | undefined;
  const ports = memoryPorts(smallCorpus({ languages, nConcepts: 16, lacks }));
  for await (const _ of runExperiment(spec, ports, openControl, (resources) => (kept = resources), {
    training,
  }));
  return kept!;
}

describe("the map of concepts", () => {
  it("holds each concept once in each language, and shows translations coming together", async () => {
    const map = await conceptMap(await trained(), 6);
    expect(map.points).toHaveLength(6 * 3);
    expect(new Set(map.points.map(({ concept, lang }) => `${concept} ${lang}`)).size).toBe(18);
    expect(new Set(map.points.map(({ passage }) => passage)).size).toBe(18);
    const mean = (when: "before" | "now") => map.similarity.reduce((sum, one) => sum + one[when], 0) / 6;
    expect(mean("now")).toBeGreaterThan(mean("before") + 0.1); // cross-lingual batches pull them together
    for (const share of [...map.explained.before, ...map.explained.now]) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
    }
  });

  it("prefers concepts that more languages have", async () => {
    const map = await conceptMap(await trained((concept, lang) => concept % 2 === 0 && lang === 2), 8);
    expect(map.points.filter(({ lang }) => lang === 2)).toHaveLength(8); // the eight odd ones, all with Thai
  });

  it("says when there is nothing to compare", async () => {
    await expect(
      conceptMap(await trained((concept, lang) => concept % 3 !== lang, false), 8),
    ).rejects.toThrow("two concepts that are told in two languages");
  });
});

describe("places", () => {
  const vector = (...values: number[]) => Float32Array.from(values);

  it("are the coordinates along the directions of largest variance, one basis for both sets", () => {
    // about their means: before (±3, 0, 0), now (0, 0, ±1); a shift of a set changes nothing
    const before = [vector(13, 5, 5), vector(7, 5, 5)];
    const now = [vector(0, 0, 1), vector(0, 0, -1)];
    const { before: b, now: n, explained } = place(before, now);
    expect(b.map(([x, y]) => [Math.abs(x), Math.abs(y)])).toEqual([
      [expect.closeTo(3, 5), expect.closeTo(0, 5)],
      [expect.closeTo(3, 5), expect.closeTo(0, 5)],
    ]);
    expect(n.map(([x, y]) => [Math.abs(x), Math.abs(y)])).toEqual([
      [expect.closeTo(0, 5), expect.closeTo(1, 5)],
      [expect.closeTo(0, 5), expect.closeTo(1, 5)],
    ]);
    expect(explained.before).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
    expect(explained.now).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
  });

  it("of equal vectors are refused", () => {
    const same = [vector(1, 0), vector(1, 0)];
    expect(() => place(same, same)).toThrow("all vectors are alike");
  });
});
