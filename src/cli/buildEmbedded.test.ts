// Facts of the embedded set as built from the installed package; what the numbers on the page rest on.
import { appendFile, cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { normaliseWord } from "../core/data/cldrEmoji.ts";
import type { Manifest, Shard } from "../core/data/manifest.ts";
import type { ShardRow } from "../core/data/records.ts";
import { readShard } from "../training/data/readShard.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { createFolderShards, EMBEDDED_DATASETS } from "./nodeShards.ts";

describe("cldr-emoji", () => {
  const dir = path.join(EMBEDDED_DATASETS, "cldr-emoji"); // where set-up builds it: no second build here
  let manifest: Manifest;
  const shards: { shard: Shard; rows: readonly ShardRow[] }[] = [];
  const select = (part: Partial<Shard>) =>
    shards.filter(({ shard }) => Object.entries(part).every(([k, v]) => shard[k as keyof Shard] === v));
  const conceptsOf = (part: Partial<Shard>) =>
    new Set(select(part).flatMap(({ rows }) => rows.flatMap((row) => row.concepts)));

  beforeAll(async () => {
    ({ manifest } = await buildEmbedded());
    const source = createFolderShards(dir);
    for (const shard of manifest.shards) shards.push({ shard, rows: await readShard(source, shard) });
  }, 60_000);

  it("has 90 languages and more, low-resource ones among them, no variants of one language", () => {
    expect(manifest.languages.length).toBeGreaterThanOrEqual(90);
    const expected = ["am", "ar", "el", "en", "km", "qu", "sw", "vi", "yo", "zh"];
    expect(manifest.languages).toEqual(expect.arrayContaining(expected));
    expect(manifest.languages.filter((lang) => lang.includes("-"))).toEqual([]);
  });

  it("names every concept once in every language, 1,400 and more", () => {
    expect(manifest.concepts).toBeGreaterThanOrEqual(1400);
    for (const lang of manifest.languages) {
      const rows = select({ lang, side: "passages" }).flatMap(({ rows }) => rows);
      expect(rows.length, lang).toBe(manifest.concepts);
      expect(conceptsOf({ lang, side: "passages" }).size, lang).toBe(manifest.concepts);
    }
  });

  it("has queries for most concepts of every language", () => {
    for (const lang of manifest.languages) {
      expect(conceptsOf({ lang, side: "queries" }).size, lang).toBeGreaterThan(1000);
    }
  });

  it("splits by concept, a quarter test, the same in all languages; dev asks for train concepts", () => {
    const test = conceptsOf({ lang: "en", side: "passages", split: "test" });
    expect(test.size).toBe(Math.round(manifest.concepts / 4));
    for (const lang of manifest.languages) {
      expect(conceptsOf({ lang, side: "passages", split: "test" })).toEqual(test);
    }
    for (const split of ["train", "dev", "test"] as const) {
      const asked = [...conceptsOf({ side: "queries", split })];
      expect(asked.filter((c) => test.has(c) !== (split === "test"))).toEqual([]);
    }
    expect(select({ side: "passages", split: "dev" })).toEqual([]);
  });

  it("never asks with the name itself, and never with the same query in train and dev", () => {
    for (const lang of manifest.languages) {
      const rows = (part: Partial<Shard>) => select({ lang, ...part }).flatMap((s) => s.rows);
      const names = new Map(rows({ side: "passages" }).map((r) => [r.concepts[0], normaliseWord(r.text)]));
      const named = rows({ side: "queries" }).filter(({ text, concepts }) =>
        [normaliseWord(text), ...text.split(", ").map(normaliseWord)].includes(names.get(concepts[0])!),
      );
      expect(named, lang).toEqual([]);
      const train = new Set(rows({ side: "queries", split: "train" }).map((r) => r.concepts[0] + r.text));
      expect(
        rows({ side: "queries", split: "dev" }).filter((r) => train.has(r.concepts[0] + r.text)),
      ).toEqual([]);
    }
  });

  it("carries its licence with the copyright notice", async () => {
    const licence = await readFile(path.join(dir, "LICENSE"), "utf8");
    expect(licence).toContain("UNICODE LICENSE V3");
    expect(licence).toMatch(/Copyright © [\d-]+ Unicode, Inc\./);
    expect(manifest.licence).toBe("Unicode-3.0");
    expect(manifest.source).toMatch(/cldr-annotations-full .*\d+\.\d+\.\d+$/);
  });

  it("is left alone when up to date", async () => {
    const before = (await stat(path.join(dir, "manifest.json"))).mtimeMs;
    expect(await buildEmbedded()).toEqual({ manifest, rebuilt: false });
    expect((await stat(path.join(dir, "manifest.json"))).mtimeMs).toBe(before);
  });

  it("is built again when damaged, in the same bytes", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "lab-"));
    const copy = path.join(parent, "cldr-emoji");
    await cp(dir, copy, { recursive: true });
    await appendFile(path.join(copy, manifest.shards[0]!.path), "x");
    expect(await buildEmbedded(copy)).toEqual({ manifest, rebuilt: true });
    await rm(parent, { recursive: true, force: true });
  }, 60_000);
});
