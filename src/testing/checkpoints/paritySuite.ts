// The lab's encoder against PyTorch's vectors of the same checkpoints (scripts/parity/encoders.py), on the active backend.
import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { loadWeights } from "../../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import fixture from "../../training/pretrained/parity.fixture.json" with { type: "json" };
import { createModel } from "../../training/model/model.ts";
import { buildVocabulary, trimRows } from "../../training/corpus/vocabulary.ts";
import { memoryFolder, UNIGRAM_JSON } from "./checkpointFolder.ts";
import { rowsOf } from "../engine/modelSuite.ts";

type Case = (typeof fixture.cases)[number];

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

/** The case as the folder that sentence-transformers would write. */
export function parityFolder({ config, pooling, safetensors, dense }: Case) {
  const types = ["Transformer", "Pooling", ...(dense ? ["Dense"] : []), "Normalize"];
  return memoryFolder({
    "config.json": config,
    "model.safetensors": bytesOf(safetensors),
    "tokenizer.json": UNIGRAM_JSON,
    "modules.json": types.map((name, idx) => ({
      idx,
      name: String(idx),
      path: idx === 0 ? "" : `${idx}_${name}`,
      type: `sentence_transformers.models.${name}`,
    })),
    "1_Pooling/config.json": {
      [`pooling_mode_${pooling === "cls" ? "cls_token" : `${pooling}_tokens`}`]: true,
    },
    ...(dense && {
      "2_Dense/config.json": dense.config,
      "2_Dense/model.safetensors": bytesOf(dense.safetensors),
    }),
  });
}

/** (texts) vectors by the lab, with only the pieces of these texts kept. */
export async function labVectors(
  folder: ReturnType<typeof memoryFolder>,
  texts: readonly number[][],
  width: number,
) {
  const opened = await openCheckpoint(folder);
  const rows = rowsOf(texts);
  const vocabulary = buildVocabulary([
    Uint8Array.from({ length: opened.tokenizer.vocabSize }, (_, id) => (rows.tokens.includes(id) ? 1 : 0)),
  ]);
  const { weights } = await loadWeights(opened, DEFAULT_SPEC.encoder, vocabulary.pieceIds, () => undefined);
  const model = createModel(weights);
  const vectors = await model.encode(trimRows(rows, vocabulary));
  model.dispose();
  return texts.map((_, i) => vectors.subarray(i * width, (i + 1) * width));
}

export function paritySuite(): void {
  it.each(fixture.cases.map((one) => [one.name, one] as const))("%s: PyTorch's vectors", async (_, one) => {
    const found = await labVectors(parityFolder(one), one.texts, one.vectors[0]!.length);
    one.vectors.forEach((expected, i) => {
      const cosine = expected.reduce((sum, x, d) => sum + x * found[i]![d]!, 0);
      expect(Math.abs(1 - cosine)).toBeLessThan(1e-5); // issue: 1e-4
      expected.forEach((x, d) => expect(Math.abs(x - found[i]![d]!)).toBeLessThan(1e-5));
    });
  });
}
