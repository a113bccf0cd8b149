// Models of every kind as `lab export` writes them, opened by sentence-transformers: the lab's vectors come out.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { createRandom } from "../../src/core/random.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { modelFolder } from "../../src/training/export/modelFolder.ts";
import { vectorWidth, type EncoderConfig } from "../../src/training/model/encoderConfig.ts";
import { createModel } from "../../src/training/model/model.ts";
import { initWeights } from "../../src/training/model/weights.ts";
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

/** Writes a model of random weights to `folder`. @returns the lab's vector of each text, as a query */
async function written(kind: (typeof KINDS)[string], folder: string): Promise<Float32Array[]> {
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
  const readme = "# A model of random weights\n";
  const files = modelFolder({
    weights,
    tokenizerJson,
    prefixes: PREFIXES,
    dtype: "F32",
    unfolded: true,
    readme,
  });
  for (const [file, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  }
  const ids = texts.map((text) => tokenizer.encode(PREFIXES.query + text).subarray(0, MAX_TOKENS));
  const offsets = new Int32Array(ids.length + 1);
  ids.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  const model = createModel(weights);
  const vectors = await model.encode({ offsets, tokens: Int32Array.from(ids.flatMap((row) => [...row])) });
  model.dispose();
  const width = vectorWidth(config);
  return texts.map((_, i) => vectors.subarray(i * width, (i + 1) * width));
}

const own = new Map<string, Float32Array[]>();
let found: number[][][] = [];
beforeAll(async () => {
  await startBackend("wasm", nodeWasm());
  for (const [name, kind] of Object.entries(KINDS)) own.set(name, await written(kind, path.join(dir, name)));
  const jobs = Object.keys(KINDS).map((name) => ({ folder: path.join(dir, name), prompt: "query", texts }));
  found = await judge<number[][][]>("vectors.py", jobs);
}, 120_000);

it.each(Object.keys(KINDS).map((name, i) => [name, i] as const))("%s: the lab's vectors", (name, i) => {
  const [expected, vectors] = [own.get(name)!, found[i]!];
  expect(vectors).toHaveLength(texts.length);
  let worst = 0;
  vectors.forEach((vector, t) =>
    vector.forEach((x, d) => (worst = Math.max(worst, Math.abs(x - expected[t]![d]!)))),
  );
  expect(vectors[0]).toHaveLength(expected[0]!.length);
  expect(worst).toBeLessThan(1e-5);
});

it("some texts are longer than the model takes, so cutting was compared", () => {
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.some((text) => tokenizer.encode(PREFIXES.query + text).length > MAX_TOKENS)).toBe(true);
});
