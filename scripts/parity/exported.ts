// Writes small models as folders, with texts and the vectors the lab gives them, for exported.py to read.
//   npx tsx scripts/parity/exported.ts DIR && python3 scripts/parity/exported.py DIR
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { createRandom } from "../../src/core/random.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { modelFolder } from "../../src/training/export/modelFolder.ts";
import { vectorWidth, type EncoderConfig } from "../../src/training/model/encoderConfig.ts";
import { createModel } from "../../src/training/model/model.ts";
import { initWeights } from "../../src/training/model/weights.ts";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: exported.ts DIR");
const tokenizerJson = readFileSync("public/models/tokenizer/tokenizer.json", "utf8");
const sentences = JSON.parse(readFileSync("src/training/text/inventedSentences.json", "utf8")) as [
  string,
  string,
][];
const tokenizer = createTokenizer(tokenizerJson);
const prefixes = { query: "Query: ", passage: "Passage: " };
const MAX_TOKENS = 24; // some of the sentences are longer: cutting is compared too

const MODELS: Record<string, Pick<EncoderConfig, "layers" | "pooling" | "tokenWeights" | "dense">> = {
  bag: { layers: 0, pooling: "mean", tokenWeights: "inverseFrequency" },
  transformer: { layers: 2, pooling: "mean", tokenWeights: "inverseFrequency" },
  firstToken: { layers: 1, pooling: "cls", tokenWeights: "uniform" },
  dense: {
    layers: 1,
    pooling: "max",
    tokenWeights: "uniform",
    dense: { outputs: 24, bias: true, activation: "tanh" },
  },
};

await startBackend("wasm", nodeWasm());
// In Python a text that spells a special token ("<s>") holds that token; here it is text. Nothing else differs.
const spellsToken = (text: string) => /<(s|\/s|pad|unk)>/.test(text);
const texts = sentences
  .map(([, text]) => text)
  .filter((text) => tokenizer.encode(text).length > 0 && !spellsToken(text));
const ids = texts.map((text) => tokenizer.encode(prefixes.query + text).subarray(0, MAX_TOKENS));
const offsets = new Int32Array(ids.length + 1);
ids.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
const tokens = Int32Array.from(ids.flatMap((row) => Array.from(row)));

for (const [name, kind] of Object.entries(MODELS)) {
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
  const model = createModel(weights);
  const vectors = await model.encode({ offsets, tokens });
  model.dispose();
  const readme = "# A model of random weights\n";
  const files = modelFolder({ weights, tokenizerJson, prefixes, dtype: "F32", unfolded: true, readme });
  for (const [file, bytes] of files) {
    const target = path.join(folder, name, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  const width = vectorWidth(config);
  const rows = texts.map((text, i) => ({
    text,
    ids: Array.from(ids[i]!),
    vector: Array.from(vectors.subarray(i * width, (i + 1) * width)),
  }));
  writeFileSync(path.join(folder, name, "expected.json"), JSON.stringify(rows));
}
console.log(`${Object.keys(MODELS).join(", ")}: ${texts.length} texts each, in ${folder}`);
process.exit(0);
