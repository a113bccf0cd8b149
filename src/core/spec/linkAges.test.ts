// What links of older labs mean: defaults that were others are written out.
import { describe, expect, it } from "vitest";
import { ofKinds } from "./batchKind.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { DEFAULT_SPEC, findPreset } from "./presets.ts";

const hybrid = findPreset("hybrid")!;

describe("links", () => {
  it("of version 1 keep meaning what they meant", () => {
    const link =
      "v=1&preset=mono&train=xquad-r&eval=same&split=dev&live=500&langs=en,ar:2&exponent=0.3&perBatch=3&heldOut=el&evalLangs=en,el" +
      "&batch=32&ratio=mono:0.25,cross:0.75&unit=row&schedule=cosine&ratioEnd=multi:1&positives=3&temperature=0.1&lossWeights=mono:2,cross:1" +
      "&encoder=random&layers=2&width=64&pooling=cls&tokenWeights=uniform&maxTokens=32&prefixes=true&frozen=embeddings" +
      "&lr=0.001&lrSchedule=cosine&warmup=5&decay=0.1&clip=1&steps=50&evalEvery=5&seed=3&backend=wasm";
    expect(decodeLink(link).problems).toEqual([]);
    expect(decodeLink(link).spec).toEqual({
      data: { train: "xquad-r", eval: "same", split: "dev", liveQueries: 500 },
      languages: {
        train: { en: 1, ar: 2 },
        exponent: 0.3,
        perBatch: 3,
        heldOut: ["el"],
        eval: ["en", "el"],
        schedule: "constant",
      },
      batch: {
        size: 32,
        unit: "row",
        schedule: "cosine",
        positives: 3,
        law: "blind", // as all labs drew before there was the field
        ratio: ofKinds({ mono: 0.25, cross: 0.75 }),
        ratioEnd: ofKinds({ multi: 1 }),
        curve: [],
      },
      rule: DEFAULT_SPEC.rule, // no rule moved anything
      loss: {
        // The fields that came after version 0.1 stand at their defaults.
        distillation: "off",
        distillationWeight: 0.5,
        teacher: "distilled-mini",
        temperature: 0.1,
        weights: ofKinds({ mono: 2, cross: 1 }),
        weighting: "constant",
        curve: [],
      },
      encoder: {
        id: "random",
        layers: 2,
        width: 64,
        pooling: "cls",
        tokenWeights: "uniform",
        maxTokens: 32,
        prefixes: true,
        frozen: "embeddings",
      },
      optimizer: { learningRate: 0.001, schedule: "cosine", warmup: 5, weightDecay: 0.1, clipNorm: 1 },
      evaluate: { cuts: [] },
      steps: 50,
      evalEvery: 5,
      seed: 3,
      compute: { backend: "wasm" },
    });
  });

  it("of version 1 begin at random weights and their learning rate unless they say otherwise", () => {
    const { spec, problems } = decodeLink("v=1&preset=hybrid&seed=7");
    expect(problems).toEqual([]);
    expect([spec.encoder.id, spec.optimizer.learningRate, spec.seed]).toEqual(["random", 0.03, 7]);
    expect(encodeLink(spec, hybrid)).toBe(
      "v=10&preset=hybrid&split=heldOut&law=blind&teacher=distilled-mini&encoder=random&lr=0.03&seed=7",
    );
    expect(decodeLink("v=1&preset=hybrid&lr=0.1").spec.optimizer.learningRate).toBe(0.1);
  });

  it.each([1, 2, 3, 4])("of version %i are evaluated on test unless they say otherwise", (version) => {
    const partOf = (link: string) => decodeLink(link).spec.data.split;
    expect(partOf(`v=${version}&preset=mono`)).toBe("heldOut");
    expect(partOf(`v=${version}&preset=mono&split=dev`)).toBe("dev"); // as it was then: concepts that training knows
    expect([partOf("v=10&preset=mono"), partOf("v=10&preset=mono&split=heldOut")]).toEqual([
      "devConcepts",
      "heldOut",
    ]);
  });

  it.each([2, 3, 4, 5])(
    "of version %i start at distilled-mini, and learn from it, unless they say otherwise",
    (v) => {
      const { spec, problems } = decodeLink(`v=${v}&preset=hybrid&distil=mse&seed=7`);
      expect(problems).toEqual([]);
      expect([spec.encoder.id, spec.loss.teacher]).toEqual(["distilled-mini", "distilled-mini"]);
      const shared = encodeLink(spec, hybrid);
      expect(shared).toContain("distil=mse&teacher=distilled-mini&encoder=distilled-mini&lr=0.01&seed=7");
      expect(decodeLink(shared).spec).toEqual(spec);
      expect(decodeLink(`v=${v}&preset=hybrid&encoder=distilled-weak`).spec.encoder.id).toBe(
        "distilled-weak",
      );
      expect(decodeLink("v=10&preset=hybrid").spec).toMatchObject({
        encoder: { id: "distilled-bag-37k" },
        loss: { teacher: "distilled-bag-37k" },
      });
    },
  );

  it.each([6, 7])(
    "of version %i start at distilled-bag, and learn from it, unless they say otherwise",
    (v) => {
      const { spec, problems } = decodeLink(`v=${v}&preset=hybrid&distil=mse`);
      const start = [problems, spec.encoder.id, spec.loss.teacher];
      expect(start).toEqual([[], "distilled-bag", "distilled-bag"]);
      expect(decodeLink(encodeLink(spec, hybrid)).spec).toEqual(spec);
    },
  );

  it.each(["paper-mono", "paper-cross", "paper-hybrid"])(
    "of %s start at distilled-small until version 9, unless they say otherwise",
    (name) => {
      const encoderOf = (link: string) => decodeLink(link).spec.encoder.id;
      const older = `v=8&preset=${name}`;
      expect([encoderOf(older), encoderOf(`${older}&encoder=distilled-small-raw`)]).toEqual([
        "distilled-small",
        "distilled-small-raw",
      ]);
      const { spec, preset } = decodeLink(older);
      expect(encodeLink(spec, preset)).toBe(`v=10&preset=${name}&encoder=distilled-small`);
    },
  );

  it.each(["v=1&preset=quickstart", "v=9&preset=quickstart", "v=9"])(
    "such as %s have the quick start's 200 steps until version 10, unless they say otherwise",
    (older) => {
      const lengthOf = (link: string) => {
        const { steps, evalEvery } = decodeLink(link).spec;
        return [steps, evalEvery];
      };
      expect(lengthOf(older)).toEqual([200, 20]);
      expect(lengthOf(`${older}&steps=60`)).toEqual([60, 20]);
      expect(lengthOf("v=10&preset=quickstart")).toEqual([150, 25]);
      const { spec, preset } = decodeLink(older);
      expect(encodeLink(spec, preset)).toMatch(/^v=10&preset=quickstart&.*steps=200&evalEvery=20$/);
      expect(decodeLink(encodeLink(spec, preset)).spec).toEqual(spec);
    },
  );
});
