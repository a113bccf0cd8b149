// Whole numbers in JSON that a double cannot hold. Parses nothing.

/** Digits of a number that may be too long; strings may hold some too. */
export const LONG_NUMBER = /\d{16}/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether it is the text of a whole number beyond 2 ** 53 - 1. */
export const isLongInteger = (value: unknown): value is string =>
  typeof value === "string" && /^-?[1-9]\d{15,}$/.test(value) && !Number.isSafeInteger(Number(value));

/** The JSON text with quotes around whole numbers beyond 2 ** 53 - 1, outside of strings. One pass over the text. */
export function withLongIntegersQuoted(text: string): string {
  const parts: string[] = [];
  let kept = 0; // up to here the text is in `parts`
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++)
        if (text.charCodeAt(i) === BACKSLASH) i++;
    } else if (isPartOfNumber(code)) {
      const from = i;
      while (i + 1 < text.length && isPartOfNumber(text.charCodeAt(i + 1))) i++;
      const number = text.slice(from, i + 1);
      if (!isLongInteger(number)) continue;
      parts.push(text.slice(kept, from), `"${number}"`);
      kept = i + 1;
    }
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

/** Digits, signs, point and exponent. */
function isPartOfNumber(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e ||
    (code | 0x20) === 0x65
  );
}
