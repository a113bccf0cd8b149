// A pool in blocks must give what the whole pool gives, to the last bit, for bags and for transformers.
import { describe, expect, it } from "vitest";
import type { TokenRows } from "../../core/data/corpus.ts";
import { createRandom } from "../../core/random.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus, type HeldColumns, type HeldCorpus } from "../../testing/smallCorpus.ts";
import { evaluateModel } from "./evaluateModel.ts";
import { runExperiment, type RunResources } from "../run/runExperiment.ts";
import { blockRows, HELD_VECTOR_BYTES } from "./poolBlocks.ts";
import { searchPool } from "../pool/searchPool.ts";
import { openTrec, type TrecPool } from "../pool/trecRun.ts";

const languages = ["de", "en", "th"];

/** Texts of 1 to 21 pieces, every fifth one the same, so that lengths share blocks and scores tie; some passages graded. */
function variedCorpus(): HeldCorpus {
  const corpus = smallCorpus({ languages, nConcepts: 40 });
  const nPieces = Math.max(...corpus.passages.tokens) + 1;
  const varied = (side: HeldColumns, name: string): HeldColumns => {
    const random = createRandom(3).fork(name);
    const rows = Array.from(side.langs, (_, i) =>
      Array.from({ length: i % 5 === 0 ? 3 : 1 + random.int(21) }, () =>
        i % 5 === 0 ? 5 : 4 + random.int(nPieces - 4),
      ),
    );
    const offsets = new Int32Array(rows.length + 1);
    rows.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
    return { ...side, offsets, tokens: Int32Array.from(rows.flat()) };
  };
  const grades = Uint8Array.from(corpus.passages.concepts, (_, i) => 1 + (i % 3));
  return {
    ...corpus,
    queries: varied(corpus.queries, "queries"),
    passages: { ...varied(corpus.passages, "passages"), grades },
  };
}

async function evaluated(layers: number, backend: "cpu" | "wasm"): Promise<RunResources> {
  const spec = {
    ...DEFAULT_SPEC,
    data: { ...DEFAULT_SPEC.data, eval: "small", split: "all" as const },
    languages: { ...DEFAULT_SPEC.languages, eval: languages },
    encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 16, heads: 2, layers },
  };
  let kept: RunResources | undefined;
  for await (const _ of runExperiment(spec, memoryPorts(variedCorpus(), backend), openControl, (resources) => (kept = resources), { training: false })); // prettier-ignore
  return kept!;
}

describe("a pool in blocks", () => {
  it.each([
    [0, "cpu"],
    [0, "wasm"],
    [2, "wasm"],
  ] as const)(
    "of a model with %i layers on %s: the bits of the whole pool",
    async (layers, backend) => {
      const { model, prepared } = await evaluated(layers, backend);
      const whole = await evaluateModel(model, prepared.full, openControl, () => undefined);
      expect(whole.result.values["map/multi"]).toBeGreaterThan(0);
      for (const rows of [7, 64, 119]) {
        const told: number[] = [];
        const blocks = await evaluateModel(
          model,
          prepared.full,
          openControl,
          ({ phase, done, total }) => void (phase === "evaluate" && told.push(done / total)),
          rows,
        );
        expect(blocks.result).toEqual(whole.result);
        expect(blocks.perQuery).toEqual(whole.perQuery);
        expect(blocks.passageVectors).toBeUndefined();
        expect(told).toHaveLength(Math.ceil(120 / rows));
        expect(told.at(-1)).toBe(1);
      }
      model.dispose();
    },
    120_000,
  );

  it.each([5, 1000, Infinity])(
    "gives TREC files of depth %d with the bytes of the whole pool, and encodes no more than a block",
    async (depth) => {
      const resources = await evaluated(0, "wasm");
      const pools = languages.flatMap((language) =>
        (["mono", "multi"] as const).map((kind): TrecPool => ({ kind, language })),
      );
      let largest = 0; // passages encoded at a time
      const model = {
        ...resources.model,
        encode: (rows: TokenRows) => {
          if (rows !== resources.prepared.full.queries) largest = Math.max(largest, rows.offsets.length - 1);
          return resources.model.encode(rows);
        },
      };
      const filesOf = async (rows: number) => {
        const files = await openTrec({ ...resources, model }, rows);
        const runs = pools.map(() => "");
        for await (const { pool, text } of files.runs(pools, depth, "t")) runs[pool] += text;
        return { runs, qrels: pools.map(files.qrels) };
      };
      const whole = await filesOf(120);
      expect(largest).toBe(120);
      // 80 questions a language; 40 passages in its own pool, 120 in all
      const lines = whole.runs.map((text) => text.split("\n").length - 1);
      expect(lines.slice(0, 2)).toEqual([80 * Math.min(depth, 40), 80 * Math.min(depth, 120)]);
      for (const rows of [7, 64]) {
        largest = 0;
        expect(await filesOf(rows)).toEqual(whole);
        expect(largest).toBe(rows);
      }
      resources.model.dispose();
    },
    120_000,
  );

  it("is what a pool beyond the stated size becomes, in whole products; a search in it is refused", async () => {
    const fits = HELD_VECTOR_BYTES / 4 / 384;
    expect(blockRows(Math.floor(fits), 384)).toBe(Math.floor(fits));
    expect(blockRows(1_000_000, 384)).toBe(21 * 1024); // 32 MiB of vectors hold 21,845 passages
    expect(blockRows(10_000_000, 100_000)).toBe(1024);
    const resources = await evaluated(0, "cpu");
    const query = { text: "t5 t6", languages: [], k: 3 };
    expect((await searchPool(resources, query)).now).toHaveLength(3);
    await expect(
      searchPool({ ...resources, startVectors: () => Promise.resolve(undefined) }, query),
    ).rejects.toThrow("The pool has 120 passages, too many to hold");
    resources.model.dispose();
  });
});
