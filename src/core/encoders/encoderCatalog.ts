// Well-known encoders of the Hugging Face hub, with what their folders do not say; those that come with the lab are in
// shippedEncoders.ts. A data table; where the hub's entries were checked: docs/checkpoints.md.
import type { EncoderInfo } from "./encoderInfo.ts";
import type { Pooling } from "./moduleList.ts";
import type { Prompts } from "./textSettings.ts";

export interface CatalogEncoder {
  readonly id: string; // as in the spec; at a revision where only that one holds safetensors
  readonly title: string;
  readonly note: string; // one sentence for people
  readonly licence: string; // SPDX identifier
  readonly architecture: "BERT" | "XLM-R" | "bag of pieces";
  readonly tokenizer: "Unigram" | "WordPiece";
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabRows: number;
  readonly longest: number; // tokens of a text
  readonly pooling: Pooling | null; // null = its folder says nothing
  readonly dense?: { readonly outputs: number; readonly activation: "tanh" };
  readonly prefixes?: Prompts;
  readonly parameters: number; // millions
  readonly downloadMB: number; // weights and tokenizer
  /** Repository with a tokenizer.json, for a model whose own folder has none. */
  readonly tokenizerFrom?: string;
}

const SMALL = { layers: 12, width: 384, heads: 12, feedForward: 1536 } as const;
const BASE = { layers: 12, width: 768, heads: 12, feedForward: 3072 } as const;

export const HUB_ENCODERS: readonly CatalogEncoder[] = [
  {
    id: "hf:intfloat/multilingual-e5-small",
    title: "multilingual-e5-small",
    note: "Trained for retrieval in about 100 languages: a strongly aligned start, and a good teacher.",
    licence: "MIT",
    architecture: "BERT",
    tokenizer: "Unigram",
    vocabRows: 250_037,
    ...SMALL,
    longest: 512,
    pooling: "mean",
    prefixes: { query: "query: ", passage: "passage: " },
    parameters: 118,
    downloadMB: 488,
  },
  {
    id: "hf:sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
    title: "paraphrase-multilingual-MiniLM-L12-v2",
    note: "Distilled on translations in 50 languages: sentences of one meaning lie together.",
    licence: "Apache-2.0",
    architecture: "BERT",
    tokenizer: "Unigram",
    vocabRows: 250_037,
    ...SMALL,
    longest: 128,
    pooling: "mean",
    parameters: 118,
    downloadMB: 480,
  },
  {
    id: "hf:microsoft/Multilingual-MiniLM-L12-H384@d71b3dab802f265324697876f4be37dd61ec3160",
    title: "Multilingual-MiniLM-L12-H384",
    note: "A language model made small, never trained for retrieval: a weakly aligned start.",
    licence: "MIT",
    architecture: "BERT",
    tokenizer: "Unigram",
    vocabRows: 250_037,
    ...SMALL,
    longest: 512,
    pooling: null,
    parameters: 118,
    downloadMB: 480,
    tokenizerFrom: "FacebookAI/xlm-roberta-base",
  },
  {
    id: "hf:nreimers/mMiniLMv2-L6-H384-distilled-from-XLMR-Large@refs/pr/3",
    title: "mMiniLMv2-L6-H384",
    note: "Six layers distilled from XLM-R large, never trained for retrieval: half the time of twelve.",
    licence: "MIT",
    architecture: "XLM-R",
    tokenizer: "Unigram",
    vocabRows: 250_002,
    ...SMALL,
    layers: 6,
    longest: 512,
    pooling: null,
    parameters: 107,
    downloadMB: 224,
  },
  {
    id: "hf:FacebookAI/xlm-roberta-base",
    title: "XLM-R base",
    note: "The paper’s weakly aligned start: a language model of 100 languages, never trained for retrieval.",
    licence: "MIT",
    architecture: "XLM-R",
    tokenizer: "Unigram",
    vocabRows: 250_002,
    ...BASE,
    longest: 512,
    pooling: null,
    parameters: 278,
    downloadMB: 1125,
  },
  {
    id: "hf:sentence-transformers/LaBSE",
    title: "LaBSE",
    note: "The paper’s strongly aligned start: trained on translations in 109 languages.",
    licence: "Apache-2.0",
    architecture: "BERT",
    tokenizer: "WordPiece",
    vocabRows: 501_153,
    ...BASE,
    longest: 256,
    pooling: "cls",
    dense: { outputs: 768, activation: "tanh" },
    parameters: 471,
    downloadMB: 1896,
  },
];

/** The same facts in the shape that a checkpoint's own files give. */
export function catalogInfo(entry: CatalogEncoder): EncoderInfo {
  const { id, layers, width, heads, feedForward, vocabRows, longest, pooling } = entry;
  const { dense, prefixes, downloadMB } = entry;
  return {
    id,
    layers,
    width,
    heads,
    feedForward,
    vocabRows,
    longest,
    pooling,
    outputs: dense?.outputs ?? width,
    hasTokenWeights: false,
    prefixes: prefixes ?? null,
    bytes: downloadMB * 1e6,
    notes: [],
  };
}

/** The hub's entry of a repository, at whatever revision. */
export function findHubEncoder(repository: string): CatalogEncoder | undefined {
  const own = `hf:${repository}`.toLowerCase();
  return HUB_ENCODERS.find(({ id }) => id.toLowerCase().split("@")[0] === own);
}
