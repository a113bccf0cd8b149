import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { COLOURS, lineLook, LOOKS, markerPath, MARKERS } from "../../core/picture/lineLook.ts";

type Colour = readonly [number, number, number];
type Matrix = readonly [Colour, Colour, Colour];

const CSS = readFileSync(new URL("../theme.css", import.meta.url), "utf8");
const token = (name: string): readonly [light: Colour, dark: Colour] => {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(CSS);
  if (!found) throw new Error(`theme.css has no colour --${name}`);
  return [linear(found[1]!), linear(found[2]!)];
};
/** "#rrggbb" -> light of sRGB's three lamps, in [0, 1] */
const linear = (hex: string): Colour => {
  const of = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [of(1), of(3), of(5)];
};
const times = (m: Matrix, [x, y, z]: Colour): Colour => [
  m[0][0] * x + m[0][1] * y + m[0][2] * z,
  m[1][0] * x + m[1][1] * y + m[1][2] * z,
  m[2][0] * x + m[2][1] * y + m[2][2] * z,
];
const clipped = (c: Colour): Colour => c.map((x) => Math.min(1, Math.max(0, x))) as unknown as Colour;

/** Colour vision without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), on linear light. */
const EYES: Readonly<Record<string, Matrix>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
/** Distance in OKLab (Ottosson 2020): 1 from black to white, about 0.02 is just seen side by side. */
function distance(a: Colour, b: Colour, eyes: Matrix): number {
  const [p, q] = [a, b].map((c) => {
    const cones = times(TO_CONES, clipped(times(eyes, c)));
    return times(TO_LAB, cones.map(Math.cbrt) as unknown as Colour);
  });
  return Math.hypot(...p!.map((x, i) => x - q![i]!));
}
const luminance = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: Colour, b: Colour) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

const series = Array.from({ length: COLOURS }, (_, i) => token(`series-${i + 1}`));
const kinds = [...BATCH_KINDS, "mixed"].map((kind) => token(`kind-${kind}`));
const card = token("card");

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the %s palette", (_, theme) => {
  const colours = series.map((pair) => pair[theme]);
  const pairs = colours.flatMap((a, i) => colours.slice(i + 1).map((b) => [a, b] as const));

  it.each(Object.entries(EYES))("has nine colours that are nine to eyes with cones: %s", (name, eyes) => {
    const nearest = Math.min(...pairs.map(([a, b]) => distance(a, b, eyes)));
    expect(nearest).toBeGreaterThan(name === "all" ? 0.12 : 0.07);
  });

  it("gives no line the colour of a kind", () => {
    const nearest = Math.min(
      ...colours.flatMap((a) =>
        kinds.slice(0, BATCH_KINDS.length).map((b) => distance(a, b[theme], EYES.all!)),
      ),
    );
    expect(nearest).toBeGreaterThan(0.11);
  });

  it("stands out from the card, 3 to 1", () => {
    for (const colour of [...colours, ...kinds.map((pair) => pair[theme])])
      expect(contrast(colour, card[theme])).toBeGreaterThan(3);
  });
});

describe("looks", () => {
  const looks = (count: number, name: (i: number) => string) =>
    new Set(Array.from({ length: count }, (_, i) => name(i))).size;

  it("are as many as there are numbers up to 252, 28 in a row without their colours", () => {
    expect(LOOKS).toBe(252); // 9 colours x 4 dashes x 7 marks, which have no common divisor
    expect(looks(LOOKS, (i) => JSON.stringify(lineLook(i)))).toBe(252);
    for (const from of [0, 5, 200])
      expect(looks(28, (i) => `${lineLook(from + i).dash} ${lineLook(from + i).marker}`)).toBe(28);
  });

  it("have marks around their point", () => {
    for (const marker of MARKERS) {
      const path = markerPath(marker, 100, 50, 4);
      expect(path).toMatch(/^M.*z$/);
      if (marker === "circle") continue;
      const corners = path
        .slice(1, -1)
        .split("L")
        .map((corner) => corner.split(",").map(Number));
      const middle = [0, 1].map(
        (axis) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length,
      );
      expect(Math.hypot(middle[0]! - 100, middle[1]! - 50)).toBeLessThan(1); // a triangle's ends are not its middle
    }
  });
});
