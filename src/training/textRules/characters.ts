// Classes of characters as the published tokenizers have them: by tables of theirs and Rust's char methods, not by the
// browser's Unicode. Tests one character at a time.
import { CONTROL, MARK, NONSPACING, PUNCTUATION } from "./characterTables.ts";

type CharTest = (char: string) => boolean;

/** A test of a character by a table of lengths (characterTables.ts). */
function inTable(table: string): CharTest {
  const edges: number[] = [];
  let at = 0;
  for (const length of table.split(" ")) edges.push((at += parseInt(length, 36)));
  const starts = Int32Array.from(edges, (edge) => (edge < 0xd800 ? edge : edge + 0x800)); // surrogates are not counted
  return (char) => {
    const point = char.codePointAt(0)!;
    let low = 0;
    let high = starts.length; // the first edge beyond the point
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= point) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 1;
  };
}

export const isMark = inTable(MARK);
export const isNonspacingMark = inTable(NONSPACING);
/** Controls, invisible marks and private characters, but for tab and line ends. */
export const isControl = inTable(CONTROL);
/** ASCII's punctuation, symbols such as "$" included, and every script's punctuation. */
export const isPunctuation = inTable(PUNCTUATION);

const WIDE_BLANKS = new Set([0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);

/** Unicode's White_Space at a place of a text, by numbers: it is asked of every character of every text. */
export const isWhitespace = (text: string, at = 0): boolean => {
  const unit = text.charCodeAt(at);
  if (unit < 0x1680) return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0x85 || unit === 0xa0;
  return unit <= 0x3000 && ((unit >= 0x2000 && unit <= 0x200a) || WIDE_BLANKS.has(unit));
};

export const isNumeric: CharTest = (char) => /^\p{N}$/u.test(char);

/** Each character by itself: a sigma at the end of a word stays σ, the one letter whose case hangs on its neighbours. */
export function lowerCase(text: string): string {
  return text.includes("Σ") ? Array.from(text, (char) => char.toLowerCase()).join("") : text.toLowerCase();
}

/** The text without the characters of a class. */
export function without(text: string, test: CharTest): string {
  let out = "";
  for (const char of text) if (!test(char)) out += char;
  return out;
}

export const trimLeft = (text: string): string => text.replace(/^\p{White_Space}+/u, "");

export function trimRight(text: string): string {
  let end = text.length;
  while (end > 0 && isWhitespace(text[end - 1]!)) end--; // every white space is one UTF-16 unit
  return text.slice(0, end);
}

const utf8 = new TextEncoder();

/** GPT-2's alphabet: one printable character for each byte. */
const BYTE_CHARS: readonly string[] = (() => {
  const chars: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    chars.push(String.fromCodePoint(printable ? byte : next++));
  }
  return chars;
})();

/** The text's UTF-8 bytes, each as its character in GPT-2's alphabet. */
export const byteChars = (text: string): string =>
  Array.from(utf8.encode(text), (byte) => BYTE_CHARS[byte]!).join("");
