// How text is normalised before segmentation, as the normalizer of tokenizer.json. Never runs it: the tokenizer does.

const APOSTROPHES = "[\u2018\u2019]";
const QUOTES = "[\u201c\u201d\u201e]";
/** Soft hyphen, zero-width space, joiner marks of layout, direction marks, variation selectors, byte-order mark. */
const INVISIBLE = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]";

const replace = (regex: string, content: string) => ({ type: "Replace", pattern: { Regex: regex }, content });

/**
 * NFKC and lower case, and the few foldings without which equal words would differ.
 *
 * - Lower case of "İ" is "i" + U+0307 in Unicode: the dot is dropped, so İstanbul = istanbul. "I" gives "i" and "ı"
 *   stays, in training and in use alike, since neither knows the language.
 * - JavaScript writes a word-final capital sigma as "ς", other implementations as "σ": both become "σ".
 * - Lower-casing can leave a base and a mark that compose ("J̌"), hence the closing NFC.
 * - "▁" stands for the space inside pieces, so in text it counts as one.
 */
export const NORMALIZER = {
  type: "Sequence",
  normalizers: [
    replace(INVISIBLE, ""),
    { type: "NFKC" },
    { type: "Lowercase" },
    replace("i\u0307", "i"),
    replace("\u03c2", "\u03c3"),
    replace(APOSTROPHES, "'"),
    replace(QUOTES, '"'),
    { type: "NFC" },
    replace("[\\s\u2581]+", " "),
    { type: "Strip", strip_left: true, strip_right: true },
  ],
} as const;
