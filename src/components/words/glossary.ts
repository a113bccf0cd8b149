// The lab's words and what they mean: the one table behind every underlined term and the help. Draws nothing.
import { metricAt, type MetricPath } from "../../core/metrics/metricTable.ts";

export interface Definition {
  readonly name: string; // for people
  readonly short?: string; // as it stands in tables
  readonly spelled: RegExp; // how it is found in a text
  readonly words: string;
}

const metric = (path: MetricPath, spelled: RegExp): Definition => {
  const { plain, label, short, help } = metricAt(path);
  const name = short === undefined ? label : plain!;
  return { name, words: help!, spelled, ...(short && { short }) };
};

/** In the order of the help. */
const TABLE = {
  map: {
    name: "mAP",
    spelled: /\bmAP\b/,
    words:
      "Mean average precision, from 0 to 1. For one query: walk down the ranking, note at each right answer what share of the answers so far was right, and take the mean. 1 means all right answers come first.",
  },
  mono: metric("map/mono", /\bMo\b/),
  cross: metric("map/cross", /\bCr\b/),
  multi: metric("map/multi", /\bMul\b/),
  rankDistance: metric("rankDistance", /\b[Rr]ank distance\b|\bRD\b/),
  sameLanguageShare: metric("sameLanguageShare", /\bSame-language (?:answers|share)\b/),
  pool: {
    name: "Pool",
    spelled: /\bpool\b/,
    words: "All passages a question is ranked among: those of one language, or of all languages together.",
  },
  interval: {
    name: "95 % interval",
    spelled: /\b95 %(?= over| interval)|\b[Ii]ntervals?\b|\bWhiskers\b/,
    words:
      "Where the number could lie had other questions of this kind been asked, or other seeds been drawn; the caption says which. Made so that 95 of 100 such intervals hold the truth.",
  },
  group: {
    name: "Question group",
    spelled: /\bquestion groups?\b/,
    words:
      "A question in all its translations, and all questions about one passage. They succeed and fail together, so they count as one observation.",
  },
  seed: {
    name: "Seed",
    spelled: /\bseeds?\b/,
    words:
      "The number that all chance in a run comes from: the order of the batches, the languages drawn and, without a trained encoder, the first weights. Another seed gives another run of the same experiment; how far those scatter is how far one run can be trusted.",
  },
  p: {
    name: "p",
    spelled: /\bp(?= [=<]|: paired| \(Holm)/,
    words:
      "How often chance alone makes a difference at least as large as this, were the two runs equally good.",
  },
  holm: {
    name: "Holm’s correction",
    spelled: /\bHolm(?:’s (?:correction|method))?/,
    words:
      "Of twenty languages one differs by chance at p < .05. Holm’s method raises each p so that any false finding among them stays below 5 %.",
  },
  nats: {
    name: "Nats",
    spelled: /\bnats\b/,
    words:
      "The unit of the loss: −ln of the probability that the model gave the right answer. 0 is certain; among 64 answers, guessing costs ln 64 = 4.16.",
  },
  negatives: {
    name: "In-batch negatives",
    spelled: /\b(?:in-batch )?negatives?\b/i,
    words:
      "The other passages of the same batch, which serve as wrong answers to a question. Which languages they are in is what the batch mix decides.",
  },
  temperature: {
    name: "Temperature",
    spelled: /\b[Tt]emperature\b/,
    words:
      "Similarities are divided by it before they become probabilities. Low: the nearest wrong answers count most; high: all count about alike.",
  },
  heldOut: {
    name: "Held-out language",
    spelled: /\b[Hh]eld[- ]out(?: languages?)?\b/,
    words: "Tested but never trained on: it shows what carries over to a language without training data.",
  },
  digest: {
    name: "Digest",
    spelled: /\b[Dd]igest\b/,
    words:
      "A fingerprint (SHA-256) of settings and numbers. Two runs with the same digest are the same to the last bit; it proves equality, not who made them.",
  },
  ndcg: {
    name: "nDCG@10",
    spelled: /\bnDCG@\d+\b/,
    words:
      "From 0 to 1: right answers in the first ten count, each divided by log2(rank + 1), as a share of the best that could be had.",
  },
  recall: {
    name: "Recall@10",
    spelled: /\bRecall@\d+\b/i,
    words: "The share of the right answers that are among the first ten.",
  },
} satisfies Readonly<Record<string, Definition>>;

export type TermId = keyof typeof TABLE;
export const GLOSSARY: Readonly<Record<TermId, Definition>> = TABLE;
export const TERM_IDS = Object.keys(TABLE) as TermId[];

/** Of the key numbers, by metric path. */
export const TERM_OF: Readonly<Record<string, TermId>> = {
  "map/mono": "mono",
  "map/cross": "cross",
  "map/multi": "multi",
  rankDistance: "rankDistance",
  sameLanguageShare: "sameLanguageShare",
};

/** "Same language (Mo)" */
export const termTitle = ({ name, short }: Definition): string => (short ? `${name} (${short})` : name);

/** A piece of a text: plain, or a term where it stands for the first time. */
export type Piece = string | { readonly term: TermId; readonly text: string };

/** The text cut where terms stand in it, each found once. */
export function piecesOf(text: string): Piece[] {
  const found = TERM_IDS.flatMap((term) => {
    const match = GLOSSARY[term].spelled.exec(text);
    return match ? [{ term, text: match[0], at: match.index }] : [];
  }).sort((a, b) => a.at - b.at || b.text.length - a.text.length);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, ...piece } of found) {
    if (at < done) continue; // inside of another one
    if (at > done) pieces.push(text.slice(done, at));
    pieces.push(piece);
    done = at + piece.text.length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}
