// Models of every kind as `lab export` writes them, opened by sentence-transformers: the lab's vectors come out.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderFiles } from "../../src/cli/nodeModels.ts";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { createRandom } from "../../src/core/random.ts";
import { MODEL_DTYPES } from "../../src/core/export/modelDtypes.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { FOLDED_EMBEDDINGS, modelFolder } from "../../src/training/export/modelFolder.ts";
import { hasTokenWeights, vectorWidth, type EncoderConfig } from "../../src/training/model/encoderConfig.ts";
import { createModel } from "../../src/training/model/model.ts";
import { initWeights, type ModelWeights } from "../../src/training/model/weights.ts";
import { loadWeights } from "../../src/training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../src/training/pretrained/openCheckpoint.ts";
import type { FloatDtype } from "../../src/training/tensorFile/writeSafetensors.ts";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { judge } from "./judge.ts";

const MAX_TOKENS = 24; // some of the sentences are longer: cutting is compared too
const PREFIXES = { query: "Query: ", passage: "Passage: " };
const KINDS: Record<string, Pick<EncoderConfig, "layers" | "pooling" | "tokenWeights" | "dense">> = {
  bag: { layers: 0, pooling: "mean", tokenWeights: "inverseFrequency" },
  "plain bag": { layers: 0, pooling: "mean", tokenWeights: "uniform" },
  transformer: { layers: 2, pooling: "mean", tokenWeights: "inverseFrequency" },
  "first token": { layers: 1, pooling: "cls", tokenWeights: "uniform" },
  "maximum and Dense": {
    layers: 1,
    pooling: "max",
    tokenWeights: "uniform",
    dense: { outputs: 24, bias: true, activation: "tanh" },
  },
};

const tokenizerJson = readFileSync("public/models/tokenizer/tokenizer.json", "utf8");
const tokenizer = createTokenizer(tokenizerJson);
const sentences = JSON.parse(readFileSync("src/training/text/inventedSentences.json", "utf8")) as [
  string,
  string,
][];
// In Python a text that spells a special token ("<s>") holds that token; here it is text. Nothing else differs.
const texts = sentences
  .map(([, text]) => text)
  .filter((text) => tokenizer.encode(text).length > 0 && !/<(s|\/s|pad|unk)>/.test(text));

const dir = mkdtempSync(path.join(tmpdir(), "lab-models-"));
afterAll(() => rmSync(dir, { recursive: true }));

function weightsOf(kind: (typeof KINDS)[string]): ModelWeights {
  const sizes = { vocabSize: tokenizer.vocabSize, width: 32, heads: 4, feedForward: 64 };
  const config: EncoderConfig = { ...sizes, maxTokens: MAX_TOKENS, frozen: "nothing", ...kind };
  const weights = initWeights(config, {
    pieceIds: Int32Array.from({ length: config.vocabSize }, (_, i) => i),
    logProbs: tokenizer.logProbs,
    random: createRandom(3),
  });
  const noise = createRandom(4); // norms and biases away from 1 and 0, so that a swapped one shows
  for (const { data } of Object.values(weights.tensors)) {
    for (let i = 0; i < data.length; i++) data[i]! += 0.02 * noise.normal();
  }
  return weights;
}

