// A shipped encoder of BERT's kind in int8 rows, as public/models holds one: it trains as the same numbers in F32 do, and
// is given away and taken back.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { callLab } from "../testing/labCall.ts";
import { modelFolder } from "../training/export/modelFolder.ts";
import type { EncoderConfig } from "../training/model/encoderConfig.ts";
import { initWeights, type ModelWeights } from "../training/model/weights.ts";
import { loadWeights } from "../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../training/pretrained/openCheckpoint.ts";
import { createTokenizer } from "../training/text/tokenizer.ts";
import type { FloatDtype } from "../training/tensorFile/writeSafetensors.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { executeRun } from "./executeRun.ts";
import { folderFiles, nodePlaces, SHIPPED_MODELS } from "./nodeModels.ts";
import { applySettings } from "./specSource.ts";

const MAX_TOKENS = 24;
const spec: ExperimentSpec = applySettings(DEFAULT_SPEC, [
  "encoder.id=distilled-mini", // whose place the folder takes
  `encoder.maxTokens=${MAX_TOKENS}`,
  "languages.train=en,de",
  "languages.heldOut=none",
  "batch.size=8",
  "steps=2",
  "evalEvery=0",
  "compute.backend=wasm",
]);

let dir = "";
let tokenizerJson = "";
const at = (...names: string[]) => path.join(dir, ...names);

async function write(weights: ModelWeights, dtype: FloatDtype, name: string): Promise<void> {
  const prefixes = { query: "query: ", passage: "passage: " };
  const files = modelFolder({
    weights,
    tokenizerJson,
    prefixes,
    dtype,
    unfolded: false,
    readme: "# Small\n",
  });
  for (const [file, bytes] of files) {
    await mkdir(path.dirname(at(name, file)), { recursive: true });
    await writeFile(at(name, file), bytes);
  }
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-narrow-"));
  await buildEmbedded();
  tokenizerJson = await readFile(path.join(SHIPPED_MODELS, "tokenizer", "tokenizer.json"), "utf8");
  const { vocabSize, logProbs } = createTokenizer(tokenizerJson);
  const config: EncoderConfig = {
    vocabSize,
    width: 16,
    layers: 3,
    heads: 2,
    feedForward: 32,
    maxTokens: MAX_TOKENS,
    pooling: "mean",
    tokenWeights: "uniform",
    frozen: "nothing",
    normEpsilon: 1e-5,
  };
  const pieceIds = Int32Array.from({ length: vocabSize }, (_, id) => id);
  await write(initWeights(config, { pieceIds, logProbs, random: createRandom(3) }), "I8", "narrow");
  const opened = await openCheckpoint(folderFiles(at("narrow")));
  const { weights } = await loadWeights(opened, spec.encoder, pieceIds, () => undefined);
  expect(weights.config.normEpsilon).toBe(1e-5); // of config.json
  await write(weights, "F32", "wide");
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

describe("a shipped transformer in int8 rows", () => {
  const run = async (name: string) => {
    const places = { ...nodePlaces(), shipped: () => folderFiles(at(name)) };
    const { record, resources, notices } = await executeRun(spec, { training: true, quiet: true, places });
    const weights = await resources.model.weights();
    resources.model.dispose();
    return { record, weights, notices };
  };

  it("trains to the bits of the same numbers in F32, with the pieces in use only", async () => {
    const [narrow, wide] = [await run("narrow"), await run("wide")];
    expect(narrow.weights).toEqual(wide.weights);
    expect(narrow.record.final).toEqual(wide.record.final);
    const losses = (points: RunRecord["points"]) => points.filter(({ metric }) => metric.includes("loss"));
    expect(losses(narrow.record.points)).toEqual(losses(wide.record.points));
    expect(losses(narrow.record.points).length).toBeGreaterThan(0);
    expect(narrow.weights.config).toMatchObject({ layers: 3, width: 16, normEpsilon: 1e-5, pooling: "mean" });
    expect(narrow.weights.config.vocabSize).toBeLessThan(10_000); // of 24,000
    // another hash: that of the bytes
    expect(narrow.record.environment.encoderSha256).not.toBe(wide.record.environment.encoderSha256);
    expect(narrow.notices.filter((notice) => notice.includes("int8"))).toEqual([]);
  }, 120_000);

  it("is given away in float32 and narrowed again without a change", async () => {
    const lab = async (...args: string[]) =>
      expect(await callLab("export", ...args, "--quiet")).toMatchObject({ code: 0, err: "" });
    await lab(at("narrow"), "--to", "sentence-transformers", "--out", at("given"));
    await lab(at("given"), "--to", "lab", "--out", at("back"));
    const bytes = (name: string) => readFile(at(name, "model.safetensors"));
    expect((await bytes("given")).equals(await bytes("wide"))).toBe(true);
    expect((await bytes("back")).equals(await bytes("narrow"))).toBe(true);
    const { max_position_embeddings: positions } = JSON.parse(
      await readFile(at("given", "config.json"), "utf8"),
    ) as Record<string, number>;
    expect(positions).toBe(MAX_TOKENS);
  }, 60_000);
});
