// Gives the text of pieces back, as a tokenizer file's decoder says: the library's work. Changes no piece.
import { Tokenizer as Library } from "@huggingface/tokenizers";
import type { TokenizerFile } from "./tokenizerFile.ts";

/** @throws Error in one sentence if the library does not know the decoder that the file names */
export function createDecoder({ decoder }: TokenizerFile): (tokens: string[]) => string {
  const nothing = { type: "WordPiece", vocab: { "": 0 }, unk_token: "" };
  const rest = { normalizer: null, pre_tokenizer: null, post_processor: null, added_tokens: [] };
  try {
    const { decoder: decode } = new Library({ ...rest, decoder, model: nothing }, {});
    return decode ?? ((tokens) => tokens.join(" "));
  } catch (error) {
    throw new Error(`tokenizer.json: ${(error as Error).message}`, { cause: error });
  }
}
