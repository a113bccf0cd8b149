// Which fields a checkpoint shows for the person, and which it leaves to them.
import { expect, it } from "vitest";
import type { EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import { checkpointValue } from "./checkpointValue.ts";

const INFO: EncoderInfo = {
  id: "local:mine",
  layers: 2,
  width: 8,
  heads: 2,
  feedForward: 12,
  vocabRows: 25,
  pooling: "cls",
  outputs: 5,
  hasTokenWeights: false,
  longest: 16,
  prefixes: { query: "q: ", passage: "" },
  bytes: 9,
  notes: [],
};

it("shows what the folder states", () => {
  const shown = (path: Parameters<typeof checkpointValue>[0]) => checkpointValue(path, INFO.id, INFO);
  expect(shown("encoder.layers")).toBe("2");
  expect(shown("encoder.width")).toBe("8, vectors 5");
  expect(shown("encoder.pooling")).toBe("first position");
  expect(shown("encoder.prefixes")).toBe("its own prompts");
  expect(shown("encoder.maxTokens")).toBeUndefined();
});

it("leaves to the person what the folder says nothing of, and everything of random weights", () => {
  const bare = { ...INFO, pooling: null, prefixes: null };
  expect(checkpointValue("encoder.pooling", bare.id, bare)).toBeUndefined();
  expect(checkpointValue("encoder.prefixes", bare.id, bare)).toBeUndefined();
  expect(checkpointValue("encoder.layers", "random", undefined)).toBeUndefined();
});

it("waits with a checkpoint that was not looked up, but for prefixes", () => {
  expect(checkpointValue("encoder.pooling", "hf:a/b", undefined)).toBe("the checkpoint’s");
  expect(checkpointValue("encoder.prefixes", "hf:a/b", undefined)).toBeUndefined();
});
