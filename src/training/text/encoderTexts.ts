// What makes an encoder's token ids of a text: its tokenizer and prefixes. Holds no behaviour.
import type { Tokenizer } from "./tokenizer.ts";

/** What turns text into an encoder's token ids. */
export interface EncoderTexts {
  readonly tokenizer: Tokenizer; // special tokens as this encoder has them
  readonly json: string; // the tokenizer.json it was made of, so that another worker can make the same one
  readonly framed: boolean; // false: the special tokens the file asks for were taken off
}

/** What is written before a text, tokenised with it. */
export interface Prefixes {
  readonly query: string;
  readonly passage: string;
}
