// Checkpoint folders in memory for tests, in the shapes that Hugging Face's libraries write. Values are seeded noise.
import { createRandom } from "../../core/random.ts";
import { blobFiles, type CheckpointFiles } from "../../training/pretrained/checkpointFiles.ts";
import { writeSafetensors, type FloatsToWrite } from "../../training/tensorFile/writeSafetensors.ts";

export type FolderFiles = Record<string, object | string | Uint8Array<ArrayBuffer>>;

/** @param label names the folder in messages */
export function memoryFolder(files: FolderFiles, label = "folder"): CheckpointFiles {
  const blobs = Object.entries(files).map(([name, content]): [string, Blob] => {
    const isBytes = content instanceof Uint8Array;
    const text = typeof content === "string" ? content : JSON.stringify(content);
    return [name, new Blob([isBytes ? content : text])];
  });
  return blobFiles(label, new Map(blobs));
}

/** Pieces "<s>" "<pad>" "</s>" "<unk>" "▁" "a" … "t": 25 of them, framed by <s> and </s> as XLM-R's are. */
export const UNIGRAM_JSON = {
  version: "1.0",
  added_tokens: ["<s>", "<pad>", "</s>", "<unk>"].map((content, id) => ({ id, content, special: true })),
  normalizer: null,
  pre_tokenizer: { type: "Metaspace", replacement: "▁", add_prefix_space: true },
  post_processor: {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "<s>", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "</s>", type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      "<s>": { id: "<s>", ids: [0], tokens: ["<s>"] },
      "</s>": { id: "</s>", ids: [2], tokens: ["</s>"] },
    },
  },
  decoder: null,
  model: {
    type: "Unigram",
    unk_id: 3,
    vocab: ["<s>", "<pad>", "</s>", "<unk>", "▁", ..."abcdefghijklmnopqrst"].map((piece, i) => [
      piece,
      i < 4 ? 0 : -i / 4,
    ]),
  },
};

/** "[PAD]" "[UNK]" "[CLS]" "[SEP]", letters and "##" letters: 24 pieces, framed as BERT's are. */
export const WORDPIECE_JSON = {
  version: "1.0",
  added_tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map((content, id) => ({ id, content, special: true })),
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: false,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: { type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] },
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(
      ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ..."abcdefghij", ...Array.from("abcdefghij", (c) => `##${c}`)].map(
        (piece, i) => [piece, i],
      ),
    ),
  },
};

export interface TinyShape {
  readonly model_type: "bert" | "xlm-roberta";
  readonly vocab_size: number;
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly max_position_embeddings: number;
  readonly type_vocab_size: number;
  readonly layer_norm_eps: number;
  readonly pad_token_id: number;
}

export const TINY_BERT: TinyShape = {
  model_type: "bert",
  vocab_size: 25,
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 12,
  max_position_embeddings: 16,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  pad_token_id: 0,
};

/** XLM-R's positions begin after the padding id, its epsilon is larger and it has one token type. */
export const TINY_XLM_R: TinyShape = {
  ...TINY_BERT,
  model_type: "xlm-roberta",
  max_position_embeddings: 18,
  type_vocab_size: 1,
  layer_norm_eps: 1e-5,
  pad_token_id: 1,
};

