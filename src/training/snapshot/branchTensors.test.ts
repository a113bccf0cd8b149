// Rows of the vocabulary between a parent and a branch whose texts have other pieces.
import { expect, it } from "vitest";
import { TOKEN_WEIGHTS, WORD_EMBEDDINGS } from "../model/encoderConfig.ts";
import type { ModelWeights } from "../model/weights.ts";
import { branchTensors } from "./branchTensors.ts";

const tensor = (shape: readonly number[], ...data: number[]) => ({
  shape: [...shape],
  data: Float32Array.from(data),
});

it("keeps known rows with their moments by piece, and begins new ones at the encoder with none", () => {
  // The parent knew pieces 3 and 7; the branch has 2, 3 and 9, so 7 goes and 2 and 9 are new.
  const parent = {
    pieceIds: Int32Array.of(3, 7),
    tensors: {
      [`value/${WORD_EMBEDDINGS}`]: tensor([2, 2], 31, 32, 71, 72),
      [`m/${WORD_EMBEDDINGS}`]: tensor([2, 2], 0.31, 0.32, 0.71, 0.72),
      [`value/${TOKEN_WEIGHTS}`]: tensor([2], 3, 7),
      [`v/${TOKEN_WEIGHTS}`]: tensor([2], 0.3, 0.7),
      "value/dense": tensor([1], 5),
    },
  };
  const start = {
    tensors: {
      [WORD_EMBEDDINGS]: tensor([3, 2], -21, -22, -31, -32, -91, -92),
      [TOKEN_WEIGHTS]: tensor([3], -2, -3, -9),
    },
  } as unknown as ModelWeights;
  expect(branchTensors(parent, start, Int32Array.of(2, 3, 9))).toEqual({
    [`value/${WORD_EMBEDDINGS}`]: tensor([3, 2], -21, -22, 31, 32, -91, -92),
    [`m/${WORD_EMBEDDINGS}`]: tensor([3, 2], 0, 0, 0.31, 0.32, 0, 0),
    [`value/${TOKEN_WEIGHTS}`]: tensor([3], -2, 3, -9),
    [`v/${TOKEN_WEIGHTS}`]: tensor([3], 0, 0.3, 0),
    "value/dense": tensor([1], 5),
  });
});
