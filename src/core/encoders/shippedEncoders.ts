// The encoders in public/models, by folder: how they are named to people, what their files say, and what their cards
// measured. A data table; that it agrees with folders and cards is tested (cli/shippedEncoders.test.ts).
import type { EncoderInfo, Speeds } from "./encoderInfo.ts";

/**
 * Zero-shot on all of XQuAD-R (13,090 questions, 13,014 sentences of 11 languages): `npm run lab -- eval ID --data xquad-r`
 * on wasm, as in the model card, public/models/ID/README.md.
 */
export interface StartScores {
  readonly mono: number; // mAP in the question's own language
  readonly cross: number; // in one other language
  readonly multi: number; // in the pool of all languages
  readonly rankDistance: number; // lower: less bias
  readonly sameLanguageShare: number; // of the top ten in the pool of all languages
}

export interface ShippedEncoder {
  readonly info: EncoderInfo; // as its own files give it: nobody has to fetch them to choose
  readonly title: string; // for people, who see the id beside it
  readonly note: string; // one sentence
  readonly licence: string; // SPDX identifier
  readonly sha256: string; // of model.safetensors: what a browser keeps of it is checked by that
  readonly scores?: StartScores; // where its card has them
  readonly speeds?: Speeds; // on wasm with two threads, texts of at most 64 pieces
  readonly older?: true; // kept for links and records that name it
  readonly newer?: string; // the id of what took its place as a start
}

const BAG = {
  layers: 0,
  heads: 1,
  feedForward: 1,
  pooling: "mean",
  hasTokenWeights: true,
  longest: null,
  prefixes: null,
  notes: [],
} as const;

const MINI = { ...BAG, width: 320, outputs: 320, vocabRows: 24_000, bytes: 15_456_208 } as const;
const WIDE = {
  ...BAG,
  width: 384,
  outputs: 384,
  vocabRows: 28_000,
  hasTokenWeights: false,
  bytes: 10_864_216,
} as const;

const FINE = { ...WIDE, width: 288, outputs: 288, vocabRows: 37_000, bytes: 10_804_216 } as const;

/** The quick start, then 51,200 pairs and 11 evaluations of 10,241 texts, took 15 s (docs/performance.md). */
const MINI_SPEEDS: Speeds = { pairs: 7000, texts: 14_000 };

/** 194 runs of studies, 51,200 pairs and 8,242 to 13,160 texts each, took 3.3 to 5.2 s, two at a time with a thread each. */
const BAG_SPEEDS: Speeds = { pairs: 12_000, texts: 20_000 };

const SMALL = {
  layers: 5,
  width: 384,
  heads: 12,
  feedForward: 1536,
  outputs: 384,
  vocabRows: 24_000,
  pooling: "mean",
  hasTokenWeights: false,
  longest: 128,
  prefixes: null,
  bytes: 18_394_236,
  notes: [],
} as const;

/** XQuAD-R's texts: 26,104 in 380 s beside other work. Of `paper-…` runs with a thread each, two at a time, a run had half of this. */
const SMALL_SPEEDS: Speeds = { pairs: 12, texts: 75 };

