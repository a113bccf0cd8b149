// Where an encoder starts: what its random numbers depend on and what they do not.
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { tinyConfig } from "../../testing/engine/modelSuite.ts";
import { checkEncoderConfig } from "./encoderConfig.ts";
import { FREQUENCY_CONSTANT, initWeights } from "./weights.ts";

const logProbs = Float32Array.from({ length: 100 }, (_, i) => -i / 10);
const keep = (...pieces: number[]) => ({ pieceIds: Int32Array.from(pieces), logProbs });
const WORDS = "embeddings.word_embeddings.weight";

describe("initWeights", () => {
  it("gives a piece the same row whatever else is kept, and however many layers there are", () => {
    const few = initWeights(tinyConfig({ vocabSize: 2 }), { ...keep(40, 7), random: createRandom(1) });
    const many = initWeights(tinyConfig({ vocabSize: 4, layers: 1 }), {
      ...keep(3, 7, 40, 99),
      random: createRandom(1),
    });
    const row = (weights: typeof few, i: number) => weights.tensors[WORDS]!.data.slice(i * 8, i * 8 + 8);
    expect(row(few, 0)).toEqual(row(many, 2));
    expect(row(few, 1)).toEqual(row(many, 1));
    expect(row(few, 0)).not.toEqual(row(few, 1));
    const other = initWeights(tinyConfig({ vocabSize: 2 }), { ...keep(40, 7), random: createRandom(2) });
    expect(row(other, 0)).not.toEqual(row(few, 0));
  });

  it("starts token weights from a / (a + p) and embedding rows at unit length on average", () => {
    const config = tinyConfig({ vocabSize: 100, width: 64 });
    const pieces = Array.from({ length: 100 }, (_, i) => i);
    const { tensors } = initWeights(config, { ...keep(...pieces), random: createRandom(1) });
    const weights = tensors["pooling.token_weights"]!.data;
    expect(weights[0]).toBeCloseTo(FREQUENCY_CONSTANT / (FREQUENCY_CONSTANT + 1), 7); // p = e^0
    expect(weights[50]).toBeCloseTo(FREQUENCY_CONSTANT / (FREQUENCY_CONSTANT + Math.exp(-5)), 7);
    const squares = tensors[WORDS]!.data.reduce((sum, x) => sum + x * x, 0) / 100;
    expect(Math.abs(squares - 1)).toBeLessThan(0.06); // sd of the mean of 6,400 squares: sqrt(2 / 6400) = 0.018
  });

  it("names tensors as BertModel does", () => {
    const { tensors } = initWeights(tinyConfig({ vocabSize: 2, layers: 1, tokenWeights: "uniform" }), {
      ...keep(1, 2),
      random: createRandom(1),
    });
    expect(Object.entries(tensors).map(([name, { shape }]) => `${name} (${shape.join()})`)).toEqual([
      "embeddings.word_embeddings.weight (2,8)",
      "embeddings.position_embeddings.weight (16,8)",
      "embeddings.LayerNorm.weight (8)",
      "embeddings.LayerNorm.bias (8)",
      "encoder.layer.0.attention.self.query.weight (8,8)",
      "encoder.layer.0.attention.self.key.weight (8,8)",
      "encoder.layer.0.attention.self.value.weight (8,8)",
      "encoder.layer.0.attention.self.query.bias (8)",
      "encoder.layer.0.attention.self.key.bias (8)",
      "encoder.layer.0.attention.self.value.bias (8)",
      "encoder.layer.0.attention.output.dense.weight (8,8)",
      "encoder.layer.0.attention.output.dense.bias (8)",
      "encoder.layer.0.attention.output.LayerNorm.weight (8)",
      "encoder.layer.0.attention.output.LayerNorm.bias (8)",
      "encoder.layer.0.intermediate.dense.weight (12,8)",
      "encoder.layer.0.intermediate.dense.bias (12)",
      "encoder.layer.0.output.dense.weight (8,12)",
      "encoder.layer.0.output.dense.bias (8)",
      "encoder.layer.0.output.LayerNorm.weight (8)",
      "encoder.layer.0.output.LayerNorm.bias (8)",
    ]);
  });

  it("refuses pieces that do not fit", () => {
    const config = tinyConfig({ vocabSize: 2 });
    const random = createRandom(1);
    expect(() => initWeights(config, { ...keep(1), random })).toThrow(
      "pieceIds has 1 entries, vocabSize is 2",
    );
    expect(() => initWeights(config, { ...keep(1, 100), random })).toThrow(
      "pieceIds[1] = 100 is not a piece",
    );
  });
});

describe("checkEncoderConfig", () => {
  it.each([
    [{ width: 0 }, "encoder.width must be an integer >= 1, got 0"],
    [{ layers: 1.5 }, "encoder.layers must be an integer >= 0, got 1.5"],
    [{ layers: 1, heads: 3 }, "encoder.width must be a multiple of heads (3), got 8"],
    [{ pooling: "cls" as const }, 'encoder.pooling must be "mean" with 0 layers'],
  ])("refuses %o", (changes, message) => {
    expect(() => checkEncoderConfig(tinyConfig(changes))).toThrow(message);
  });
});
