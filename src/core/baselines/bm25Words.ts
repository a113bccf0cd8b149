// What BM25 counts as the words of a text, by one rule for all languages and on every machine. Scores nothing.

/** Scripts that are written without spaces: a dictionary would be needed to find words, and segmenters differ by browser. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"]
  .map((script) => `\\p{scx=${script}}`) // with what several of them share, such as a sign for long vowels
  .join("");
const LETTER = String.raw`[\p{L}\p{M}\p{N}]`;
const STRETCH = new RegExp(`((?:(?=${LETTER})[${UNSPACED}]\\p{M}*)+)|(?:(?![${UNSPACED}])${LETTER})+`, "gu");
/** A letter or digit with the marks on it: no pair splits a vowel sign from its consonant. */
const MARKED = /[\p{L}\p{N}]\p{M}*/gu;

/**
 * Lower-case NFKC; runs of letters, marks and digits are words. Stretches of scripts without spaces are cut into pairs of
 * neighbouring letters, each with its marks; one alone is a word, and so is what stands beside them.
 */
export const bm25Words = (text: string): string[] =>
  [...text.normalize("NFKC").toLowerCase().matchAll(STRETCH)].flatMap(([run, unspaced]) => {
    const letters = unspaced?.match(MARKED) ?? [run];
    return letters.length === 1 ? letters : letters.slice(1).map((letter, i) => letters[i]! + letter);
  });
