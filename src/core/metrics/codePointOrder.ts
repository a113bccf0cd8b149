// The order of ids: by Unicode code point, which equals strcmp on UTF-8 and so trec_eval's order. Never locale-aware.

/** Lifts surrogates (astral characters) above U+E000..U+FFFF, where UTF-16 order and code point order disagree. */
function liftSurrogates(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/**
 * Negative, zero or positive as `a` comes before, equals or comes after `b` in code point order.
 * JavaScript's own `<` compares UTF-16 units: it puts U+1F600 before U+FF61, UTF-8 bytes put it after.
 */
export function compareCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return liftSurrogates(x) - liftSurrogates(y);
  }
  return a.length - b.length;
}

/**
 * The tie rule of trec_eval as numbers: (n) position of each id when all are sorted descending.
 * Equal ids, which trec_eval refuses, keep their order here.
 */
export function descendingPositions(ids: readonly string[]): Int32Array {
  const order = Array.from(ids, (_, i) => i).sort((i, j) => compareCodePoints(ids[j]!, ids[i]!) || i - j);
  const position = new Int32Array(ids.length);
  order.forEach((i, p) => (position[i] = p));
  return position;
}
