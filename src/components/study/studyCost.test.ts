// What a study costs, from sizes and speeds with plain numbers.
import { expect, it } from "vitest";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { withPath } from "../../core/spec/spec.ts";
import { speedKey } from "../../core/series/measuredSpeeds.ts";
import { STUDY } from "../../testing/studyBench.ts";
import { isLarge, studyCost } from "./studyCost.ts";

const shard = (lang: string, side: "queries" | "passages", count: number) => ({
  lang,
  side,
  count,
  split: "test",
});
const set = {
  id: "cldr-emoji",
  manifest: {
    shards: ["en", "de"].flatMap((lang) => [shard(lang, "queries", 50), shard(lang, "passages", 100)]),
  },
} as unknown as DatasetInfo; // what is read of it

const study = {
  ...STUDY,
  spec: { ...STUDY.spec, data: { ...STUDY.spec.data, split: "heldOut" as const }, steps: 10, evalEvery: 0 },
};

it("adds up runs, time and storage, by this device's speed where it is known", () => {
  const speeds = { [speedKey(study.spec)]: { pairs: 256, texts: 30 } };
  const cost = studyCost(study, [set], { measured: speeds, pace: 3, playsGpu: false });
  // four runs of 10 batches of 256 pairs at 256 a second, and two evaluations of 100 questions and 200 passages at 30
  expect(cost).toMatchObject({ runs: 4, seconds: 4 * (10 + 600 / 30), isHere: true, lacking: [] });
  expect(cost.bytes).toBeGreaterThan(4 * 40_000);
  expect(isLarge(cost)).toBe(false);
  expect(isLarge({ ...cost, seconds: 3601 })).toBe(true);
  expect(isLarge({ ...cost, runs: 201 })).toBe(true);
});

it("names data that is not here, of which neither time nor storage is known", () => {
  const cost = studyCost(study, [], { measured: {}, pace: 1, playsGpu: false });
  expect(cost).toEqual({
    runs: 4,
    seconds: undefined,
    isHere: false,
    bytes: undefined,
    lacking: ["cldr-emoji"],
  });
});

it("is by the encoder's table at this device's pace until a run has told", () => {
  const shipped = { ...study, spec: withPath(study.spec, "encoder.id", "distilled-bag-37k") };
  const seconds = (pace: number) =>
    studyCost(shipped, [set], { measured: {}, pace, playsGpu: false }).seconds!;
  expect(seconds(4)).toBeCloseTo(4 * seconds(1), 9);
  expect(seconds(1)).toBeGreaterThan(0);
});

it("says no time where a cell asks for a WebGPU that the processor plays", () => {
  const shipped = withPath(study.spec, "encoder.id", "distilled-bag-37k");
  const onGpu = { ...study, spec: withPath(shipped, "compute.backend", "webgpu") };
  const seconds = (playsGpu: boolean) => studyCost(onGpu, [set], { measured: {}, pace: 1, playsGpu }).seconds;
  expect(seconds(false)).toBeGreaterThan(0);
  expect(seconds(true)).toBeUndefined();
});
