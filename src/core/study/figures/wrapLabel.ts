// A name in one line or two, as its room asks. Draws nothing.

/**
 * As many words as fit stand in the first line; what does not fit in the second is cut there, with "…". A word longer than
 * a line is cut as well.
 *
 * @param letters room of a line, at least 2
 */
export function wrapLabel(text: string, letters: number): readonly string[] {
  if (text.length <= letters) return [text];
  const words = text.split(/ (?!%)/); // a number keeps its sign
  let first = "";
  let taken = 0;
  for (const word of words) {
    const more = taken === 0 ? word : `${first} ${word}`;
    if (more.length > letters) break;
    first = more;
    taken++;
  }
  if (taken === 0) return [cut(text, letters)];
  return [first, cut(words.slice(taken).join(" "), letters)];
}

const cut = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
