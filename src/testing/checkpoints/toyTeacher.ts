// A tiny transformer with a Unigram tokenizer of two invented languages' letters and words, and texts in them: a published
// teacher for tests.
import type { SidedRecord } from "../../core/data/records.ts";
import { createRandom } from "../../core/random.ts";
import { sentenceFolder, TINY_BERT, UNIGRAM_JSON, type FolderFiles } from "./checkpointFolder.ts";

const ENGLISH = [
  "miller",
  "river",
  "barley",
  "heron",
  "lantern",
  "cheese",
  "bridge",
  "copper",
  "willow",
  "goose",
];
const INVENTED = [
  "молин",
  "рекава",
  "ячмур",
  "цапеш",
  "фонурь",
  "сырель",
  "мостин",
  "медяк",
  "ивара",
  "гусаль",
];

/** The words of both as pieces, and their letters, digits and the colon of prefixes; as the libraries write such a file. */
export function toyUnigram() {
  const words = [...ENGLISH, ...INVENTED].map((word) => `▁${word}`);
  const letters = [...new Set([...ENGLISH.join(""), ...INVENTED.join(""), ..."query: passage 0123456789"])];
  const plain = [...words, "▁", ...letters.filter((letter) => letter !== " ")];
  const vocab = [...UNIGRAM_JSON.model.vocab.slice(0, 4), ...plain.map((piece, i) => [piece, -2 - i / 20])];
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return {
    ...UNIGRAM_JSON,
    truncation: null,
    padding: null,
    added_tokens: UNIGRAM_JSON.added_tokens.map((token) => ({ ...token, ...flags })),
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    model: { ...UNIGRAM_JSON.model, vocab, byte_fallback: false },
  };
}

/** Width 16, two layers; reads with "query: " and "passage: ". */
export function toyTeacher(): FolderFiles {
  const tokenizer = toyUnigram();
  const shape = { ...TINY_BERT, hidden_size: 16, max_position_embeddings: 32 };
  return {
    ...sentenceFolder(shape, tokenizer, tokenizer.model.vocab.length),
    "sentence_bert_config.json": { max_seq_length: 32, do_lower_case: false },
    "tokenizer_config.json": {
      tokenizer_class: "PreTrainedTokenizerFast",
      bos_token: "<s>",
      cls_token: "<s>",
      eos_token: "</s>",
      sep_token: "</s>",
      unk_token: "<unk>",
      pad_token: "<pad>",
    },
  };
}

/** A parallel set: `n` sentences of `size` words in "en" and, word for word, in "ru"; every fourth is test. */
export function toyParallel(n: number, size = 5): SidedRecord[] {
  const random = createRandom(4);
  return Array.from({ length: n }, (_, i) => {
    const chosen = Array.from({ length: size }, () => random.int(ENGLISH.length));
    const text = (words: readonly string[]) => `${chosen.map((w) => words[w]).join(" ")} ${i}`;
    const split = i % 4 === 3 ? "test" : "train";
    return [toyPassage(`${i}`, "en", text(ENGLISH), split), toyPassage(`${i}`, "ru", text(INVENTED), split)];
  }).flat();
}

export function toyPassage(
  concept: string,
  lang: string,
  text: string,
  split: "train" | "test" = "train",
): SidedRecord {
  return { side: "passages", record: { _id: `${lang}:${concept}`, text, lang, concepts: [concept], split } };
}
