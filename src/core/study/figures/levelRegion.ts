// Where a surface over the triangle of three shares lies above a level: closed outlines to fill or to draw. Draws nothing.

/** Shares of mono, cross and multi: each in [0, 1], sum 1. */
export type Blend = readonly [number, number, number];

export type Field = (blend: Blend) => number;

/** Round a region, in order, closed by its first point. Holes turn the other way: fill by the even-odd rule. */
export type Outline = readonly Blend[];

interface Corner {
  readonly key: string; // the same for the same point, whichever triangle meets it
  readonly blend: Blend;
  readonly value: number;
}

/**
 * The region where the field is at least `level`, as the field's linear interpolation over `parts`² small triangles has it
 * (marching triangles: each is cut at the level, and edges that two pieces share cancel).
 *
 * @param parts of each side, >= 1
 */
export function levelRegion(field: Field, level: number, parts: number): Outline[] {
  if (!(Number.isInteger(parts) && parts >= 1))
    throw new RangeError(`levelRegion: parts must be a whole number >= 1, got ${parts}`);
  const corner = (i: number, j: number): Corner => {
    const blend: Blend = [(parts - i - j) / parts, i / parts, j / parts];
    return { key: `${i},${j}`, blend, value: field(blend) };
  };
  const lattice = Array.from({ length: parts + 1 }, (_, j) =>
    Array.from({ length: parts + 1 - j }, (__, i) => corner(i, j)),
  );
  const edges = new Map<string, { readonly from: Corner; readonly to: Corner }>();
  const add = (from: Corner, to: Corner) => {
    if (edges.delete(`${to.key}>${from.key}`)) return;
    edges.set(`${from.key}>${to.key}`, { from, to });
  };
  for (let j = 0; j < parts; j++)
    for (let i = 0; i < parts - j; i++) {
      const [a, b, c, d] = [
        lattice[j]![i]!,
        lattice[j]![i + 1]!,
        lattice[j + 1]![i]!,
        lattice[j + 1]![i + 1],
      ];
      for (const triangle of d
        ? [
            [a, b, c],
            [b, d, c],
          ]
        : [[a, b, c]]) {
        const piece = cutAt(triangle, level);
        if (piece.length < 3) continue; // touched by the level alone
        piece.forEach((from, at) => add(from, piece[(at + 1) % piece.length]!));
      }
    }
  return chained([...edges.values()]);
}

/** The part of a triangle at or above the level, in the triangle's own direction. */
function cutAt(triangle: readonly Corner[], level: number): Corner[] {
  const cut = triangle.flatMap((from, at) => {
    const to = triangle[(at + 1) % triangle.length]!;
    const isIn = from.value >= level;
    const kept = isIn ? [from] : [];
    return isIn === to.value >= level ? kept : [...kept, crossing(from, to, level)];
  });
  return cut.filter(({ key }, at) => key !== cut[(at + 1) % cut.length]!.key); // a cut through a corner is that corner
}

function crossing(one: Corner, other: Corner, level: number): Corner {
  const [a, b] = one.key < other.key ? [one, other] : [other, one]; // the same arithmetic from both sides
  const t = (level - a.value) / (b.value - a.value);
  if (t === 0) return a;
  if (t === 1) return b;
  const between = (i: 0 | 1 | 2) => a.blend[i] + t * (b.blend[i] - a.blend[i]);
  return { key: `${a.key}|${b.key}`, blend: [between(0), between(1), between(2)], value: level };
}

function chained(edges: readonly { readonly from: Corner; readonly to: Corner }[]): Outline[] {
  const from = new Map<string, { readonly from: Corner; readonly to: Corner }[]>();
  for (const edge of edges) from.set(edge.from.key, [...(from.get(edge.from.key) ?? []), edge]);
  const outlines: Outline[] = [];
  for (const start of edges) {
    const outline: Blend[] = [];
    for (let edge = from.get(start.from.key)?.pop(); edge; edge = from.get(edge.to.key)?.pop())
      outline.push(edge.from.blend);
    if (outline.length > 2) outlines.push(outline);
  }
  return outlines;
}