/** Writes a model to `folder`. */
function write(weights: ModelWeights, dtype: FloatDtype, folder: string): void {
  const readme = "# A model of random weights\n";
  const model = { weights, tokenizerJson, prefixes: PREFIXES, dtype, unfolded: dtype === "F32", readme };
  const files = modelFolder(model);
  for (const [file, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  }
}

/** The lab's vector of each text, as a query. */
async function vectorsOf(weights: ModelWeights): Promise<Float32Array[]> {
  const ids = texts.map((text) => tokenizer.encode(PREFIXES.query + text).subarray(0, MAX_TOKENS));
  const offsets = new Int32Array(ids.length + 1);
  ids.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  const model = createModel(weights);
  const vectors = await model.encode({ offsets, tokens: Int32Array.from(ids.flatMap((row) => [...row])) });
  model.dispose();
  const width = vectorWidth(weights.config);
  return texts.map((_, i) => vectors.subarray(i * width, (i + 1) * width));
}

const DTYPES: readonly FloatDtype[] = ["F32", "F16", "I8"];
const folderOf = (name: string, dtype: FloatDtype) => path.join(dir, name, dtype);
/** What is in the folder, as the lab reads it. */
async function loaded(folder: string): Promise<ModelWeights> {
  const opened = await openCheckpoint(folderFiles(folder));
  const ids = Int32Array.from({ length: tokenizer.vocabSize }, (_, id) => id);
  const spec = { ...DEFAULT_SPEC.encoder, maxTokens: MAX_TOKENS };
  return (await loadWeights(opened, spec, ids, () => undefined)).weights;
}

const NAMES = Object.keys(KINDS);
const WRITTEN: readonly FloatDtype[] = ["F32", "F16"]; // what sentence-transformers reads
const own = new Map<string, Float32Array[]>();
const found = new Map<string, number[][]>();
beforeAll(async () => {
  await startBackend("wasm", nodeWasm());
  for (const name of NAMES) {
    const weights = weightsOf(KINDS[name]!);
    own.set(`${name} F32`, await vectorsOf(weights));
    for (const dtype of DTYPES) write(weights, dtype, folderOf(name, dtype));
    // int8 rows as the lab has them, given away in float32
    const narrow = await loaded(folderOf(name, "I8"));
    own.set(`${name} I8`, await vectorsOf(narrow));
    write(narrow, "F32", folderOf(name, "I8") + " as F32");
    own.set(`${name} F16`, await vectorsOf(await loaded(folderOf(name, "F16"))));
  }
  const jobs = NAMES.flatMap((name) => [
    ...WRITTEN.map((dtype) => ({ key: `${name} ${dtype}`, folder: folderOf(name, dtype) })),
    { key: `${name} I8`, folder: folderOf(name, "I8") + " as F32" },
  ]);
  const answers = await judge<number[][][]>(
    "vectors.py",
    jobs.map(({ folder }) => ({ folder, prompt: "query", texts })),
  );
  jobs.forEach(({ key }, i) => found.set(key, answers[i]!));
}, 240_000);

/** The largest difference between two sets of vectors, of any component, and of any two texts' cosine. */
function differences(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]) {
  expect([a.length, a[0]!.length]).toEqual([texts.length, b[0]!.length]);
  const cosine = (x: ArrayLike<number>, y: ArrayLike<number>) => {
    let [dot, xx, yy] = [0, 0, 0];
    for (let d = 0; d < x.length; d++) {
      dot += x[d]! * y[d]!;
      xx += x[d]! ** 2;
      yy += y[d]! ** 2;
    }
    return dot / Math.sqrt(xx * yy);
  };
  let [component, score] = [0, 0];
  a.forEach((vector, t) => {
    for (let d = 0; d < vector.length; d++) component = Math.max(component, Math.abs(vector[d]! - b[t]![d]!));
    a.forEach((other, u) => {
      score = Math.max(score, Math.abs(cosine(vector, other) - cosine(b[t]!, b[u]!)));
    });
  });
  return { component, score };
}

describe.each(NAMES)("%s", (name) => {
  it("in float32: the lab's vectors", () => {
    const key = `${name} F32`;
    expect(differences(found.get(key)!, own.get(key)!).component).toBeLessThan(1e-5);
  });

  it("in float16: scores as near to float32's as its README says, here and there", () => {
    const [key, wide] = [`${name} F16`, own.get(`${name} F32`)!];
    for (const vectors of [found.get(key)!, own.get(key)!])
      expect(differences(vectors, wide).score).toBeLessThan(MODEL_DTYPES.F16.tolerance);
  });

  it("of int8 rows, given away in float32: the lab's vectors of them, as near as its README says", () => {
    const key = `${name} I8`;
    expect(differences(found.get(key)!, own.get(key)!).component).toBeLessThan(1e-5);
    expect(differences(own.get(key)!, own.get(`${name} F32`)!).score).toBeLessThan(MODEL_DTYPES.I8.tolerance);
  });

  it("of int8 rows: NumPy narrows to the same codes and reads the same float32", async () => {
    const file = (dtype: FloatDtype) => path.join(folderOf(name, dtype), "model.safetensors");
    type Hashes = Record<"values" | "codes" | "scales" | "ownCodes" | "ownScales", string>;
    const hashes = await judge<Record<string, Hashes>>("narrowRows.py", {
      wide: file("F32"),
      narrow: file("I8"),
    });
    const { config, tensors } = await loaded(folderOf(name, "I8"));
    const tables = Object.entries(tensors).filter(
      ([tensor, { shape }]) => shape.length === 2 && !tensor.startsWith("dense."),
    );
    for (const [tensor, { data }] of tables) {
      const bag = config.layers === 0 && tensor === "embeddings.word_embeddings.weight";
      const hash = hashes[bag ? FOLDED_EMBEDDINGS : tensor]!;
      expect([hash.codes, hash.scales], tensor).toEqual([hash.ownCodes, hash.ownScales]);
      const folded = bag && hasTokenWeights(config); // the lab divides by the weights of pieces again
      if (!folded) expect(hash.values, tensor).toBe(bytesToHex(sha256(new Uint8Array(data.buffer))));
    }
    expect(Object.keys(hashes).length).toBeGreaterThanOrEqual(tables.length);
  });
});

it("some texts are longer than the model takes, so cutting was compared", () => {
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.some((text) => tokenizer.encode(PREFIXES.query + text).length > MAX_TOKENS)).toBe(true);
});
