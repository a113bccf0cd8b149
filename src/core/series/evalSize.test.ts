import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { evalSize } from "./evalSize.ts";
import type { Manifest } from "../data/manifest.ts";

const shard = (lang: string, side: "queries" | "passages", split: "train" | "dev" | "test", count: number) =>
  ({ lang, side, split, count }) as Manifest["shards"][number];

const manifest = {
  shards: [
    shard("en", "queries", "train", 1000),
    shard("en", "queries", "dev", 70),
    shard("en", "queries", "test", 30),
    shard("en", "passages", "train", 500),
    shard("en", "passages", "test", 20),
    shard("el", "queries", "test", 8),
    shard("el", "passages", "test", 5),
    shard("sw", "queries", "test", 999), // not evaluated
  ],
};
const spec = { ...DEFAULT_SPEC, languages: { ...DEFAULT_SPEC.languages, train: { en: 1 }, heldOut: ["el"] } };
const withData = (data: Partial<typeof spec.data>) => ({ ...spec, data: { ...spec.data, ...data } });

describe("evalSize", () => {
  it("counts test queries in the test pool, trained and held-out languages together", () => {
    expect(evalSize(manifest, withData({ split: "heldOut" }))).toEqual({ queries: 38, live: 38, pool: 25 });
  });

  it("takes a fifth of what is there for training for dev, about", () => {
    // (1000 + 70) / 5 queries and 500 / 5 passages; all of el is test
    const size = { queries: 214, live: 214, pool: 100, isAbout: true };
    expect(evalSize(manifest, withData({ split: "devConcepts" }))).toEqual(size);
  });

  it("asks dev queries in the train pool", () => {
    expect(evalSize(manifest, withData({ split: "dev" }))).toEqual({ queries: 70, live: 70, pool: 500 });
  });

  it("takes a set that was not trained on whole", () => {
    const size = evalSize(manifest, withData({ eval: "xquad-r", split: "dev", liveQueries: 100 }));
    // queries 1000 + 70 + 30 + 8, pool 500 + 20 + 5
    expect(size).toEqual({ queries: 1108, live: 100, pool: 525 });
  });
});
