// Finds in a text the tokens that were added beside a tokenizer's own pieces. Special ones are never found: text that
// spells one is text.
import { nameTwice } from "../../core/formats/tableRow.ts";
import { isWhitespace, trimRight } from "../textRules/characters.ts";
import { refuse } from "../textRules/fields.ts";
import { PieceTrie } from "./pieceTrie.ts";
import type { AddedToken } from "./tokenizerFile.ts";

/** Normalised text between added tokens, and their ids, in order. */
export type SplitAdded = (text: string) => readonly (string | number)[];

/**
 * Those kept from normalising are found before it, the others after it; of two that begin at one place the longer one.
 * @throws Error in one sentence where normalising makes two the same
 */
export function createSplitAdded(
  tokens: readonly AddedToken[],
  normalize: (text: string) => string,
): SplitAdded {
  const found = tokens.filter(({ special }) => !special);
  const before = finder(found.filter(({ normalized }) => !normalized));
  const asNormalized = found
    .filter(({ normalized }) => normalized)
    .map((token) => ({ ...token, content: normalize(token.content) }));
  const twice = nameTwice(asNormalized.map(({ content }) => content).filter((content) => content !== ""));
  // The published library finds now one of them and now another.
  if (twice !== undefined) refuse("added_tokens", "tokens that differ when they are normalized", twice);
  if (found.length === 0) return (text) => [normalize(text)].filter((part) => part !== "");
  const after = finder(asNormalized);
  return (text) =>
    before(text)
      .flatMap((part) => (typeof part === "number" ? [part] : after(normalize(part))))
      .filter((part) => part !== "");
}

function finder(tokens: readonly AddedToken[]): SplitAdded {
  const known = tokens.filter(({ content }) => content !== "");
  if (known.length === 0) return (text) => [text];
  const trie = new PieceTrie(known.map(({ content }, i) => [content, i] as const));

  /** The longest token that begins at `start`, by its place in `known`, or -1. */
  const tokenAt = (text: string, start: number): number => {
    let found = -1;
    for (let node = 0, at = start; at < text.length;) {
      node = trie.step(node, text.charCodeAt(at++));
      if (node === -1) break;
      const i = trie.pieceAt(node);
      if (i !== -1) found = i;
    }
    return found;
  };

  return (text) => {
    const parts: (string | number)[] = [];
    let from = 0; // of the text that is not told yet
    for (let at = 0; at < text.length;) {
      const i = tokenAt(text, at);
      if (i === -1) {
        at++;
        continue;
      }
      const { id, content, lstrip, rstrip } = known[i]!;
      const before = text.slice(from, at);
      parts.push(lstrip ? trimRight(before) : before, id);
      at += content.length;
      while (rstrip && at < text.length && isWhitespace(text[at]!)) at++; // every white space is one UTF-16 unit
      from = at;
    }
    parts.push(text.slice(from));
    return parts;
  };
}
