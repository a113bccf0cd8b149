// Loading an encoder whose rows are int8, beside the same in F32: distilled-small's size, from files on disk to weights.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { folderFiles } from "../../src/cli/nodeModels.ts";
import { createRandom } from "../../src/core/random.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import { modelFolder } from "../../src/training/export/modelFolder.ts";
import type { EncoderConfig } from "../../src/training/model/encoderConfig.ts";
import { initWeights } from "../../src/training/model/weights.ts";
import { loadWeights } from "../../src/training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../src/training/pretrained/openCheckpoint.ts";
import { narrowRows, widenRows } from "../../src/training/tensorFile/narrowRows.ts";
import { atMost, ceiling, median, seconds, type Case } from "../case.ts";

const PIECES = 30_000;
const CONFIG: EncoderConfig = {
  vocabSize: PIECES,
  width: 384,
  layers: 6,
  heads: 12,
  feedForward: 1536,
  maxTokens: 128,
  pooling: "mean",
  tokenWeights: "uniform",
  frozen: "nothing",
};
const ROUNDS = 5;
const DTYPES = ["F32", "I8"] as const;

export const narrow: Case = {
  name: "narrow",
  about: "30,000 pieces x 384 and 6 layers: loading int8 rows beside F32",
  async run() {
    const dir = mkdtempSync(path.join(tmpdir(), "lab-narrow-"));
    try {
      const pieceIds = Int32Array.from({ length: PIECES }, (_, id) => id);
      const logProbs = new Float32Array(PIECES);
      const weights = initWeights(CONFIG, { pieceIds, logProbs, random: createRandom(1) });
      for (const dtype of DTYPES) write(weights, dtype, path.join(dir, dtype));
      const spec = { ...DEFAULT_SPEC.encoder, maxTokens: CONFIG.maxTokens };
      const times = { F32: [] as number[], I8: [] as number[] };
      for (let round = -1; round < ROUNDS; round++) {
        for (const dtype of DTYPES) {
          const opened = await openCheckpoint(folderFiles(path.join(dir, dtype)));
          const time = await seconds(() => loadWeights(opened, spec, pieceIds, () => undefined));
          if (round >= 0) times[dtype].push(time); // the first warms up
        }
      }
      const matrices = Object.entries(weights.tensors).filter(([, { shape }]) => shape.length === 2);
      const rows = matrices.map(([name, tensor]) => narrowRows(name, tensor));
      const widened: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const data = rows.map(({ codes }) => Float32Array.from(codes));
        widened.push(await seconds(() => rows.forEach(({ scales }, i) => widenRows(data[i]!, scales))));
      }
      const numbers = rows.reduce((sum, { codes }) => sum + codes.length, 0);
      return [
        atMost({
          name: "narrow/load",
          unit: "s",
          value: median(times.I8),
          baseline: "the same in F32",
          baselineValue: median(times.F32),
          most: 1, // a quarter of the bytes to read and hash pays for widening
          note: `${ROUNDS} rounds, the two in turn`,
        }),
        ceiling({
          name: "narrow/widen",
          unit: "s",
          value: Math.min(...widened),
          limit: 0.3,
          limitName: "what int8 may add to loading",
          note: `${(numbers / 1e6).toFixed(1)} M numbers, the best of ${ROUNDS}`,
        }),
      ];
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
};

function write(weights: ReturnType<typeof initWeights>, dtype: "F32" | "I8", folder: string): void {
  const vocab = Array.from({ length: PIECES }, (_, id) => [id === 0 ? "<unk>" : `piece ${id}`, -id / PIECES]);
  const tokenizerJson = JSON.stringify({ added_tokens: [], model: { type: "Unigram", unk_id: 0, vocab } });
  const prefixes = { query: "", passage: "" };
  const files = modelFolder({ weights, tokenizerJson, prefixes, dtype, unfolded: false, readme: "" });
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
}