/** The first is what runs start from unless they say otherwise. */
export const SHIPPED: readonly ShippedEncoder[] = [
  {
    info: { id: "distilled-bag-37k", ...FINE },
    title: "Bag of pieces, languages aligned",
    note: "The place to begin: trains in seconds. It knows which words mean the same across languages, and no word order.",
    licence: "CC-BY-SA-4.0",
    sha256: "ed189088a0312829e83093713b951f0f71bfa32fe357a766805f1c3f8795721d",
    speeds: BAG_SPEEDS,
    scores: { mono: 0.6698, cross: 0.2817, multi: 0.2083, rankDistance: 3807, sameLanguageShare: 0.426 },
  },
  {
    info: { id: "distilled-small-spread", ...SMALL, bytes: 18_543_428 },
    title: "Small transformer, languages aligned",
    note: "For the paper’s question: five layers that see word order, strongly aligned as LaBSE is there. A run takes minutes.",
    licence: "CC-BY-SA-4.0",
    sha256: "5a1b9c1ffe701ba2c8b1fb0d0d96b325b8762cd754a49eb1cc044960f2181378",
    speeds: SMALL_SPEEDS,
    scores: { mono: 0.6309, cross: 0.3861, multi: 0.2871, rankDistance: 2286, sameLanguageShare: 0.291 },
  },
  {
    info: { id: "distilled-small", ...SMALL },
    title: "The same layers without their last matrix",
    note: "What the paper’s presets started from in links of versions 6 to 8: the other half of the pair with the biased transformer.",
    newer: "distilled-small-spread",
    licence: "CC-BY-SA-4.0",
    sha256: "5a1b9c1ffe701ba2c8b1fb0d0d96b325b8762cd754a49eb1cc044960f2181378",
    speeds: SMALL_SPEEDS,
    scores: {
      mono: 0.6225,
      cross: 0.3781,
      multi: 0.2819,
      rankDistance: 2265,
      sameLanguageShare: 0.274,
    },
  },
  {
    info: { id: "distilled-bag", ...WIDE },
    title: "The bag before this one, languages aligned",
    note: "What runs started from in links of versions 6 and 7, with fewer pieces: the other half of the pair with the biased bag.",
    newer: "distilled-bag-37k",
    licence: "CC-BY-SA-4.0",
    sha256: "d410f07e0888193b31633ad9d95276f4422c49691dd783baafe3602cdb6500f0",
    speeds: BAG_SPEEDS,
    scores: { mono: 0.6338, cross: 0.2207, multi: 0.1608, rankDistance: 4474, sameLanguageShare: 0.523 },
  },
  {
    info: { id: "distilled-bag-raw", ...WIDE },
    title: "Bag of pieces, biased on purpose",
    note: "The bag before this one with its teacher’s preference for the question’s own language left in: shows what training does to bias.",
    licence: "CC-BY-SA-4.0",
    sha256: "f243a390fcf7a737779d4e061c648b7fb80c0e1483aded914558af8347cded5a",
    speeds: BAG_SPEEDS,
    scores: { mono: 0.5861, cross: 0.1288, multi: 0.0631, rankDistance: 8257, sameLanguageShare: 0.975 },
  },
  {
    info: { id: "distilled-small-raw", ...SMALL },
    title: "Small transformer, biased on purpose",
    note: "The same layers with their teacher’s preference for the question’s own language left in: the place of XLM-R in the paper.",
    licence: "CC-BY-SA-4.0",
    sha256: "67733f62d5832a90b6c3cbd496850e5acd1a3e17c61779040ab531cbddb4bb68",
    speeds: SMALL_SPEEDS,
    scores: {
      mono: 0.6538,
      cross: 0.2775,
      multi: 0.1006,
      rankDistance: 5864,
      sameLanguageShare: 0.927,
    },
  },
  {
    info: { id: "distilled-mini", ...MINI },
    title: "The first bag, languages aligned",
    note: "What runs started from until links of version 5: aligned by counting translations, without a published teacher.",
    newer: "distilled-bag-37k",
    licence: "CC-BY-SA-4.0",
    sha256: "04b6d0d056eb6d390653422aa287a479a213bc0e824dc2f43e355783024fe70c",
    older: true,
    speeds: MINI_SPEEDS,
    scores: {
      mono: 0.6119,
      cross: 0.1547,
      multi: 0.1245,
      rankDistance: 7147,
      sameLanguageShare: 0.534,
    },
  },
  {
    info: { id: "distilled-weak", ...MINI },
    title: "The first bag, languages apart",
    note: "Made from the same texts without a look at translations (a weakly aligned start).",
    licence: "CC-BY-SA-4.0",
    sha256: "8be53bcac0f4f5eace6c5ef6dd75ceb56bef3aac71545f597cf2a685567a9d53",
    older: true,
    speeds: MINI_SPEEDS,
    scores: {
      mono: 0.6149,
      cross: 0.0526,
      multi: 0.0794,
      rankDistance: 10_741,
      sameLanguageShare: 0.692,
    },
  },
];
export const SHIPPED_ENCODERS: readonly string[] = SHIPPED.map(({ info }) => info.id);

export function findShipped(id: string): ShippedEncoder | undefined {
  return SHIPPED.find(({ info }) => info.id === id);
}
