// Folders of Hugging Face and of the lab itself: what is read, and what is folded into the lab's encoder.
import { beforeAll, describe, expect, it } from "vitest";
import {
  memoryFolder,
  tinyFolder,
  tinyModules,
  tinyTensors,
  TINY_BERT,
  TINY_XLM_R,
  UNIGRAM_JSON,
  WORDPIECE_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { modelFolder } from "../export/modelFolder.ts";
import { sendPulsesTo } from "../engine/pulse.ts";
import { writeSafetensors } from "../tensorFile/writeSafetensors.ts";
import { createModel } from "../model/model.ts";
import { encodeText } from "../text/encodeText.ts";
import { blobFiles } from "./checkpointFiles.ts";
import { checkpointConfig, describeCheckpoint, loadWeights } from "./loadWeights.ts";
import { openCheckpoint, type CheckpointHints } from "./openCheckpoint.ts";

const spec = DEFAULT_SPEC.encoder;
const load = async (files: FolderFiles, pieceIds: number[], hints: CheckpointHints = {}) => {
  const opened = await openCheckpoint(memoryFolder(files), hints);
  const ids = Int32Array.from(pieceIds);
  const config = checkpointConfig(opened, spec, ids.length);
  return { opened, config, ...(await loadWeights(opened, spec, ids, () => undefined)) };
};
const WORDS = "embeddings.word_embeddings.weight";
const POSITIONS = "embeddings.position_embeddings.weight";

describe("a long tokenizer.json", () => {
  it("says before a tokenizer is made of it how long nothing will be heard", async () => {
    const spares: number[] = [];
    sendPulsesTo((spare) => spares.push(spare));
    const json = JSON.stringify(WORDPIECE_JSON) + " ".repeat(1_200_000); // 2.4 s at 200 multiplications a letter: told as 4
    await openCheckpoint(memoryFolder(tinyFolder(TINY_BERT, { "tokenizer.json": json })), {});
    sendPulsesTo(undefined);
    expect(spares).toContain(4);
  });
});

describe("a Hugging Face folder", () => {
  it("of BERT: rows wanted, token type 0 added to the positions", async () => {
    const { weights, config } = await load(tinyFolder(TINY_BERT), [2, 5, 24]);
    const given = tinyTensors(TINY_BERT);
    const table = given[WORDS]!.data;
    expect([...weights.tensors[WORDS]!.data]).toEqual(
      [2, 5, 24].flatMap((id) => [...table.subarray(id * 8, id * 8 + 8)]),
    );
    const type0 = given["embeddings.token_type_embeddings.weight"]!.data;
    const positions = given[POSITIONS]!.data;
    expect(weights.tensors[POSITIONS]!.shape).toEqual([16, 8]);
    // position 3, dimension 5
    expect(weights.tensors[POSITIONS]!.data[3 * 8 + 5]).toBe(Math.fround(positions[3 * 8 + 5]! + type0[5]!));
    expect(config).toMatchObject({
      vocabSize: 3,
      width: 8,
      layers: 2,
      heads: 2,
      feedForward: 12,
      maxTokens: 16,
    });
    expect(config).toMatchObject({ pooling: "mean", tokenWeights: "uniform", normEpsilon: 1e-12 });
    expect(Object.keys(weights.tensors).some((name) => name.includes("pooler"))).toBe(false);
  });

  it("of XLM-R: positions begin two rows later", async () => {
    const { weights, config } = await load(tinyFolder(TINY_XLM_R), [0]);
    const given = tinyTensors(TINY_XLM_R);
    const type0 = given["embeddings.token_type_embeddings.weight"]!.data;
    // position 0 of the lab is row padding id 1 + 1 = 2 of the file; 18 - 2 = 16 are left
    expect(weights.tensors[POSITIONS]!.shape).toEqual([16, 8]);
    expect(weights.tensors[POSITIONS]!.data[1]).toBe(
      Math.fround(given[POSITIONS]!.data[2 * 8 + 1]! + type0[1]!),
    );
    expect(config.normEpsilon).toBe(1e-5);
  });

  it.each(["bert.", "roberta.", "model."])("with names that begin with %j", async (prefix) => {
    const plain = await load(tinyFolder(), [1, 2]);
    const named = await load(
      tinyFolder(TINY_BERT, { "model.safetensors": writeSafetensors(tinyTensors(TINY_BERT, prefix)) }),
      [1, 2],
    );
    expect(named.weights).toEqual(plain.weights);
    expect(named.sha256).not.toBe(plain.sha256); // other bytes, another encoder
  });

  it("with the names that LayerNorm had in 2018", async () => {
    const old = Object.fromEntries(
      Object.entries(tinyTensors(TINY_BERT)).map(([name, tensor]) => [
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"),
        tensor,
      ]),
    );
    const { weights } = await load(
      tinyFolder(TINY_BERT, { "model.safetensors": writeSafetensors(old) }),
      [1, 2],
    );
    expect(weights).toEqual((await load(tinyFolder(), [1, 2])).weights);
  });

  it("in parts gives what it gives in one", async () => {
    const tensors = Object.entries(tinyTensors(TINY_BERT));
    const [one, two] = [tensors.filter((_, i) => i % 2 === 0), tensors.filter((_, i) => i % 2 === 1)];
    const names = (part: typeof tensors, file: string) =>
      part.map(([name]): [string, string] => [name, file]);
    const files: FolderFiles = {
      ...tinyFolder(),
      "model-00001-of-00002.safetensors": writeSafetensors(Object.fromEntries(one)),
      "model-00002-of-00002.safetensors": writeSafetensors(Object.fromEntries(two)),
      "model.safetensors.index.json": {
        metadata: {},
        weight_map: Object.fromEntries([
          ...names(one, "model-00001-of-00002.safetensors"),
          ...names(two, "model-00002-of-00002.safetensors"),
        ]),
      },
    };
    delete files["model.safetensors"];
    expect((await load(files, [3, 4])).weights).toEqual((await load(tinyFolder(), [3, 4])).weights);
    delete files["model-00002-of-00002.safetensors"];
    await expect(load(files, [3])).rejects.toThrow(
      "folder has no model-00002-of-00002.safetensors, which its index lists",
    );
  });

  it("frames texts with its special tokens and cuts between them", async () => {
    const unigram = (await load(tinyFolder(), [0])).opened.tokenizer;
    // "▁" is piece 4, "a" 5, "b" 6
    expect([...encodeText(unigram, "ab", 16).ids]).toEqual([0, 4, 5, 6, 2]);
    expect(encodeText(unigram, "ab", 4)).toEqual({ ids: Int32Array.of(0, 4, 5, 2), cut: true });
    const wordPiece = (await load(tinyFolder(TINY_BERT, { "tokenizer.json": WORDPIECE_JSON }), [0])).opened
      .tokenizer;
    // [CLS] 2, "a" 4, "##b" 14 + 1, then "c" 6, "z" unknown 1, [SEP] 3
    expect([...encodeText(wordPiece, "ab c z", 16).ids]).toEqual([2, 4, 15, 6, 1, 3]);
  });

  it("takes prompts and the longest text from its files, else from the catalogue", async () => {
    const prompts = { prompts: { query: "query: ", passage: "passage: " } };
    const stated = {
      ...tinyModules("Transformer", "Pooling"),
      "config_sentence_transformers.json": prompts,
      "sentence_bert_config.json": { max_seq_length: 12 },
    };
    const { opened, config } = await load(tinyFolder(TINY_BERT, stated), [0]);
    expect(opened.prefixes).toEqual({ query: "query: ", passage: "passage: " });
    expect([opened.longest, config.maxTokens]).toEqual([12, 12]);
    const hints = { prefixes: { query: "q", passage: "p" } };
    expect((await load(tinyFolder(), [0], hints)).opened.prefixes).toEqual(hints.prefixes);
    const tokenizerFrom = memoryFolder({ "tokenizer.json": UNIGRAM_JSON }, "other");
    const bare = tinyFolder();
    delete bare["tokenizer.json"];
    expect((await openCheckpoint(memoryFolder(bare), { tokenizerFrom })).tokenizer.vocabSize).toBe(25);
    await expect(openCheckpoint(memoryFolder(bare))).rejects.toThrow(
      "folder has no tokenizer.json; vocab.txt",
    );
  });
});

describe("a folder that the lab wrote", () => {
  beforeAll(async () => void (await startNodeBackend("cpu")));
  const json = JSON.stringify({
    ...UNIGRAM_JSON,
    model: { ...UNIGRAM_JSON.model, vocab: UNIGRAM_JSON.model.vocab.slice(0, 24) },
  });
  const prefixes = { query: "", passage: "" };
  const all = Int32Array.from({ length: 24 }, (_, i) => i);

  it.each([
    ["bag with token weights", {}],
    ["bag, plain mean", { tokenWeights: "uniform" }],
    ["two layers with token weights", { layers: 2 }],
    ["one layer, first token", { layers: 1, pooling: "cls" }],
  ] as const)("%s: comes back bit for bit", async (_, changes) => {
    const weights = tinyWeights(tinyConfig(changes));
    const files = modelFolder({
      weights,
      tokenizerJson: json,
      prefixes,
      dtype: "F32",
      unfolded: true,
      readme: "",
    });
    const opened = await openCheckpoint(
      blobFiles("mine", new Map([...files].map(([name, bytes]) => [name, new Blob([bytes])]))),
    );
    const loaded = (await loadWeights(opened, { ...spec, maxTokens: 16 }, all, () => undefined)).weights;
    expect(Object.keys(loaded.tensors).sort()).toEqual(Object.keys(weights.tensors).sort());
    for (const [name, { data }] of Object.entries(weights.tensors))
      expect(loaded.tensors[name]!.data).toEqual(data);
    const texts = { offsets: Int32Array.of(0, 3, 5), tokens: Int32Array.of(5, 6, 7, 20, 1) };
    const [was, is] = [createModel(weights), createModel(loaded)];
    expect(await is.encode(texts)).toEqual(await was.encode(texts));
    was.dispose();
    is.dispose();
  });

  it("without the unfolded table is divided by its weights", async () => {
    const weights = tinyWeights(tinyConfig());
    const files = modelFolder({
      weights,
      tokenizerJson: json,
      prefixes,
      dtype: "F32",
      unfolded: false,
      readme: "",
    });
    const opened = await openCheckpoint(
      blobFiles("mine", new Map([...files].map(([name, bytes]) => [name, new Blob([bytes])]))),
    );
    const loaded = await loadWeights(opened, spec, all, () => undefined);
    // e * w / w is off by at most one rounding each way
    weights.tensors[WORDS]!.data.forEach((e, i) =>
      expect(Math.abs(loaded.weights.tensors[WORDS]!.data[i]! - e)).toBeLessThanOrEqual(
        Math.abs(e) * 2 ** -22,
      ),
    );
    expect(describeCheckpoint("mine", opened)).toMatchObject({
      layers: 0,
      width: 8,
      vocabRows: 24,
      hasTokenWeights: true,
    });
    expect(opened.tokenizer.prefixIds).toHaveLength(0); // StaticEmbedding adds no special tokens
  });
});
