// What a file that trains holds: what the run reads and no more, and nothing that is a person's own.
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MANIFEST_SCHEMA, type Manifest, type Shard } from "../data/manifest.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withChanges, type SpecChanges } from "../spec/spec.ts";
import { offerTraining, type ReadFile } from "./trainingOffer.ts";
import { trainingNeeds } from "./trainingFiles.ts";

const HASH = "0".repeat(64);
const shard = (path: string, lang: string, bytes: number): Shard => ({
  path,
  lang,
  bytes,
  side: "passages",
  split: "any",
  count: 1,
  sha256: HASH,
  textBytes: 1000,
  textSha256: HASH,
});
const MANIFEST: Manifest = {
  schema: MANIFEST_SCHEMA,
  id: "cldr-emoji",
  title: "t",
  licence: "l",
  citation: "c",
  source: "s",
  languages: ["de", "en", "no"],
  concepts: 1,
  shards: [shard("de/a.gz", "de", 3), shard("en/a.gz", "en", 4), shard("no/a.gz", "no", 5)],
  sha256: HASH,
};
const PLACES = ["models/distilled-bag-37k/config.json", "models/distilled-bag-37k/README.md"];
const FILES = new Map<string, Uint8Array>([
  ...[...PLACES, "models/distilled-mini/config.json", "models/tokenizer/tokenizer.json"].map(
    (path) => [path, new Uint8Array(7)] as const,
  ),
  ["datasets/cldr-emoji/de/a.gz", new Uint8Array(3)],
  ["datasets/cldr-emoji/en/a.gz", new Uint8Array(4)],
  ["datasets/cldr-emoji/no/a.gz", new Uint8Array(5)],
]);
const text = (value: string) => new TextEncoder().encode(value);
const read: ReadFile = async (path) => {
  if (path === "onefile/parts.json")
    return text(
      JSON.stringify({
        appBytes: 9,
        models: [...FILES.keys()]
          .filter((name) => name.startsWith("models/"))
          .map((name) => ({ path: name, bytes: 7 })),
      }),
    );
  if (path === "onefile/app.js") return text("let a = 1");
  if (path === "datasets/cldr-emoji/manifest.json") return text(JSON.stringify(MANIFEST));
  return FILES.get(path)!;
};
const specOf = (changes: SpecChanges) =>
  withChanges(DEFAULT_SPEC, { "languages.train": { de: 1 }, "languages.heldOut": [], ...changes });
const heldBy = async (changes: SpecChanges) => {
  const { files } = await (await offerTraining([{ spec: specOf(changes) }], read)).readParts();
  return files.map(({ path }) => path);
};

describe("a file that trains", () => {
  it("holds the encoder and the languages of the run, its manifest whole", async () => {
    expect(await heldBy({})).toEqual([
      "datasets/cldr-emoji/manifest.json",
      "datasets/cldr-emoji/de/a.gz",
      "models/distilled-bag-37k/config.json",
    ]);
  });

  it("holds languages that are only tested, by the set's own names, a teacher, and a random start's tokenizer", async () => {
    expect(await heldBy({ "languages.eval": ["nb"] })).toContain("datasets/cldr-emoji/no/a.gz");
    expect(await heldBy({ "loss.distillation": "cosine", "loss.teacher": "distilled-mini" })).toContain(
      "models/distilled-mini/config.json",
    );
    expect(await heldBy({ "loss.teacher": "distilled-mini" })).not.toContain(
      "models/distilled-mini/config.json",
    );
    expect(await heldBy({ "encoder.id": "random" })).toContain("models/tokenizer/tokenizer.json");
  });

  it("holds what the parents of a branch read", () => {
    const parent = { spec: specOf({ "languages.train": { en: 1 } }), step: 1, digest: "" };
    expect(trainingNeeds([{ spec: specOf({}), parent }]).sets.get("cldr-emoji")).toEqual(["en", "de"]);
  });

  it.each<[SpecChanges, string]>([
    [{ "data.train": "xquad-r" }, "texts of xquad-r stay on this machine"],
    [{ "data.eval": "mine" }, "texts of mine stay on this machine"],
    [{ "encoder.id": "hf:a/b" }, "got hf:a/b"],
    [{ "encoder.id": "local:mine" }, "got local:mine"],
  ])("is not made of %j", async (changes, sentence) => {
    await expect(offerTraining([{ spec: specOf(changes) }], read)).rejects.toThrow(sentence);
  });

  it("packs again what a host has unpacked on the way", async () => {
    const unpacked: ReadFile = async (path) =>
      path.endsWith("de/a.gz") ? new Uint8Array(1000) : await read(path);
    const { files } = await (await offerTraining([{ spec: specOf({}) }], unpacked)).readParts();
    const { content } = files.find(({ path }) => path.endsWith("de/a.gz"))!;
    expect(gunzipSync(content)).toHaveLength(1000);
  });

  it("is not made where a file is not what its list says", async () => {
    const cut: ReadFile = async (path) => (path.endsWith("de/a.gz") ? new Uint8Array(2) : await read(path));
    const offer = await offerTraining([{ spec: specOf({}) }], cut);
    await expect(offer.readParts()).rejects.toThrow("de/a.gz: has 2 bytes where its list says 3");
  });
});
