// Folders of sentence-transformers, and folders that are refused, by the name of what is wrong.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import {
  memoryFolder,
  tinyFolder,
  tinyTensors,
  TINY_BERT,
  UNIGRAM_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { writeSafetensors } from "../tensorFile/writeSafetensors.ts";
import { checkpointEncoder } from "./checkpointEncoder.ts";
import { checkpointConfig, describeCheckpoint, loadWeights } from "./loadWeights.ts";
import { openCheckpoint } from "./openCheckpoint.ts";

const spec = DEFAULT_SPEC.encoder;
const load = async (files: FolderFiles, pieceIds: number[]) => {
  const opened = await openCheckpoint(memoryFolder(files));
  const ids = Int32Array.from(pieceIds);
  const config = checkpointConfig(opened, spec, ids.length);
  return { opened, config, ...(await loadWeights(opened, spec, ids, () => undefined)) };
};
const modules = (...names: string[]) =>
  names.map((name, idx) => ({
    idx,
    name: `${idx}`,
    path: idx === 0 ? "" : `${idx}_${name}`,
    type: `sentence_transformers.models.${name}`,
  }));
const WORDS = "embeddings.word_embeddings.weight";

describe("a sentence-transformers folder", () => {
  const dense = {
    in_features: 8,
    out_features: 5,
    bias: true,
    activation_function: "torch.nn.modules.activation.Tanh",
  };
  const f32 = (shape: number[]) => ({
    shape,
    dtype: "F32" as const,
    data: new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5),
  });
  const full: FolderFiles = {
    "modules.json": modules("Transformer", "Pooling", "Dense", "Normalize"),
    "1_Pooling/config.json": { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
    "2_Dense/config.json": dense,
    "2_Dense/model.safetensors": writeSafetensors({ "linear.weight": f32([5, 8]), "linear.bias": f32([5]) }),
  };

  it("with Dense gives vectors of its width", async () => {
    const { config, weights, opened } = await load(tinyFolder(TINY_BERT, full), [0, 1]);
    expect(config).toMatchObject({ pooling: "cls", dense: { outputs: 5, bias: true, activation: "tanh" } });
    expect(weights.tensors["dense.linear.weight"]!.shape).toEqual([5, 8]);
    expect(describeCheckpoint("x", opened)).toMatchObject({ width: 8, outputs: 5 });
  });

  it("with WordWeights gives token weights, in the order of its words", async () => {
    const vocab = Array.from({ length: 25 }, (_, i) => `w${i}`);
    const files = {
      "modules.json": modules("Transformer", "WordWeights", "Pooling"),
      "1_WordWeights/wordweights_config.json": { vocab, word_weights: { w3: 0.25 }, unknown_word_weight: 2 },
      "2_Pooling/config.json": { pooling_mode: "mean" },
    };
    const { config, weights } = await load(tinyFolder(TINY_BERT, files), [2, 3]);
    expect(config.tokenWeights).toBe("inverseFrequency");
    expect([...weights.tensors["pooling.token_weights"]!.data]).toEqual([2, 0.25]);
  });

  it.each<[string, FolderFiles, string]>([
    [
      "an unknown architecture",
      { "config.json": { ...TINY_BERT, model_type: "mpnet" } },
      'model_type "mpnet" is not computed here; the lab knows bert, roberta',
    ],
    [
      "another activation",
      { "config.json": { ...TINY_BERT, hidden_act: "gelu_new" } },
      'hidden_act is "gelu_new"; the lab computes "gelu"',
    ],
    [
      "relative positions",
      { "config.json": { ...TINY_BERT, position_embedding_type: "relative_key" } },
      "position_embedding_type",
    ],
    [
      "a decoder",
      { "config.json": { ...TINY_BERT, is_decoder: true } },
      "is_decoder is true; the lab computes encoders only",
    ],
    [
      "heads that do not divide",
      { "config.json": { ...TINY_BERT, num_attention_heads: 3 } },
      "heads that divide hidden_size 8",
    ],
    [
      "a billion layers",
      { "config.json": { ...TINY_BERT, num_hidden_layers: 1e9 } },
      "num_hidden_layers: must be at most 128, got 1000000000",
    ],
    ["no model_type", { "config.json": {} }, "folder/config.json: model_type is missing"],
    ["a config that is no JSON", { "config.json": "{" }, "folder/config.json is not JSON"],
    [
      "another width than its tensors",
      { "config.json": { ...TINY_BERT, hidden_size: 16 } },
      `tensor "${WORDS}" has shape (25, 8), the config asks for (25, 16)`,
    ],
    [
      "a layer too few",
      { "config.json": { ...TINY_BERT, num_hidden_layers: 3 } },
      'lacks the tensor "encoder.layer.2.attention.self.query.weight" of shape (8, 8)',
    ],
    [
      "an unknown module",
      { "modules.json": modules("Transformer", "Pooling", "LSTM") },
      "the module LSTM is not computed here; the lab has Transformer",
    ],
    [
      "modules out of order",
      { "modules.json": modules("Transformer", "Dense", "Pooling") },
      "Transformer → Dense → Pooling is in another order",
    ],
    [
      "a module outside the folder",
      { "modules.json": [{ path: "../x", type: "a.Transformer" }] },
      '"../x" is no folder within the checkpoint',
    ],
    [
      "two pooling modes",
      { ...full, "1_Pooling/config.json": { pooling_mode_cls_token: true, pooling_mode_mean_tokens: true } },
      "one pooling mode must be on, got cls and mean",
    ],
    [
      "the last token's pooling",
      { ...full, "1_Pooling/config.json": { pooling_mode: "lasttoken" } },
      'pooling "lasttoken" is not computed here; the lab has cls, mean and max',
    ],
    [
      "a weighted mean",
      { ...full, "1_Pooling/config.json": { pooling_mode_weightedmean_tokens: true } },
      'pooling "weightedmean" is not computed here',
    ],
    [
      "prompts left out of pooling",
      { ...full, "1_Pooling/config.json": { pooling_mode: "mean", include_prompt: false } },
      "include_prompt is false",
    ],
    [
      "another dense activation",
      {
        ...full,
        "2_Dense/config.json": { ...dense, activation_function: "torch.nn.modules.activation.SiLU" },
      },
      "the activation SiLU is not computed here; the lab has Tanh, Identity",
    ],
    [
      "a dense layer of another width",
      { ...full, "2_Dense/config.json": { ...dense, in_features: 9 } },
      "in_features is 9, the vectors have 8",
    ],
    [
      "a tokenizer of another kind",
      { "tokenizer.json": { ...UNIGRAM_JSON, model: { type: "WordLevel", vocab: {} } } },
      'tokenizer.json: model.type: expected "Unigram", "WordPiece" or "BPE"',
    ],
    [
      "an unknown normalizer",
      { "tokenizer.json": { ...UNIGRAM_JSON, normalizer: { type: "Rot13" } } },
      'tokenizer.json: normalizer.type: expected one of Sequence, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Prepend, Replace, Precompiled, ByteLevel, Nmt, BertNormalizer, got "Rot13"',
    ],
    [
      "an unknown pre-tokenizer",
      { "tokenizer.json": { ...UNIGRAM_JSON, pre_tokenizer: { type: "Magic" } } },
      'tokenizer.json: pre_tokenizer.type: expected one of Sequence, Whitespace, WhitespaceSplit, BertPreTokenizer, Punctuation, Digits, CharDelimiterSplit, Split, FixedLength, ByteLevel, Metaspace, got "Magic"',
    ],
    [
      "a header of 100 MB",
      { "model.safetensors": Uint8Array.of(0, 0xe1, 0xf5, 5, 0, 0, 0, 0, 0) },
      "its header claims 100000000 bytes; 2 to 8388608",
    ],
    [
      "weights cut short",
      { "model.safetensors": writeSafetensors(tinyTensors(TINY_BERT)).slice(0, 5000) },
      "folder/model.safetensors",
    ],
  ])("with %s is refused by name", async (_, changes, message) => {
    await expect(load(tinyFolder(TINY_BERT, changes), [0])).rejects.toThrow(message);
    await expect(load(tinyFolder(TINY_BERT, changes), [0])).rejects.toMatchObject({ name: "DataError" });
  });

  it("without safetensors says what to do", async () => {
    const files = tinyFolder();
    delete files["model.safetensors"];
    await expect(load({ ...files, "pytorch_model.bin": "x" }, [0])).rejects.toThrow(
      "folder has no model.safetensors; weights in other formats (.bin, .h5, .onnx) are not read",
    );
  });

  it("whose tokenizer is of another model is refused before a weight is read", async () => {
    const files = tinyFolder({ ...TINY_BERT, vocab_size: 20 });
    await expect(load(files, [3, 24])).rejects.toThrow(
      "its tokenizer gives piece 24, its embeddings and word weights have 20 rows",
    );
  });

  it("as a start tells how far it is, and keeps no more than the rows asked for", async () => {
    const encoder = checkpointEncoder(await openCheckpoint(memoryFolder(tinyFolder())));
    const seen: number[] = [];
    const { weights } = await encoder.load(spec, Int32Array.of(7), undefined as never, ({ done, total }) =>
      seen.push(done / total),
    );
    expect(seen.at(-1)).toBe(1);
    expect(weights.tensors[WORDS]!.data).toHaveLength(8);
  });
});
