// The JSON inside a page that the lab saved as one file: written so that no text in it can end it, and found again. Parses none.

/** Named by this, so that no other page's data is taken for the lab's. */
const ID = "hybrid-batch-lab";
const OPEN = `<script type="application/json" id="${ID}">`;

/** By which a page finds it in itself. */
export const DATA_ELEMENT = `#${ID}`;
const CLOSE = "</script>";

const HIDDEN: Readonly<Record<string, string>> = {
  "<": String.raw`\u003c`,
  ">": String.raw`\u003e`,
  "&": String.raw`\u0026`,
  "\u2028": String.raw`\u2028`,
  "\u2029": String.raw`\u2029`,
};

/** @param json the text of a JSON file. In JSON these marks stand in strings alone, where they may be written as escapes */
export const dataBlock = (json: string): string =>
  `${OPEN}\n${json.trim().replace(/[<>&\u2028\u2029]/g, (mark) => HIDDEN[mark]!)}\n${CLOSE}`;

/** In the head of every page that the lab saved; its version follows. */
export const SAVED_BY = `<meta name="generator" content="Hybrid Batch Lab `;

/** The JSON text inside of such a page; undefined where a text is none. */
export function dataOf(page: string): string | undefined {
  if (!/^\s*<!doctype html>/i.test(page.slice(0, 200))) return undefined;
  const from = page.indexOf(OPEN);
  const to = page.indexOf(CLOSE, from);
  return from < 0 || to < 0 ? undefined : page.slice(from + OPEN.length, to);
}
