// A run's model must come back bit for bit from the folder it was exported to, and export to the same bytes again.
import { readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ModelDtype } from "../../core/export/modelDtypes.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { blobFiles } from "../pretrained/checkpointFiles.ts";
import { checkpointEncoder } from "../pretrained/checkpointEncoder.ts";
import { openCheckpoint } from "../pretrained/openCheckpoint.ts";
import { initWeights } from "../model/weights.ts";
import { createRandom } from "../../core/random.ts";
import { runExperiment, type RunResources } from "../run/runExperiment.ts";
import { type StartEncoder, randomEncoder } from "../pretrained/startEncoder.ts";
import { createTokenizer } from "../text/tokenizer.ts";
import { exportRun } from "./exportRun.ts";
import type { ModelFolder } from "./modelFolder.ts";

const LAB = readFileSync("public/models/tokenizer/tokenizer.json", "utf8");
const BAG: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: ["th"] },
  batch: { ...DEFAULT_SPEC.batch, size: 8 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16, maxTokens: 16 },
  steps: 3,
  evalEvery: 0,
};
const LAYER: ExperimentSpec = { ...BAG, encoder: { ...BAG.encoder, layers: 1 } };

const labEncoder = () => randomEncoder({ tokenizer: createTokenizer(LAB), json: LAB, framed: true });

/** Trains, then exports; the model is gone afterwards. */
async function trained(
  spec: ExperimentSpec,
  encoder: StartEncoder,
  training = true,
  dtype: ModelDtype = "F32",
) {
  const ports = memoryPorts(smallCorpus({ languages: ["de", "en", "th"], nConcepts: 12 }), "wasm");
  let kept: RunResources | undefined;
  const own = { ...ports, openEncoder: () => Promise.resolve(encoder) };
  for await (const event of runExperiment(spec, own, openControl, (r) => (kept = r), { training })) {
    if (event.type !== "finished") continue;
    const facts = { name: "A run", record: event.record, datasets: [], link: "#v=1", dtype };
    const exported = await exportRun(kept!, spec, encoder, facts);
    const weights = await kept!.model.weights();
    kept!.model.dispose();
    return { ...exported, weights, prepared: kept!.prepared };
  }
  throw new Error("the run did not finish");
}

async function reopened(folder: ModelFolder): Promise<StartEncoder> {
  const blobs = Array.from(folder, ([path, bytes]) => [path, new Blob([bytes])] as const);
  return checkpointEncoder(await openCheckpoint(blobFiles("the folder", new Map(blobs))));
}

describe.each([
  ["a bag", BAG],
  ["a transformer", LAYER],
])("%s that a run trained", (_, spec) => {
  it("loads bit for bit, prefixes and settings included", async () => {
    const prefixed = { ...spec, encoder: { ...spec.encoder, prefixes: true } };
    const { folder, weights, prepared } = await trained(prefixed, labEncoder());
    const encoder = await reopened(folder);
    expect(encoder.prefixes).toEqual({ query: "Query: ", passage: "Passage: " });
    const { pieceIds } = prepared.vocabulary;
    const loaded = await encoder.load(prefixed.encoder, pieceIds, createRandom(9), () => undefined);
    expect(loaded.weights.tensors).toEqual(weights.tensors);
    const { layers, width, pooling, tokenWeights, maxTokens } = loaded.weights.config;
    expect({ layers, width, pooling, tokenWeights, maxTokens }).toEqual({
      layers: spec.encoder.layers,
      width: 16,
      pooling: "mean",
      tokenWeights: "inverseFrequency",
      maxTokens: 16,
    });
  });

  it("exports to the same bytes again, but for the README", async () => {
    const { folder } = await trained(spec, labEncoder());
    const again = await trained(
      { ...spec, encoder: { ...spec.encoder, id: "local:again" } },
      await reopened(folder),
      false,
    );
    const hashes = (files: ModelFolder) =>
      Array.from(files, ([path, bytes]) => `${path} ${bytesToHex(sha256(bytes))}`).filter(
        (line) => !line.startsWith("README.md"),
      );
    expect(hashes(again.folder)).toEqual(hashes(folder));
  });
});

