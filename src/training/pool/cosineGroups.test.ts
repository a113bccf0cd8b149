// Which pairs are counted, and that training brings meanings together.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { areaUnderCurve, totalOf } from "../../core/stats/cosineCounts.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { runExperiment, type RunResources } from "../run/runExperiment.ts";
import { cosineGroups } from "./cosineGroups.ts";

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
  for await (const _ of runExperiment(spec, ports, openControl, (own) => (kept = own), { training }));
  return kept!;
}

describe("cosines by what texts share", () => {
  it("counts each pair once, in its group", async () => {
    const { groups, ...rest } = await cosineGroups(await trained(undefined, false), {});
    expect(rest).toEqual({ languages, concepts: 16, questions: 48, passages: 48 });
    const sizes = Object.values(groups).map(({ before, now }) => [totalOf(before), totalOf(now)]);
    // 48 questions: 2 answers in other languages, 15 wrong ones in their own, 15 in each of two others
    expect(sizes).toEqual([48 * 2, 48 * 15, 48 * 30].map((n) => [n, n]));
    expect(groups.meaning.now).toEqual(groups.meaning.before); // untrained
  });

  it("keeps to the languages chosen, wrong answers of the question's own beside them", async () => {
    const { groups, ...rest } = await cosineGroups(await trained(undefined, false), {
      query: "de",
      passage: "th",
    });
    expect(rest).toMatchObject({ concepts: 16, questions: 16, passages: 32 });
    expect(Object.values(groups).map(({ now }) => totalOf(now))).toEqual([16, 16 * 15, 16 * 15]);
  });

  it("shows meanings coming together, also once more has been trained", async () => {
    const run = await trained();
    const { groups } = await cosineGroups(run, {});
    const area = (when: "before" | "now") => areaUnderCurve(groups.meaning[when], groups.language[when]);
    expect(area("before")).toBeLessThan(0.8);
    expect(area("now")).toBeGreaterThan(area("before") + 0.1);
    const again = await cosineGroups(run, { query: "en" });
    expect(totalOf(again.groups.meaning.now)).toBe(32);
  });

  it("says when no question has an answer in another language", async () => {
    const alone = await trained((concept, lang) => concept % 3 !== lang, false);
    await expect(cosineGroups(alone, {})).rejects.toThrow("answers in another language");
  });
});
