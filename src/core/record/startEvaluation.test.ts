// The evaluation before training as it is kept: what it hangs on, and what is refused of a file.
import { describe, expect, it } from "vitest";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { withPath, type SpecPath, type SpecValue } from "../spec/spec.ts";
import { parseStart, startJson, startKeyText } from "./startEvaluation.ts";

const { spec, environment, final } = testRecord;
const KEY = "e".repeat(64);

describe("the key of a start", () => {
  const text = startKeyText(spec, environment);

  it.each<[SpecPath, SpecValue]>([
    ["steps", 500],
    ["batch.size", 32],
    ["loss.temperature", 0.5],
    ["loss.teacher", "local:other"],
    ["optimizer.learningRate", 0.1],
    ["seed", 99], // of weights that are read, not drawn
    ["evalEvery", 3],
  ])("does not hang on %s", (path, value) => {
    expect(startKeyText(withPath(spec, path, value), environment)).toBe(text);
  });

  it.each<[SpecPath, SpecValue]>([
    ["encoder.maxTokens", 7],
    ["encoder.prefixes", !spec.encoder.prefixes],
    ["evaluate.cuts", ["ndcg@5"]],
    ["languages.eval", ["en"]],
    ["data.split", "all"],
  ])("hangs on %s", (path, value) => {
    expect(startKeyText(withPath(spec, path, value), environment)).not.toBe(text);
  });

  it("hangs on a drawn encoder's seed, on the device, on its arithmetic, on encoder and data", () => {
    const random = withPath(spec, "encoder.id", "random");
    expect(startKeyText(withPath(random, "seed", 99), environment)).not.toBe(
      startKeyText(random, environment),
    );
    const others = [
      { adapter: "another adapter" },
      { arithmetic: 9 },
      { encoderSha256: "0".repeat(64) },
      { dataSha256: { "cldr-emoji": "0".repeat(64) } },
    ].map((part) => startKeyText(spec, { ...environment, ...part }));
    expect(new Set([text, ...others]).size).toBe(5);
    // The lab's version is no matter where it computes alike.
    const later = { ...environment, arithmetic: 3, versions: { lab: "9" } };
    expect(startKeyText(spec, later)).toBe(startKeyText(spec, { ...later, versions: { lab: "8" } }));
  });
});

describe("a kept start", () => {
  const agreement = {
    [KEY]: [
      { metric: "distillation/cosine", value: 0.25 },
      { metric: "distillation/cosine", value: 0.5, lang: "de" },
    ],
  };

  it("comes back whole: result, values of queries, agreement with teachers", () => {
    for (const start of [
      { result: final },
      { result: final, values: testValues },
      { result: final, values: testValues, agreement },
    ]) {
      expect(parseStart(startJson(KEY, start), KEY, "the file")).toEqual(start);
    }
  });

  it("is refused in one sentence where it is damaged or another one", () => {
    const text = startJson(KEY, { result: final, values: testValues, agreement });
    const spoilt = (from: string, to: string) => () => parseStart(text.replace(from, to), KEY, "the file");
    expect(() => parseStart(text.slice(0, -1), KEY, "the file")).toThrow("the file is not JSON");
    expect(() => parseStart(text, "f".repeat(64), "the file")).toThrow(
      "the file is of another start or test",
    );
    expect(spoilt("start@1", "start@7")).toThrow("the file: schema is not as in hybrid-batch-lab/start@1");
    expect(spoilt('"pool":12', '"pool":-12')).toThrow("the file: result.pool is not as in");
    expect(spoilt('"value":0.25', '"value":"0.25"')).toThrow(
      `the file: agreement.${KEY}.0.value is not as in`,
    );
    expect(spoilt('"crossPools":[1', '"crossPools":[-1')).toThrow("the file: perQuery: ");
  });
});
