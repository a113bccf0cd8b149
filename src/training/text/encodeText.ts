// One text as an encoder takes it: cut to its longest length and framed by its special tokens. Never tokenises itself.
import type { Tokenizer } from "./tokenizer.ts";

/** A tokenizer, or as much of one as a test needs; without ids nothing is put before or after a text. */
export interface TextTokenizer {
  readonly encode: Tokenizer["encode"];
  readonly prefixIds?: Int32Array;
  readonly suffixIds?: Int32Array;
}

/**
 * prefixIds + pieces + suffixIds, at most `maxTokens` in all: too many pieces lose their end, special tokens stay.
 * @param maxTokens at least the number of special tokens
 */
export function encodeText(
  { encode, prefixIds, suffixIds }: TextTokenizer,
  text: string,
  maxTokens: number,
): { readonly ids: Int32Array; readonly cut: boolean } {
  const pieces = encode(text);
  if (!prefixIds?.length && !suffixIds?.length) {
    const cut = pieces.length > maxTokens; // a view costs more than the ids of a short text
    return { ids: cut ? pieces.subarray(0, maxTokens) : pieces, cut };
  }
  const frame = (prefixIds?.length ?? 0) + (suffixIds?.length ?? 0);
  const kept = pieces.subarray(0, Math.max(0, maxTokens - frame));
  const ids = Int32Array.from([...(prefixIds ?? []), ...kept, ...(suffixIds ?? [])]);
  return { ids, cut: kept.length < pieces.length };
}