/** All tensors of such a model, with noise that makes every part matter. Of I8 only those with rows are. */
export function tinyTensors(
  shape: TinyShape,
  prefix = "",
  dtype: FloatsToWrite["dtype"] = "F32",
): Record<string, FloatsToWrite> {
  const { hidden_size: D, intermediate_size: F, vocab_size: V, max_position_embeddings: P } = shape;
  const random = createRandom(7);
  const tensors: Record<string, FloatsToWrite> = {};
  const add = (name: string, ...sides: number[]) => {
    const own = random.fork(name);
    const centre = /LayerNorm.weight$/.test(name) ? 1 : 0;
    const data = Float32Array.from(
      { length: sides.reduce((a, b) => a * b, 1) },
      () => centre + 0.4 * own.normal(),
    );
    tensors[prefix + name] = { shape: sides, data, dtype: dtype === "I8" && !sides[1] ? "F32" : dtype };
  };
  const norm = (name: string) => (add(`${name}.weight`, D), add(`${name}.bias`, D));
  const linear = (name: string, outputs: number, inputs: number) => (
    add(`${name}.weight`, outputs, inputs),
    add(`${name}.bias`, outputs)
  );
  add("embeddings.word_embeddings.weight", V, D);
  add("embeddings.position_embeddings.weight", P, D);
  add("embeddings.token_type_embeddings.weight", shape.type_vocab_size, D);
  norm("embeddings.LayerNorm");
  for (let i = 0; i < shape.num_hidden_layers; i++) {
    const at = `encoder.layer.${i}`;
    for (const part of ["query", "key", "value"]) linear(`${at}.attention.self.${part}`, D, D);
    linear(`${at}.attention.output.dense`, D, D);
    norm(`${at}.attention.output.LayerNorm`);
    linear(`${at}.intermediate.dense`, F, D);
    linear(`${at}.output.dense`, D, F);
    norm(`${at}.output.LayerNorm`);
  }
  linear("pooler.dense", D, D); // there in real checkpoints, not read
  return tensors;
}

/** A bare Hugging Face folder: config, weights, tokenizer. */
export function tinyFolder(shape: TinyShape = TINY_BERT, changes: FolderFiles = {}): FolderFiles {
  return {
    "config.json": { ...shape, hidden_act: "gelu" },
    "tokenizer.json": UNIGRAM_JSON,
    "tokenizer_config.json": { tokenizer_class: "PreTrainedTokenizerFast" },
    "model.safetensors": writeSafetensors(tinyTensors(shape)),
    ...changes,
  };
}

/** modules.json, and a Pooling by the mean where one is named. */
export function tinyModules(...names: readonly string[]): FolderFiles {
  const pathOf = (name: string, idx: number) => (idx === 0 ? "" : `${idx}_${name}`);
  const pooling = names.indexOf("Pooling");
  return {
    "modules.json": names.map((name, idx) => ({
      idx,
      name: `${idx}`,
      path: pathOf(name, idx),
      type: `sentence_transformers.models.${name}`,
    })),
    ...(pooling > 0 && { [`${pathOf("Pooling", pooling)}/config.json`]: { pooling_mode: "mean" } }),
  };
}

/** WordPiece with all Latin letters of German and English, framed as BERT's are: texts of the embedded set have pieces. */
export function latinWordPiece(): object {
  const letters = [..."abcdefghijklmnopqrstuvwxyzäöüß0123456789"];
  const pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ...letters, ...letters.map((letter) => `##${letter}`)];
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  return {
    ...WORDPIECE_JSON,
    normalizer: { ...WORDPIECE_JSON.normalizer, lowercase: true, strip_accents: false },
    model: { ...WORDPIECE_JSON.model, vocab },
  };
}

/**
 * A sentence-transformers folder: Transformer, Pooling, Normalize, prompts, as that library saves it.
 * @param tokenizer a tokenizer.json of `pieces` pieces
 */
export function sentenceFolder(shape: TinyShape, tokenizer: object, pieces: number): FolderFiles {
  const own = { ...shape, vocab_size: pieces };
  return {
    ...tinyFolder(own),
    ...tinyModules("Transformer", "Pooling", "Normalize"),
    "tokenizer.json": tokenizer,
    "1_Pooling/config.json": {
      word_embedding_dimension: own.hidden_size,
      pooling_mode_cls_token: false,
      pooling_mode_mean_tokens: true,
      pooling_mode_max_tokens: false,
    },
    "config_sentence_transformers.json": { prompts: { query: "query: ", passage: "passage: " } },
    "sentence_bert_config.json": { max_seq_length: 16, do_lower_case: false },
  };
}
