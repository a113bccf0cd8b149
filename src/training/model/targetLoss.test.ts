// Steps towards given vectors: what the losses are, by hand, and that the texts come nearer.
import { beforeAll, describe, expect, it } from "vitest";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { WORD_EMBEDDINGS } from "./encoderConfig.ts";
import { createModel, type TargetBatch } from "./model.ts";

const config = {
  vocabSize: 3,
  width: 2,
  layers: 0,
  heads: 1,
  feedForward: 1,
  maxTokens: 4,
  pooling: "mean",
  tokenWeights: "uniform",
  frozen: "nothing",
} as const;
/** Pieces 0, 1 and 2 point along (1, 0), (0, 1) and (.6, .8). */
const start = () => {
  const data = Float32Array.of(2, 0, 0, 1, 0.6, 0.8);
  return createModel({ config, tensors: { [WORD_EMBEDDINGS]: { shape: [3, 2], data } } });
};
const options = {
  temperature: 0.5,
  learningRate: 0.05,
  weightDecay: 0,
  clipNorm: 0,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
};
/** Text 0 is piece 0, text 1 is piece 2; their targets are (0, 1) and (1, 0). */
const batch = (changes: Partial<TargetBatch> = {}): TargetBatch => ({
  texts: { offsets: Int32Array.of(0, 1, 2), tokens: Int32Array.of(0, 2) },
  targets: Float32Array.of(0, 1, 1, 0),
  concepts: Int32Array.of(4, 5),
  contrast: 0.3,
  ...changes,
});

describe.each(["cpu", "wasm"] as const)("trainTowards on %s", (backend) => {
  beforeAll(() => startNodeBackend(backend));

  it("tells 1 - cosine and the contrast with the targets of other concepts", async () => {
    const handle = start().trainTowards(batch(), options);
    const far = [...(await handle.distillation())!];
    const lost = [...(await handle.losses())];
    // Text 0: cosine 0 with its target, 1 with the other. Text 1: .6 and .8. At T = .5: log(1 + e^2), log(1 + e^.4).
    [1, 0.4].forEach((value, i) => expect(far[i]).toBeCloseTo(value, 5));
    [Math.log1p(Math.exp(2)), Math.log1p(Math.exp(0.4))].forEach((value, i) =>
      expect(lost[i]).toBeCloseTo(value, 5),
    );
    const alike = start().trainTowards(batch({ concepts: Int32Array.of(7, 7) }), options);
    expect([...(await alike.losses())]).toEqual([0, 0]);
  });

  it("brings the texts to their targets, and moves no other piece", async () => {
    const model = start();
    for (let step = 0; step < 200; step++) await model.trainTowards(batch({ contrast: 0 }), options).losses();
    const vectors = await model.encode(batch().texts);
    [0, 1, 1, 0].forEach((value, i) => expect(vectors[i]).toBeCloseTo(value, 1));
    const rows = (await model.weights()).tensors[WORD_EMBEDDINGS]!.data;
    expect([...rows.subarray(2, 4)]).toEqual([0, 1]);
  });

  it("refuses what does not fit", () => {
    const step = (changes: Partial<TargetBatch>) => () => start().trainTowards(batch(changes), options);
    expect(step({ targets: new Float32Array(3) })).toThrow("targets must hold 4 numbers, got 3");
    expect(step({ concepts: new Int32Array(1) })).toThrow("concepts must hold 2 numbers, got 1");
    expect(step({ contrast: -1 })).toThrow("contrast must be >= 0, got -1");
  });
});
