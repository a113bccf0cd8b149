// One spelling per JSON value, so that equal values have equal digests. Never hashes: core has no SHA-256.

/**
 * JSON with object keys in UTF-16 order and no white space, as in RFC 8785. Members that are `undefined` are left
 * out, as JSON.stringify does.
 *
 * @throws TypeError naming the path of a value JSON cannot carry: a non-finite number, a function, a bigint, a
 * symbol, an `undefined` in an array
 */
export function canonicalJson(value: unknown): string {
  return spell(value, "$");
}

function spell(value: unknown, path: string): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new TypeError(`canonicalJson: ${path} is ${value}, which JSON cannot carry`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => spell(item, `${path}[${i}]`)).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)) // keys of one object differ
      .map(([key, member]) => `${JSON.stringify(key)}:${spell(member, `${path}.${key}`)}`);
    return `{${members.join(",")}}`;
  }
  throw new TypeError(`canonicalJson: ${path} is a ${typeof value}, which JSON cannot carry`);
}
