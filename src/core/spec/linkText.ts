// Finds the entries of a link in what people, mail programs and chats make of it. Only reads: follows no address, knows no key of a link.
import { SHOWN_KEYS } from "./linkPage.ts";
import { addressesIn, decoded, isAddress } from "./wrappedLinks.ts";

const MAX_WRAPPINGS = 5;

/** Marks that end a sentence or close a bracket behind a link, as they are and as browsers spell them. */
const BEFORE: ReadonlySet<string> = new Set(" \t<([{\"'`«“‘*（「『【《〈");
const BEHIND: ReadonlySet<string> = new Set(" \t<([{\"'`«“‘*.,;:!?>)]}»”’…。．，、；：！？）」』】》〉؟،؛।");
const ESCAPED_BEHIND: ReadonlySet<string> = new Set(["%20", "%22", "%27", "%3E", "%3e"]);

/** Whether a text is meant as a link, or as an address with one, and not as the name of a file. */
export function isLinkText(text: string): boolean {
  return text.includes("#") || /^\W{0,3}(?:https?:\/\/|v=-?\d)|\?v=-?\d|%23v(?:=|%3D)/i.test(text);
}

/**
 * The entries of a link, "v=2&preset=cross", still with their escapes: from a hash, the query of an address, a path into which
 * "#" was written as %23, or an address of a program that checks links; with "&amp;", "=3D", line breaks or marks about it.
 * Takes time in proportion to the text.
 *
 * @returns "" where there is no link
 */
export function linkEntries(text: string): string {
  return entriesIn(
    bare(withoutEntities(withoutBackslashes(oneLine(fromQuotedPrintable(text))))),
    MAX_WRAPPINGS,
  );
}

/** Mails as they are sent have "=3D" for "=" and a lone "=" where a line was broken; a link has no such values. */
function fromQuotedPrintable(text: string): string {
  if (!/=3D/i.test(text) || /=(?![\da-f]{2}|[ \t]*(?:[\r\n]|$))/i.test(text)) return text;
  return text
    .replace(/=[ \t]*(?:\r?\n|\r|$)/g, "")
    .replace(/=([\da-f]{2})/gi, (_, hex: string) =>
      Number.parseInt(hex, 16) < 128 ? String.fromCharCode(Number.parseInt(hex, 16)) : `%${hex}`,
    );
}

/** Shells, Markdown and LaTeX write "\&", JSON and scripts "\u0026". */
const withoutBackslashes = (text: string): string =>
  text
    .replace(/\\u00([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(?=[#&=?%!~_:.,;|-])/g, "");

/** Mails break long lines, and begin each with ">" in an answer. */
const oneLine = (text: string): string =>
  text
    .split(/[\r\n]/)
    .map((line, i) => (i === 0 ? line.trimEnd() : line.replace(/^[>\s]+/, "").trimEnd()))
    .join("")
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, "");

/** Also where a program has escaped "&" more than once, and other marks of a link. */
const withoutEntities = (text: string): string =>
  text
    .replace(/&(?:amp;|#38;|#x26;)(?:amp;|#38;|#x26;)*/gi, "&")
    .replace(/&(?:#(35|37|44|58|61|63)|#x(2[35c]|3[adf]));/gi, (_, figures?: string, hex?: string) =>
      String.fromCharCode(figures ? Number(figures) : Number.parseInt(hex!, 16)),
    );

/** Without the marks before and behind it. */
function bare(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && BEFORE.has(text[start]!)) start++;
  for (;;) {
    const size = BEHIND.has(text[end - 1]!) ? 1 : ESCAPED_BEHIND.has(text.slice(end - 3, end)) ? 3 : 0;
    if (size === 0 || end - size < start) return text.slice(start, end);
    end -= size;
  }
}

/** How a page is shown whose "#" was written as %23. */
const SHOWN = `(?:${SHOWN_KEYS.join("|")})=(?:(?!%23)[^&?#])*`;
const VIEW_BEFORE_HASH = new RegExp(`\\?${SHOWN}(?:&${SHOWN})*(?=%23)`, "i");

function entriesIn(text: string, wrappings: number): string {
  const hash = text.indexOf("#");
  const behind = hash < 0 ? "" : text.slice(hash).replace(/^[#?!/]+/, "");
  if (behind !== "") return decodedWhole(behind);
  const address = (hash < 0 ? text : text.slice(0, hash)).replace(VIEW_BEFORE_HASH, "");
  const written = /%23(?=[!/]{0,3}\w+(?:=|%3D))/i.exec(address); // "#" in a path
  const query = address.indexOf("?");
  const isPlace = isAddress(address) || address.startsWith("/");
  if (written && (query < 0 || written.index < query)) {
    return decodedWhole(address.slice(written.index + 3).replace(/^[!/]+/, ""));
  }
  const entries = query >= 0 ? address.slice(query + 1) : isPlace ? "" : address;
  if (!isPlace) return decodedWhole(entries);
  if (wrappings > 0) {
    for (const inner of addressesIn(address)) {
      const found = entriesIn(bare(withoutEntities(inner)), wrappings - 1);
      if (found !== "") return found;
    }
  }
  return /(?:^|&)(?:v|preset)(?:=|%3D)/i.test(entries) ? decodedWhole(entries) : "";
}

/** Where even "=" is escaped, all is, and by some programs twice; "&amp;" may be within. */
function decodedWhole(entries: string): string {
  let text = entries.replace(/:~:text=.*$/s, ""); // what a browser marks in a page is of no link
  for (let times = 0; times < MAX_WRAPPINGS && !text.includes("="); times++) text = decoded(text);
  return text === entries ? entries : bare(withoutEntities(text));
}
