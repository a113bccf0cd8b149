// The addresses that are inside the address of a program that checks links or counts clicks. Only reads: follows no address.

/** Whether a text begins as an address with its protocol, also one that lost a slash on its way. */
export const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]{0,20}:\//i.test(text);

/** Without escapes; as it is where they cannot be read. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What an address holds that is an address itself, in the order in which it stands there: a value of its query, escaped, as
 * Proofpoint spells it or in base64; the path of Proofpoint's third version; or an escaped end of the path. In linear time.
 */
export function* addressesIn(address: string): Generator<string> {
  const third = thirdVersion(address);
  if (third !== undefined) yield third;
  const query = address.indexOf("?");
  const path = query < 0 ? address : address.slice(0, query);
  const escaped = path.search(/https?%3A%2F/i);
  if (escaped >= 0) yield decoded(path.slice(escaped));
  for (const part of query < 0 ? [] : address.slice(query + 1).split("&")) {
    const value = part.slice(part.indexOf("=") + 1);
    const inner = secondVersion(value) ?? base64Address(value) ?? decoded(value);
    if (isAddress(inner)) yield inner;
  }
}

/** Proofpoint's second version: "-" for "%" and "_" for "/". */
function secondVersion(value: string): string | undefined {
  if (!/^https?-3A__/i.test(value)) return undefined;
  return decoded(value.replaceAll("-", "%").replaceAll("_", "/"));
}

/** What of an address is text in base64, as Sophos has it. */
function base64Address(value: string): string | undefined {
  return /^aHR0c/.test(value) ? fromBase64(decoded(value)) : undefined;
}

const RUN_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Proofpoint's third version: "/v3/__address__;marks!", where "*" stands for the next mark, and "**A" for the next two, "**B" three. */
function thirdVersion(address: string): string | undefined {
  const start = address.indexOf("/v3/__");
  const end = start < 0 ? -1 : address.indexOf("__;", start + 6);
  const close = end < 0 ? -1 : address.indexOf("!", end);
  const marks = close < 0 ? undefined : fromBase64(address.slice(end + 3, close));
  if (marks === undefined) return undefined;
  const left = [...marks];
  let at = 0;
  return address.slice(start + 6, end).replace(/\*(?:\*([\w-]))?/g, (_, run: string | undefined) => {
    const length = run === undefined ? 1 : RUN_LENGTHS.indexOf(run) + 2;
    return left.slice(at, (at += length)).join("");
  });
}

/** Text in base64, also of the kind for addresses; undefined where it is none. */
function fromBase64(text: string): string | undefined {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""));
    return new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
