// A link as the squares of a QR code. Draws nothing.
import { encode } from "uqr";

/** Beyond, the squares are too small for a phone before a screen: 117 a side, and the white about them. */
export const LONGEST_CODE = 1200; // characters, all ASCII

const QUIET = 4; // squares of white about it: readers ask for them

export interface Code {
  readonly side: number; // in squares, with the white
  readonly path: string; // of an SVG: the dark ones
}

/** @returns undefined where the link is too long */
export function codeOf(link: string): Code | undefined {
  if (link.length > LONGEST_CODE) return undefined;
  const { data } = encode(link, { ecc: "L", boostEcc: true, border: QUIET });
  const rows = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark && !row[x - 1] ? [`M${x} ${y}h${lengthAt(row, x)}v1H${x}z`] : [])),
  );
  return { side: data.length, path: rows.join("") };
}

/** Of the dark stretch that begins at `x`. */
const lengthAt = (row: readonly boolean[], x: number): number => {
  const end = row.indexOf(false, x);
  return (end < 0 ? row.length : end) - x;
};
