// Finds the entries of a link in what people, mail programs and chats make of it. Only reads: follows no address, knows no key.

/** Programs that put their own address around a link name the link so. */
const WRAPPED_IN = new Set(["url", "u", "q", "target", "link"]);
const MAX_WRAPPINGS = 5;

/** Marks that end a sentence or close a bracket behind a link, as they are and as browsers spell them. */
const BEFORE: ReadonlySet<string> = new Set(" \t<([{\"'`«“‘*（「『【《〈");
const BEHIND: ReadonlySet<string> = new Set(" \t<([{\"'`«“‘*.,;:!?>)]}»”’…。．，、；：！？）」』】》〉؟،؛।");
const ESCAPED_BEHIND: ReadonlySet<string> = new Set(["%20", "%22", "%27", "%3E", "%3e"]);

/** Whether a text is meant as a link, or as an address with one, and not as the name of a file. */
export function isLinkText(text: string): boolean {
  return text.includes("#") || /^\W{0,3}(?:https?:\/\/|\??v=-?\d)/i.test(text) || /%23v(?:=|%3D)/i.test(text);
}

/**
 * The entries of a link, "v=2&preset=cross", still with their escapes: from a hash, the query of an address, a path into which
 * "#" was written as %23, or an address of a program that checks links; with "&amp;", line breaks or marks about it.
 * Takes time in proportion to the text.
 *
 * @returns "" where there is no link
 */
export function linkEntries(text: string): string {
  return entriesIn(bare(text.includes("&") ? withoutEntities(oneLine(text)) : oneLine(text)), MAX_WRAPPINGS);
}

/** Mails break long lines, and begin each with ">" in an answer. */
const oneLine = (text: string): string =>
  text
    .split(/[\r\n]/)
    .map((line, i) => (i === 0 ? line.trimEnd() : line.replace(/^[>\s]+/, "").trimEnd()))
    .join("")
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, "");

/** Also where a program has escaped "&" more than once. */
const withoutEntities = (text: string): string =>
  text.replace(/&(?:amp;|#38;|#x26;)(?:amp;|#38;|#x26;)*/gi, "&");

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

function entriesIn(text: string, wrappings: number): string {
  const hash = text.indexOf("#");
  const behind = hash < 0 ? "" : text.slice(hash).replace(/^[#?]+/, "");
  if (behind !== "") return decodedWhole(behind);
  const address = hash < 0 ? text : text.slice(0, hash);
  const written = /%23(?=\w+(?:=|%3D))/i.exec(address); // "#" in a path
  const query = address.indexOf("?");
  if (written && (query < 0 || written.index < query)) return decodedWhole(address.slice(written.index + 3));
  const entries = query < 0 ? (isAddress(address) ? "" : address) : address.slice(query + 1);
  if (!isAddress(address)) return decodedWhole(entries);
  for (const part of wrappings === 0 ? [] : entries.split("&")) {
    const cut = part.indexOf("=");
    if (!WRAPPED_IN.has(part.slice(0, cut).toLowerCase())) continue;
    const inner = decoded(part.slice(cut + 1));
    if (isAddress(inner)) return entriesIn(bare(withoutEntities(inner)), wrappings - 1);
  }
  return /(?:^|&)(?:v|preset)(?:=|%3D)/i.test(entries) ? decodedWhole(entries) : "";
}

const isAddress = (text: string): boolean => /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|\/)/i.test(text);

/** Where even "=" is escaped, all is, and by some programs twice; "&amp;" may be within. */
function decodedWhole(entries: string): string {
  let text = entries;
  for (let times = 0; times < MAX_WRAPPINGS && !text.includes("="); times++) text = decoded(text);
  return text === entries ? entries : bare(withoutEntities(text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no escapes that could be read
  }
}
