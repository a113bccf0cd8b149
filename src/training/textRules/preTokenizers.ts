// How a normalised text is split into words before a model segments them, as tokenizer files name it. A kind or a field that
// is not known is refused by name.
import { byteChars, isNumeric, isPunctuation, isWhitespace } from "./characters.ts";
import { readPart, refuse, type PartReader } from "./fields.ts";
import { patternAt } from "./normalizers.ts";
import { createPattern, type FindAll, type Span } from "./pattern.ts";
import { BEHAVIORS, splitAt, type SplitBehavior } from "./splitting.ts";

/** A part of a text. */
export interface Word {
  readonly text: string;
  /** How many of its UTF-16 units, from its start, were made of the original text's first character. */
  readonly head: number;
}
export type PreTokenize = (words: readonly Word[]) => Word[];

const DEEPEST = 20;

/** @throws Error in one sentence: the place in the file, what would be right */
export function createPreTokenizer(value: object | null, path = "pre_tokenizer", depth = 0): PreTokenize {
  if (value === null) return (words) => [...words];
  if (depth > DEEPEST) refuse(path, `at most ${DEEPEST} sequences in one another`, "more");
  const part = readPart(value, path);
  const make = Object.hasOwn(KINDS, part.type) ? KINDS[part.type] : undefined;
  if (!make) return refuse(`${path}.type`, `one of ${Object.keys(KINDS).join(", ")}`, part.type);
  const split = make(part, depth);
  part.end();
  return split;
}

function splitting(findAll: FindAll, behavior: SplitBehavior, inverted = false): PreTokenize {
  return (words) =>
    words.flatMap((word) =>
      splitAt(word.text, findAll(word.text), behavior, inverted).map(({ text, start }) => ({
        text,
        head: Math.max(0, word.head - start),
      })),
    );
}

/** What is put before a word belongs to its first character. */
const begin = (mark: string, { text, head }: Word): Word => ({
  text: mark + text,
  head: head > 0 ? head + mark.length : 0,
});

/** The words between white space, which `Removed` would give: most texts are split so, and each word is one slice here. */
const atWhitespace: PreTokenize = (words) => {
  const out: Word[] = [];
  for (const { text, head } of words) {
    let start = 0;
    for (let end = 0; end <= text.length; end++) {
      if (end < text.length && !isWhitespace(text, end)) continue;
      if (end > start) out.push({ text: text.slice(start, end), head: Math.max(0, head - start) });
      start = end + 1;
    }
  }
  return out;
};

/** Every character of a class is a match of its own. */
const each =
  (test: (char: string) => boolean): FindAll =>
  (text) => {
    const found: Span[] = [];
    let at = 0;
    for (const char of text) {
      if (test(char)) found.push([at, at + char.length]);
      at += char.length;
    }
    return found;
  };

const exactly =
  (wanted: string): FindAll =>
  (text) => {
    const found: Span[] = [];
    if (wanted === "") return found;
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length))
      found.push([at, at + wanted.length]);
    return found;
  };

const byMatches =
  (pattern: RegExp): FindAll =>
  (text) =>
    Array.from(text.matchAll(pattern), ({ 0: match, index }) => [index, index + match.length] as const);

/** Rust's \w: without superscripts and fractions, with the joiners of Indic and Persian text. */
const WORDS = byMatches(
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{White_Space}]+/gu,
);
const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const KINDS: Readonly<Record<string, (part: PartReader, depth: number) => PreTokenize>> = {
  Sequence(part, depth) {
    const steps = part
      .list("pretokenizers")
      .map((one, i) => createPreTokenizer(one as object, `${part.path}.pretokenizers.${i}`, depth + 1));
    return (words) => steps.reduce((sofar, step) => step(sofar), [...words]);
  },
  Whitespace: () => splitting(WORDS, "Removed", true),
  WhitespaceSplit: () => atWhitespace,
  BertPreTokenizer() {
    const marks = splitting(each(isPunctuation), "Isolated");
    return (words) => marks(atWhitespace(words));
  },
  Punctuation: (part) => splitting(each(isPunctuation), part.choice("behavior", BEHAVIORS, "Isolated")),
  Digits: (part) =>
    splitting(each(isNumeric), part.flag("individual_digits", false) ? "Isolated" : "Contiguous"),
  CharDelimiterSplit(part) {
    const delimiter = part.text("delimiter");
    if ([...delimiter].length !== 1) refuse(`${part.path}.delimiter`, "one character", delimiter);
    return splitting(exactly(delimiter), "Removed");
  },
  Split(part) {
    const pattern = part.pattern("pattern");
    const behavior = part.choice("behavior", BEHAVIORS);
    const inverted = part.flag("invert", false);
    const findAll = "exact" in pattern ? exactly(pattern.exact) : patternAt(part.path, pattern.expression);
    return splitting(findAll, behavior, inverted);
  },
  FixedLength(part) {
    const length = part.whole("length", 5);
    return (words) =>
      words.flatMap(({ text, head }) => {
        const parts: Word[] = [];
        const chars = [...text];
        for (let i = 0, at = 0; i < chars.length; i += length) {
          const part = chars.slice(i, i + length).join("");
          parts.push({ text: part, head: Math.max(0, head - at) });
          at += part.length;
        }
        return parts;
      });
  },
  ByteLevel(part) {
    const spaceFirst = part.flag("add_prefix_space", true);
    const split = part.flag("use_regex", true) ? splitting(createPattern(GPT2), "Isolated") : undefined;
    part.ignore("trim_offsets");
    return (words) => {
      const begun = words.map((word) => (spaceFirst && !word.text.startsWith(" ") ? begin(" ", word) : word));
      return (split ? split(begun) : begun).map(({ text, head }) => ({
        text: byteChars(text),
        head: byteChars(text.slice(0, head)).length,
      }));
    };
  },
  Metaspace(part) {
    const mark = part.text("replacement", "\u2581");
    if ([...mark].length !== 1) refuse(`${part.path}.replacement`, "one character", mark);
    const scheme = part.choice("prepend_scheme", ["always", "first", "never"], "always");
    if (part.has("add_prefix_space") && !part.flag("add_prefix_space") && scheme !== "never")
      refuse(`${part.path}.add_prefix_space`, `true, as prepend_scheme is "${scheme}"`, false);
    part.ignore("add_prefix_space", "str_rep");
    const cut = part.flag("split", true) ? splitting(exactly(mark), "MergedWithNext") : undefined;
    return (words) => {
      const marked = words.map(({ text, head }) => {
        const own = { text: text.replaceAll(" ", () => mark), head };
        const begins = scheme === "always" || (scheme === "first" && head > 0);
        return begins && !own.text.startsWith(mark) ? begin(mark, own) : own;
      });
      return cut ? marked.flatMap((word) => (word.text.includes(mark, 1) ? cut([word]) : word)) : marked;
    };
  },
};
