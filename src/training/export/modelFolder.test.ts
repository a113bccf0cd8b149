// Which files a model becomes and what stands in them, against the documented layout.
import { beforeAll, describe, expect, it } from "vitest";
import { tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "../model/model.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import { FOLDED_EMBEDDINGS, modelFolder } from "./modelFolder.ts";

/** 24 pieces, as many as tinyConfig's rows; the last is added beside the model's own. */
const TOKENIZER = JSON.stringify({
  version: "1.0",
  added_tokens: [
    { id: 0, content: "<s>", special: true },
    { id: 1, content: "<pad>", special: true },
    { id: 3, content: "<unk>", special: true },
    { id: 23, content: "<mask>", special: true },
  ],
  pre_tokenizer: null,
  model: {
    type: "Unigram",
    unk_id: 3,
    byte_fallback: false,
    vocab: ["<s>", "<pad>", "</s>", "<unk>", ..."abcdefghijklmnopqrs"].map((piece, i) => [piece, -i]),
  },
});

function folderOf(changes: Partial<EncoderConfig> = {}, unfolded = true, dtype: "F32" | "F16" = "F32") {
  const weights = tinyWeights(tinyConfig(changes));
  const prefixes = { query: "Q: ", passage: "P: " };
  const model = { weights, tokenizerJson: TOKENIZER, prefixes, dtype, unfolded, readme: "# A model\n" };
  return { weights, files: modelFolder(model) };
}

const textOf = (files: ReadonlyMap<string, Uint8Array>, name: string) =>
  new TextDecoder().decode(files.get(name));
const jsonOf = (files: ReadonlyMap<string, Uint8Array>, name: string) =>
  JSON.parse(textOf(files, name)) as Record<string, unknown>;

/** Float32 tensors of a safetensors file by the format's description. */
function tensorsOf(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  delete header["__metadata__"];
  return Object.fromEntries(
    Object.entries(header).map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        const bytes = file.slice(start + from, start + to).buffer;
        return [name, { dtype, shape, data: dtype === "F32" ? new Float32Array(bytes) : undefined }];
      },
    ),
  );
}

