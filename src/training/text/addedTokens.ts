// Finds in a text the tokens that were added beside a tokenizer's own pieces. Special ones are never found: text that
// spells one is text.
import type { AddedToken } from "./tokenizerFile.ts";

/** Normalised text between added tokens, and their ids, in order. */
export type SplitAdded = (text: string) => readonly (string | number)[];

/** Those kept from normalising are found before it, the others after it; of two that begin at one place the longer one. */
export function createSplitAdded(
  tokens: readonly AddedToken[],
  normalize: (text: string) => string,
): SplitAdded {
  const found = tokens.filter(({ special }) => !special);
  const before = finder(found.filter(({ normalized }) => !normalized));
  const after = finder(
    found
      .filter(({ normalized }) => normalized)
      .map((token) => ({ ...token, content: normalize(token.content) })),
  );
  return (text) =>
    before(text)
      .flatMap((part) => (typeof part === "number" ? [part] : after(normalize(part))))
      .filter((part) => part !== "");
}

function finder(tokens: readonly AddedToken[]): SplitAdded {
  const known = new Map(
    tokens.filter(({ content }) => content !== "").map((token) => [token.content, token]),
  );
  if (known.size === 0) return (text) => [text];
  const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(${longestFirst.map(escapeRegExp).join("|")})`, "u");
  return (text) => {
    const parts = text.split(pattern);
    return parts.map((part, i) => {
      if (i % 2 === 1) return known.get(part)!.id; // split puts what the group caught at odd places
      const start = i > 0 && known.get(parts[i - 1]!)!.rstrip ? part.trimStart() : part;
      return i + 1 < parts.length && known.get(parts[i + 1]!)!.lstrip ? start.trimEnd() : start;
    });
  };
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