it("keeps the starting rows of pieces that the run never saw", async () => {
  const { folder, prepared, fullPieces, pieces } = await trained(BAG, labEncoder());
  expect([pieces, fullPieces]).toEqual([24_000, 24_000]);
  const encoder = await reopened(folder);
  const unseen = Int32Array.from([20_000, 23_999]);
  expect(Array.from(prepared.vocabulary.pieceIds)).not.toContain(20_000);
  const loaded = await encoder.load(BAG.encoder, unseen, createRandom(9), () => undefined);
  const start = initWeights(loaded.weights.config, {
    pieceIds: unseen,
    logProbs: createTokenizer(LAB).logProbs,
    random: createRandom(BAG.seed).fork("init"),
  });
  expect(loaded.weights.tensors).toEqual(start.tensors);
});

it("is cut to the run's pieces where the table would be too large", async () => {
  // 24,000 pieces are too many from a width of 2^26 / 24,000 = 2,796 on
  const wide = { ...BAG, steps: 1, encoder: { ...BAG.encoder, width: 2800 } };
  const { folder, pieces, weights, prepared } = await trained(wide, labEncoder());
  expect(pieces).toBeLessThan(400);
  const encoder = await reopened(folder);
  expect(encoder.texts.tokenizer.vocabSize).toBe(pieces);
  const old = createTokenizer(LAB);
  const rowOf = new Map(Array.from({ length: pieces }, (_, id) => [encoder.texts.tokenizer.piece(id), id]));
  const rows = Int32Array.from(prepared.vocabulary.pieceIds, (id) => rowOf.get(old.piece(id))!);
  const loaded = await encoder.load(wide.encoder, rows, createRandom(9), () => undefined);
  expect(loaded.weights.tensors).toEqual(weights.tensors);
});

describe.each([
  [
    "F16",
    2 ** -11,
    "float16, all else in float32: cosines of texts differ from those in float32 by less than 0.001.",
  ],
  ["I8", 0.502 / 127, "int8 with a scale for each row, all else in float32: cosines"],
] as const)("given away in %s", (dtype, part, words) => {
  it.each([
    ["a bag", BAG],
    ["a transformer", LAYER],
  ])("%s loads within the type's rounding, and says so", async (_, spec) => {
    const { folder, weights, prepared } = await trained(spec, labEncoder(), true, dtype);
    const encoder = await reopened(folder);
    const { pieceIds } = prepared.vocabulary;
    const loaded = await encoder.load(spec.encoder, pieceIds, createRandom(9), () => undefined);
    for (const [name, { shape, data }] of Object.entries(weights.tensors)) {
      const found = loaded.weights.tensors[name]!.data;
      const width = shape[1] ?? data.length;
      if (shape.length === 1) expect(found, name).toEqual(data);
      for (let row = 0; row < data.length / width; row++) {
        const own = data.subarray(row * width, (row + 1) * width);
        const most = Math.max(...own.map(Math.abs));
        own.forEach((x, i) => {
          // a half has 11 bits, or counts units of 2^-24; folding and unfolding round once more each
          const error = dtype === "F16" ? Math.abs(x) * part * 1.001 + 2 ** -20 : most * part;
          expect(Math.abs(found[row * width + i]! - x)).toBeLessThanOrEqual(error);
        });
      }
    }
    const readme = new TextDecoder().decode(folder.get("README.md"));
    expect(readme).toContain(`Matrices are stored in ${words}`);
    expect(readme.includes("from sentence_transformers")).toBe(dtype === "F16");
    expect(readme.includes("library_name: sentence-transformers")).toBe(dtype === "F16");
  });
});
