// A model as a sentence-transformers folder: which files there are and what stands in them. Writes no disk, no zip.
// Layout: sbert.net "Creating Custom Models", and that library's own StaticEmbedding, WordWeights, Pooling, Normalize.
import {
  DENSE_BIAS,
  DENSE_WEIGHT,
  hasTokenWeights,
  normEpsilon,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "../model/encoderConfig.ts";
import type { ModelWeights } from "../model/weights.ts";
import { parseTokenizerFile, type TokenizerFile } from "../text/tokenizerFile.ts";
import { writeSafetensors, type FloatDtype, type FloatsToWrite } from "../tensorFile/writeSafetensors.ts";

/** A bag's table with the token weights multiplied in: what Python reads. */
export const FOLDED_EMBEDDINGS = "embedding.weight";

export interface ModelToWrite {
  readonly weights: ModelWeights; // (V) rows in the order of the tokenizer's ids
  readonly tokenizerJson: string; // of a tokenizer.json with V pieces
  readonly prefixes: { readonly query: string; readonly passage: string };
  readonly dtype: FloatDtype; // of matrices; vectors are F32
  /** Also writes a bag's table as it is trained, so that loading it here gives the same bits: twice the size. */
  readonly unfolded: boolean;
  readonly readme: string; // README.md
}

/** Files by their path in the folder. */
export type ModelFolder = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * With layers: Transformer (a BertModel), WordWeights if token weights are trained, Pooling, Dense if there is one,
 * Normalize. Without:
 * StaticEmbedding, Normalize; the mean that it takes points where the lab's weighted sum does.
 *
 * The tokenizer is written with truncation at maxTokens, which StaticEmbedding has no other way to know.
 * @throws RangeError if the tokenizer has another number of pieces than the weights have rows
 */
export function modelFolder(model: ModelToWrite): ModelFolder {
  const { config } = model.weights;
  const tokenizer = parseTokenizerFile(model.tokenizerJson);
  const pieces = piecesOf(tokenizer);
  if (pieces.length !== config.vocabSize) {
    throw new RangeError(`modelFolder: ${pieces.length} pieces, but ${config.vocabSize} rows of embeddings`);
  }
  const special = specialTokens(tokenizer);
  const files: Record<string, object | string | Uint8Array<ArrayBuffer>> = {
    "README.md": model.readme,
    "config.json": configJson(config, pieces.indexOf(special["pad_token"] ?? "")),
    "config_sentence_transformers.json": {
      // The same under two names: encode_document takes "document", older code "passage".
      prompts: { ...model.prefixes, document: model.prefixes.passage },
      default_prompt_name: null,
      similarity_fn_name: "cosine",
    },
    "model.safetensors": writeSafetensors(tensorsToWrite(model)),
    "modules.json": moduleList(config),
    "sentence_bert_config.json": { max_seq_length: config.maxTokens, do_lower_case: false },
    "special_tokens_map.json": special,
    "tokenizer.json": cutAt(config.maxTokens, model.tokenizerJson),
    "tokenizer_config.json": {
      tokenizer_class: "PreTrainedTokenizerFast",
      model_max_length: config.maxTokens,
      clean_up_tokenization_spaces: false,
      ...special,
    },
    "1_Pooling/config.json": {
      word_embedding_dimension: config.width,
      pooling_mode_cls_token: config.pooling === "cls",
      pooling_mode_mean_tokens: config.pooling === "mean",
      pooling_mode_max_tokens: config.pooling === "max",
      pooling_mode_mean_sqrt_len_tokens: false,
    },
    [`${normalizePath(config)}/config.json`]: {},
  };
  if (config.layers > 0 && hasTokenWeights(config)) {
    files["1_WordWeights/config.json"] = wordWeights(pieces, model.weights);
  }
  if (config.dense) Object.assign(files, denseModule(config.dense, model));
  return new Map(Object.entries(files).map(([path, content]) => [path, bytesOf(content)]));
}

function bytesOf(content: object | string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (content instanceof Uint8Array) return content;
  const text = typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`;
  return new TextEncoder().encode(text);
}

function moduleList(config: EncoderConfig): object[] {
  const chain: [type: string, path: string][] =
    config.layers === 0
      ? [["StaticEmbedding", "."]] // "" would mean a Transformer to versions before 5
      : [
          ["Transformer", ""],
          ...(hasTokenWeights(config) ? [["WordWeights", "1_WordWeights"] as [string, string]] : []),
          ["Pooling", "1_Pooling"],
          ...(config.dense ? [["Dense", "2_Dense"] as [string, string]] : []),
        ];
  chain.push(["Normalize", normalizePath(config)]);
  return chain.map(([type, path], idx) => ({
    idx,
    name: String(idx),
    path,
    type: `sentence_transformers.models.${type}`,
  }));
}

const normalizePath = ({ dense }: EncoderConfig) => (dense ? "3_Normalize" : "2_Normalize");

function denseModule(dense: NonNullable<EncoderConfig["dense"]>, { weights, dtype }: ModelToWrite) {
  const { tensors, config } = weights;
  const weight: FloatsToWrite = { ...tensors[DENSE_WEIGHT]!, dtype };
  const bias = tensors[DENSE_BIAS];
  const activation = dense.activation === "tanh" ? "activation.Tanh" : "linear.Identity";
  return {
    "2_Dense/config.json": {
      in_features: config.width,
      out_features: dense.outputs,
      bias: dense.bias,
      activation_function: `torch.nn.modules.${activation}`,
    },
    "2_Dense/model.safetensors": writeSafetensors({
      "linear.weight": weight,
      ...(bias && { "linear.bias": { ...bias, dtype: "F32" } }),
    }),
  };
}

/** Any transformer of the lab is a BertModel: positions count from 0 and there is one kind of token. */
function configJson(config: EncoderConfig, padId: number): object {
  const { layers, width, heads, feedForward, vocabSize, maxTokens } = config;
  const shared = {
    hidden_size: width,
    num_hidden_layers: layers,
    vocab_size: vocabSize,
    max_position_embeddings: maxTokens,
  };
  if (layers === 0) {
    return { model_type: "hybrid-batch-lab-bag", architectures: ["StaticEmbedding"], ...shared };
  }
  return {
    model_type: "bert",
    architectures: ["BertModel"],
    ...shared,
    num_attention_heads: heads,
    intermediate_size: feedForward,
    hidden_act: "gelu",
    layer_norm_eps: normEpsilon(config),
    type_vocab_size: 1,
    pad_token_id: Math.max(0, padId),
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    torch_dtype: "float32",
  };
}

function tensorsToWrite({ weights, dtype, unfolded }: ModelToWrite): Record<string, FloatsToWrite> {
  const { config, tensors } = weights;
  const written: Record<string, FloatsToWrite> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (name === DENSE_WEIGHT || name === DENSE_BIAS) continue; // these have a file of their own
    written[name] = { shape, data, dtype: shape.length > 1 ? dtype : "F32" };
  }
  if (config.layers > 0) {
    // BertModel adds the vector of the token's type; zeros add nothing.
    const zeros = { shape: [1, config.width], data: new Float32Array(config.width), dtype };
    written["embeddings.token_type_embeddings.weight"] ??= zeros;
    return written;
  }
  const table = written[WORD_EMBEDDINGS]!;
  const scale = tensors[TOKEN_WEIGHTS]?.data;
  const folded = scale ? table.data.map((x, i) => x * scale[Math.floor(i / config.width)]!) : table.data;
  written[FOLDED_EMBEDDINGS] = { ...table, data: folded };
  if (!unfolded || !scale) delete written[WORD_EMBEDDINGS];
  return written;
}

function cutAt(maxTokens: number, tokenizerJson: string): string {
  const truncation = { direction: "Right", max_length: maxTokens, strategy: "LongestFirst", stride: 0 };
  return JSON.stringify({ ...(JSON.parse(tokenizerJson) as object), truncation });
}

function wordWeights(pieces: readonly string[], { tensors }: ModelWeights): object {
  const { data } = tensors[TOKEN_WEIGHTS]!;
  return {
    vocab: pieces,
    word_weights: Object.fromEntries(pieces.map((piece, id) => [piece, data[id]])),
    unknown_word_weight: 1,
  };
}

/** (V) pieces by id, those added beside the model's own included. */
export function piecesOf({ model, added_tokens: added }: TokenizerFile): string[] {
  const pieces: string[] = [];
  if (model.type === "Unigram") model.vocab.forEach(([piece], id) => (pieces[id] = piece));
  else for (const [piece, id] of Object.entries(model.vocab)) pieces[id] = piece;
  for (const { id, content } of added) pieces[id] = content;
  return Array.from(pieces, (piece) => piece ?? "");
}

/** What Hugging Face calls a role, and the spellings that play it, the likelier first. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  bos_token: ["<s>", "[CLS]"],
  cls_token: ["[CLS]", "<s>"],
  eos_token: ["</s>", "[SEP]"],
  mask_token: ["[MASK]", "<mask>"],
  pad_token: ["[PAD]", "<pad>"],
  sep_token: ["[SEP]", "</s>"],
  unk_token: ["[UNK]", "<unk>"],
};

function specialTokens({ added_tokens: added }: TokenizerFile): Record<string, string> {
  const known = new Set(added.filter((token) => token.special).map((token) => token.content));
  const found = Object.entries(ROLES).map(([role, names]) => [role, names.find((name) => known.has(name))]);
  return Object.fromEntries(found.filter(([, name]) => name !== undefined)) as Record<string, string>;
}
