// The page's colours in its light theme, as a file needs them that stands alone: theme.css by name, mixes computed. A test holds
// the two to each other.
import { PAGE_COLOURS } from "../../core/html/pageColours.ts";

/** Of theme.css, the first of each `light-dark`. */
export const LIGHT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(PAGE_COLOURS).map(([name, [light]]) => [name, light])),
  strength: "#227096", // of the cells of a grid, which no page has
};

/** Every `var(--name)` of the table and every mix of two of them as "#rrggbb". @throws RangeError for a name that it lacks */
export function inPlainColours(markup: string): string {
  return markup
    .replace(
      /color-mix\(in oklab, ([^,]+?) (\d+)%, ([^)]+\))\)/g,
      (_, first: string, share: string, second: string) =>
        mixed(plain(first), plain(second), Number(share) / 100),
    )
    .replace(/var\(--[\w-]+\)/g, plain);
}

function plain(colour: string): string {
  const name = /^var\(--([\w-]+)\)$/.exec(colour)?.[1];
  const found = name === undefined ? colour : LIGHT[name];
  if (found === undefined) throw new RangeError(`paperColours: no colour ${colour}`);
  return found;
}

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Linear sRGB -> cone responses -> OKLab, and back (Ottosson 2020). */
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
const FROM_LAB: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const FROM_CONES: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

const times = (m: Matrix, v: Triple): Triple =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;
const each = (v: Triple, of: (x: number) => number): Triple => v.map(of) as unknown as Triple;

const linear = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
const companded = (x: number) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);

const labOf = (hex: string): Triple => {
  const lamps = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return times(TO_LAB, each(times(TO_CONES, lamps as unknown as Triple), Math.cbrt));
};

/** @param share of the first, in [0, 1] */
function mixed(first: string, second: string, share: number): string {
  const [a, b] = [labOf(first), labOf(second)];
  const lab = a.map((x, i) => share * x + (1 - share) * b[i]!) as unknown as Triple;
  const lamps = times(
    FROM_CONES,
    each(times(FROM_LAB, lab), (x) => x ** 3),
  );
  const bytes = lamps.map((x) => Math.round(255 * companded(Math.min(1, Math.max(0, x)))));
  return `#${bytes.map((x) => x.toString(16).padStart(2, "0")).join("")}`;
}
