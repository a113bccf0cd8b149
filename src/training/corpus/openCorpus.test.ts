// A set that does not fit its memory budget must train to the very digest of one that does.
import { describe, expect, it } from "vitest";
import { wholeText } from "../../core/numbersIn.ts";
import type { SidedRecord } from "../../core/data/records.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { numberedTokenizer, openControl } from "../../testing/memoryPorts.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { writeShards } from "../data/writeShards.ts";
import { startBackend } from "../engine/backend.ts";
import { runExperiment } from "../run/runExperiment.ts";
import { randomEncoder } from "../pretrained/startEncoder.ts";
import { createBlockCache, TOKEN_BUDGET } from "./blockCache.ts";
import { openCorpus } from "./openCorpus.ts";
import { openCounts } from "./openCounts.ts";
import { createMemoryTokens, type TokenStore } from "./tokenStore.ts";

const LANGUAGES = ["de", "en"];
const N = 4000;
const NO_PREFIXES = { query: "", passage: "" };

/** Every passage carries its own numbered word, a language word, and filling that makes the set span many blocks. */
function* records(): Generator<SidedRecord> {
  for (const [l, lang] of LANGUAGES.entries()) {
    for (let c = 0; c < N; c++) {
      const split = c % 40 === 39 ? ("test" as const) : ("train" as const);
      const filling = Array.from({ length: 12 }, (_, i) => `t${900 + ((c * 7 + i * 13) % 90)}`).join(" ");
      const text = `t${4 + l} t${10 + (c % 800)} ${filling}`;
      yield { side: "passages", record: { _id: `${lang}:${c}`, text, lang, concepts: [`c${c}`], split } };
      const query = { _id: `${lang}:${c}:q`, text: `t${10 + (c % 800)}`, lang, concept: `c${c}`, split };
      yield { side: "queries", record: query };
    }
  }
}

const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "big" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 16 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  steps: 20,
  evalEvery: 0,
};

describe("openCorpus", async () => {
  const sets = createMemoryStore(null);
  const facts = { id: "big", title: "", licence: "", citation: "", source: "", languages: LANGUAGES };
  await writeShards(facts, records(), await sets.sink("big"));
  const tokenizer = numberedTokenizer(1000);

  async function train(budget: number, store: TokenStore) {
    const cache = createBlockCache(budget);
    let encoded = 0;
    const counting = { ...tokenizer, encode: (text: string) => (encoded++, tokenizer.encode(text)) };
    const ports = {
      openEncoder: () => Promise.resolve(randomEncoder({ tokenizer, json: "", framed: true })),
      startDevice: () => startBackend("cpu"),
      loadCorpus: (request: Parameters<typeof openCorpus>[1]) =>
        openCorpus(sets.source("big"), request, counting, { store, cache }),
      nowMs: () => 0,
      versions: {},
    };
    let digest = "";
    for await (const event of runExperiment(spec, ports, openControl, () => undefined)) {
      if (event.type === "finished") digest = event.record.digest;
    }
    return { digest, encoded, blocksRead: cache.blocksRead, heldBytes: cache.heldBytes };
  }

  it("reads a language under the name that is asked for, and tells how the set calls it", async () => {
    const open = (languages: string[]) =>
      openCorpus(
        sets.source("big"),
        { datasetId: "big", languages, prefixes: NO_PREFIXES, maxTokens: 64 },
        tokenizer,
        { store: createMemoryTokens() },
      );
    const [own, other] = [await open(["de", "en"]), await open(["en-US", "ger"])];
    expect(own.notices).toEqual([]);
    expect(other.notices).toEqual(["big has ger as de", "big has en-US as en"]);
    expect(other.corpus.languages).toEqual(["ger", "en-US"]); // in the manifest's order
    expect({ ...other.corpus, languages: own.corpus.languages }).toEqual(own.corpus);
    expect((await open(["de", "ger", "fr"])).corpus.languages).toEqual(["de"]); // never twice
  }, 60_000);

  it("trains to the same digest from two blocks of memory, from plenty, and from the cache of an earlier run", async () => {
    const store = createMemoryTokens();
    const plenty = await train(TOKEN_BUDGET, store);
    expect(plenty.encoded).toBe(4 * N); // a query and a passage, two languages
    const tiny = await train(32 * 1024, createMemoryTokens());
    expect(tiny.heldBytes).toBeLessThanOrEqual(32 * 1024);
    expect(tiny.blocksRead).toBeGreaterThan(plenty.blocksRead + 100); // it really did read again and again
    const cached = await train(TOKEN_BUDGET, store);
    expect(cached.encoded).toBe(0);
    expect([tiny.digest, cached.digest]).toEqual([plenty.digest, plenty.digest]);
  });

  it("looks up names and texts by row, and says how many texts were cut", async () => {
    const request = { datasetId: "big", languages: ["en", "xx"], prefixes: NO_PREFIXES, maxTokens: 5 };
    const loaded = await openCorpus(sets.source("big"), request, tokenizer, { store: createMemoryTokens() });
    expect(loaded.notices).toEqual([`${wholeText(N)} texts of big are longer than 5 pieces and cut there`]);
    expect(loaded.longestText).toBe(Infinity); // nobody knows how long those were
    expect(loaded.corpus.languages).toEqual(["en"]);
    const rows = [3899, 0]; // 39 of 40 concepts are train rows, which come first: row 3899 is concept 3998
    expect(await loaded.names("passages", Int32Array.from(rows))).toEqual([
      { id: "en:3998", concepts: ["c3998"] },
      { id: "en:0", concepts: ["c0"] },
    ]);
    expect(await loaded.texts("queries", rows)).toEqual([`t${10 + (3998 % 800)}`, "t10"]);
    expect((await loaded.tokens("queries", Int32Array.from(rows))).tokens).toEqual(Int32Array.of(808, 10));
  });

  it("knows the tokens of its longest text where none was cut", async () => {
    const request = { datasetId: "big", languages: ["en"], prefixes: NO_PREFIXES, maxTokens: 500 };
    const { longestText } = await openCorpus(sets.source("big"), request, tokenizer, {
      store: createMemoryTokens(),
    });
    expect(longestText).toBe(2 + 12); // of a passage; a query has 1
  });

  it("ends with the reason when it is no longer wanted", async () => {
    const ended = new AbortController();
    const request = { datasetId: "big", languages: LANGUAGES, prefixes: NO_PREFIXES, maxTokens: 5 };
    const loading = openCorpus(sets.source("big"), request, tokenizer, {
      store: createMemoryTokens(),
      signal: ended.signal,
      onProgress: () => ended.abort(new Error("no longer wanted")),
    });
    await expect(loading).rejects.toThrow("no longer wanted");
  });

  it("takes numbers that a plan counted for its early ones, and they are the corpus's own", async () => {
    const source = sets.source("big");
    const request = { datasetId: "big", languages: ["en", "de"], prefixes: NO_PREFIXES, maxTokens: 64 };
    const counted = openCounts(source, ["de", "en"]);
    const asked: (readonly string[])[] = [];
    let early: unknown;
    const { corpus } = await openCorpus(source, request, tokenizer, {
      store: createMemoryTokens(),
      early: (own) => Promise.resolve(void (early = own.corpus)),
      countedCorpora: (_, languages) => (asked.push(languages), counted),
    });
    expect(early).toBe(await counted);
    expect(corpus).toEqual(early);
    expect(asked).toEqual([["en", "de"]]);
  });
});
