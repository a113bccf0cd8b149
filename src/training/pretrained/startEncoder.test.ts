// What a run starts from: places by id, prefixes by who states them, and random weights that depend on the seed alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import {
  memoryFolder,
  sentenceFolder,
  tinyFolder,
  TINY_BERT,
  UNIGRAM_JSON,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { numberedJson, numberedTokenizer } from "../../testing/memoryPorts.ts";
import { openEncoder, type EncoderPlaces } from "./openEncoder.ts";
import { prefixesOf, randomEncoder } from "./startEncoder.ts";

const spec = DEFAULT_SPEC.encoder;
const random = randomEncoder({ tokenizer: numberedTokenizer(9), json: "", framed: true });

/** Places that note what they were asked for; each holds the same folder. */
function places(files = tinyFolder()) {
  const asked: string[] = [];
  const note = (what: string) => {
    asked.push(what);
    return memoryFolder(files, what);
  };
  const all: EncoderPlaces = {
    labTokenizer: () => (asked.push("lab"), Promise.resolve(numberedJson(9))),
    shipped: (name) => note(`shipped ${name}`),
    hub: (repository, revision) => ({
      files: note(`hub ${repository} ${revision}`),
      hints: { prefixes: { query: "q", passage: "p" } },
    }),
    url: (url) => note(`url ${url}`),
    local: (name) => Promise.resolve(note(`local ${name}`)),
  };
  return { all, asked };
}

describe("openEncoder", () => {
  it.each([
    ["random", "lab"],
    ["distilled-mini", "shipped distilled-mini"],
    ["hf:owner/name", "hub owner/name main"],
    ["hf:owner/name@refs/pr/1", "hub owner/name refs/pr/1"],
    ["local:mine", "local mine"],
    ["https://example.org/a", "url https://example.org/a/"],
  ])("looks for %s at one place", async (id, place) => {
    const { all, asked } = places();
    await openEncoder(id, all);
    expect(asked).toEqual([place]);
  });

  it("takes hints of a catalogue from the hub only", async () => {
    const hub = await openEncoder("hf:owner/name", places().all);
    expect(hub.prefixes).toEqual({ query: "q", passage: "p" });
    const local = await openEncoder("local:mine", places().all);
    expect(local.prefixes).toBeNull();
  });

  it.each([
    "",
    "../x",
    "hf:owner",
    "http://example.org/a",
    "local:",
    "local:a/b",
    "random ",
    "Random",
    "labse",
  ])("asks no place for %j, which is no id", async (id) => {
    const { all, asked } = places();
    await expect(openEncoder(id, all)).rejects.toMatchObject({ name: "SpecError" });
    expect(asked).toEqual([]);
  });

  it("hands on what a place says of a folder that is not there", async () => {
    const none: EncoderPlaces = {
      ...places().all,
      local: () => Promise.reject(new Error("There is no mine")),
    };
    await expect(openEncoder("local:mine", none)).rejects.toThrow("There is no mine");
  });
});

describe("prefixesOf", () => {
  it("are the encoder's own, also empty ones, else the paper's where the spec asks for them", async () => {
    const own = await openEncoder("local:a", places(sentenceFolder(TINY_BERT, UNIGRAM_JSON, 25)).all);
    for (const prefixes of [true, false]) {
      expect(prefixesOf({ ...spec, prefixes }, own)).toEqual({ query: "query: ", passage: "passage: " });
      const empty = { prefixes: { query: "", passage: "" } };
      expect(prefixesOf({ ...spec, prefixes }, empty)).toEqual({ query: "", passage: "" });
    }
    expect(prefixesOf({ ...spec, prefixes: true }, random)).toEqual({
      query: "Query: ",
      passage: "Passage: ",
    });
    expect(prefixesOf({ ...spec, prefixes: false }, random)).toEqual({ query: "", passage: "" });
  });
});

describe("random weights", () => {
  it("have heads that divide any width, 32 dimensions or more each where there are two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), (width) => {
        const { heads, feedForward } = random.config({ ...spec, width, layers: 1 }, 9);
        expect([width % heads, feedForward]).toEqual([0, 4 * width]);
        expect(heads === 1 || width / heads >= 32).toBe(true);
      }),
    );
    const headsOf = (width: number) => random.config({ ...spec, width }, 9).heads;
    expect([16, 64, 96, 100, 384].map(headsOf)).toEqual([1, 2, 3, 2, 12]); // 100 / 3 is no whole number
  });

  it("depend on the seed, not on what else was drawn from it", async () => {
    const ids = Int32Array.of(1, 4, 8);
    const load = async (seed: number, draws: number) => {
      const rng = createRandom(seed);
      for (let i = 0; i < draws; i++) rng.next();
      return (await random.load(spec, ids, rng, () => undefined)).weights.tensors;
    };
    expect(await load(1, 0)).toEqual(await load(1, 5));
    expect(await load(1, 0)).not.toEqual(await load(2, 0));
  });
});