describe("a bag of pieces", () => {
  it("is StaticEmbedding and Normalize", () => {
    const { files } = folderOf();
    expect([...files.keys()].sort()).toEqual([
      "1_Pooling/config.json",
      "2_Normalize/config.json",
      "README.md",
      "config.json",
      "config_sentence_transformers.json",
      "model.safetensors",
      "modules.json",
      "sentence_bert_config.json",
      "special_tokens_map.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    const type = (name: string) => `sentence_transformers.models.${name}`;
    expect(jsonOf(files, "modules.json")).toEqual([
      { idx: 0, name: "0", path: ".", type: type("StaticEmbedding") },
      { idx: 1, name: "1", path: "2_Normalize", type: type("Normalize") },
    ]);
    expect(jsonOf(files, "config.json")).toMatchObject({
      model_type: "hybrid-batch-lab-bag",
      hidden_size: 8,
      num_hidden_layers: 0,
      vocab_size: 24,
      max_position_embeddings: 16,
    });
    expect(jsonOf(files, "config_sentence_transformers.json")["prompts"]).toEqual({
      query: "Q: ",
      passage: "P: ",
      document: "P: ",
    });
    expect(jsonOf(files, "special_tokens_map.json")).toEqual({
      bos_token: "<s>",
      cls_token: "<s>",
      mask_token: "<mask>",
      pad_token: "<pad>",
      unk_token: "<unk>",
    });
    expect(jsonOf(files, "tokenizer.json")).toEqual({
      ...(JSON.parse(TOKENIZER) as object),
      truncation: { direction: "Right", max_length: 16, strategy: "LongestFirst", stride: 0 },
    });
  });

  it("holds a table whose plain mean has the direction of the lab's vector", async () => {
    await startNodeBackend("wasm");
    const { weights, files } = folderOf();
    const { data } = tensorsOf(files.get("model.safetensors")!)[FOLDED_EMBEDDINGS]!;
    const text = [4, 9, 9, 21];
    const model = createModel(weights);
    const vector = await model.encode({ offsets: Int32Array.from([0, 4]), tokens: Int32Array.from(text) });
    model.dispose();
    const mean = Array.from({ length: 8 }, (_, d) => text.reduce((sum, t) => sum + data![t * 8 + d]!, 0) / 4);
    const norm = Math.hypot(...mean);
    // float32 rounds each of the four folded rows once: 4 * 6e-8 of a number near 1
    mean.forEach((x, d) => expect(Math.abs(x / norm - vector[d]!)).toBeLessThan(1e-6));
  });

  it("holds the trained table as it is only where asked, the token weights always", () => {
    const { weights, files } = folderOf();
    const tensors = tensorsOf(files.get("model.safetensors")!);
    for (const [name, { data }] of Object.entries(weights.tensors)) expect(tensors[name]!.data).toEqual(data);
    const shipped = tensorsOf(folderOf({}, false, "F16").files.get("model.safetensors")!);
    expect(Object.entries(shipped).map(([name, { dtype }]) => [name, dtype])).toEqual([
      ["pooling.token_weights", "F32"],
      [FOLDED_EMBEDDINGS, "F16"],
    ]);
    const plain = tensorsOf(folderOf({ tokenWeights: "uniform" }).files.get("model.safetensors")!);
    expect(Object.keys(plain)).toEqual([FOLDED_EMBEDDINGS]); // nothing to fold: one table is enough
  });
});

describe("a transformer", () => {
  let made: ReturnType<typeof folderOf>;
  beforeAll(() => {
    made = folderOf({ layers: 2 });
  });

  it("is a BertModel, its word weights, the mean and Normalize", () => {
    const { files } = made;
    const modules = jsonOf(files, "modules.json") as unknown as { path: string; type: string }[];
    expect(modules.map(({ path, type }) => [path, type.split(".").at(-1)])).toEqual([
      ["", "Transformer"],
      ["1_WordWeights", "WordWeights"],
      ["1_Pooling", "Pooling"],
      ["2_Normalize", "Normalize"],
    ]);
    expect(jsonOf(files, "config.json")).toMatchObject({
      model_type: "bert",
      hidden_size: 8,
      num_hidden_layers: 2,
      num_attention_heads: 2,
      intermediate_size: 12,
      vocab_size: 24,
      max_position_embeddings: 16,
      type_vocab_size: 1,
      hidden_act: "gelu",
      layer_norm_eps: 1e-12,
      pad_token_id: 1,
    });
    expect(jsonOf(files, "1_Pooling/config.json")["pooling_mode_mean_tokens"]).toBe(true);
    expect(jsonOf(files, "sentence_bert_config.json")["max_seq_length"]).toBe(16);
  });

  it("has BertModel's tensors, all of them, with the trained bits", () => {
    const tensors = tensorsOf(made.files.get("model.safetensors")!);
    const { "embeddings.token_type_embeddings.weight": types, ...rest } = tensors;
    expect(types).toMatchObject({ shape: [1, 8], data: new Float32Array(8) });
    expect(Object.keys(rest).sort()).toEqual(Object.keys(made.weights.tensors).sort());
    for (const [name, { data, shape }] of Object.entries(made.weights.tensors)) {
      expect(rest[name]).toMatchObject({ shape, data });
    }
  });

  it("weighs words by piece, exactly", () => {
    const config = jsonOf(made.files, "1_WordWeights/config.json");
    const { data } = made.weights.tensors["pooling.token_weights"]!;
    const [vocab, weights] = [config["vocab"] as string[], config["word_weights"] as Record<string, number>];
    expect(vocab.slice(0, 5)).toEqual(["<s>", "<pad>", "</s>", "<unk>", "a"]);
    expect(vocab.map((piece) => weights[piece])).toEqual(Array.from(data));
  });

  it("pooled by its first token has no word weights", () => {
    const { files } = folderOf({ layers: 1, pooling: "cls" });
    expect(files.has("1_WordWeights/config.json")).toBe(false);
    expect(jsonOf(files, "1_Pooling/config.json")["pooling_mode_cls_token"]).toBe(true);
  });
});

it("with a dense layer after pooling has it as a module with a file of its own", () => {
  const dense = { outputs: 5, bias: true, activation: "tanh" as const };
  const { files, weights } = folderOf({ layers: 1, pooling: "max", tokenWeights: "uniform", dense });
  const modules = jsonOf(files, "modules.json") as unknown as { path: string; type: string }[];
  expect(modules.map(({ path }) => path)).toEqual(["", "1_Pooling", "2_Dense", "3_Normalize"]);
  expect(jsonOf(files, "2_Dense/config.json")).toEqual({
    in_features: 8,
    out_features: 5,
    bias: true,
    activation_function: "torch.nn.modules.activation.Tanh",
  });
  expect(jsonOf(files, "1_Pooling/config.json")["pooling_mode_max_tokens"]).toBe(true);
  const head = tensorsOf(files.get("2_Dense/model.safetensors")!);
  expect(head["linear.weight"]).toMatchObject({
    shape: [5, 8],
    data: weights.tensors["dense.linear.weight"]!.data,
  });
  expect(head["linear.bias"]!.data).toEqual(weights.tensors["dense.linear.bias"]!.data);
  const own = Object.keys(tensorsOf(files.get("model.safetensors")!));
  expect(own.filter((name) => name.startsWith("dense."))).toEqual([]);
});

it("refuses a tokenizer of another size", () => {
  expect(() => folderOf({ vocabSize: 30 })).toThrow("24 pieces, but 30 rows of embeddings");
});

it("makes equal bytes of equal models", () => {
  expect(folderOf().files).toEqual(folderOf().files);
});
