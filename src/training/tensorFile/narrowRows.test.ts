// Int8 by row, with its arithmetic; headers that are not of the form are refused by name.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { checkScaleNumbers, checkScales, narrowRows, widenRows } from "./narrowRows.ts";

const table = (rows: number[][]) => ({
  shape: [rows.length, rows[0]!.length],
  data: Float32Array.from(rows.flat()),
});
/** The values that are read again. */
function again(rows: number[][]): number[] {
  const { codes, scales } = narrowRows("w", table(rows));
  const data = Float32Array.from(codes);
  widenRows(data, scales);
  return [...data];
}

describe("narrowRows", () => {
  it("has a scale for each row, its largest number over 127", () => {
    const { codes, scales } = narrowRows(
      "w",
      table([
        [63.5, -31.75, 0.2], // scale .5: 127, -63.5 to the even -64, .4 to 0
        [0, -254, 3], // scale 2: -127, 1.5 to the even 2
        [0, 0, 0],
      ]),
    );
    expect([...scales]).toEqual([0.5, 2, 0]);
    expect([...codes]).toEqual([127, -64, 0, 0, -127, 2, 0, 0, 0]);
  });

  it("sends halves to the even code, both signs", () => {
    // largest 127: scale 1
    const { codes } = narrowRows("w", table([[127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.50001]]));
    expect([...codes]).toEqual([127, 0, 2, 2, 0, -2, -2, 3]);
  });

  it("is off by half a scale at most, and narrowing what was read changes no bit", () => {
    // 2^-100 and more: a scale below 2^-126 has too few bits for that
    const number = fc
      .float({ min: -1000, max: 1000, noNaN: true })
      .map((x) => (Math.abs(x) < 2 ** -100 ? 0 : x));
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((width) =>
        fc.array(fc.array(number, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(rows, (given) => {
        const read = again(given);
        const width = given[0]!.length;
        given.forEach((row, r) => {
          const most = Math.max(...row.map(Math.abs));
          row.forEach((x, i) =>
            expect(Math.abs(read[r * width + i]! - x)).toBeLessThanOrEqual(
              most * (0.5 / 127 + 2 ** -17) + 1e-44,
            ),
          );
        });
        const twice = again(given.map((_, r) => read.slice(r * width, (r + 1) * width)));
        expect(twice).toEqual(read);
      }),
    );
  });

  it("has scales of 17 bits: any code times one is a float32, exactly", () => {
    const { scales } = narrowRows("w", table([[1], [1e-20], [Math.PI]]));
    // 1 / 127 = 2^-7 (1 + 2^-7 + 2^-14 + 2^-21 + ...): 16 bits after the first
    expect(scales[0]).toBe(2 ** -7 * (1 + 2 ** -7 + 2 ** -14));
    for (const scale of scales) {
      for (let code = 1; code <= 128; code++) expect(Math.fround(scale * code)).toBe(scale * code);
    }
  });

  it("keeps the codes of a row whose scale has hardly a bit", () => {
    // scales below 2^-126 count units of 2^-142: 1.25 of them go to 1, and 158.75 to the last code
    const unit = 2 ** -142;
    const { codes, scales } = narrowRows("w", table([[158.75 * unit, unit]]));
    expect([[...codes], [...scales]]).toEqual([[127, 1], [unit]]);
    expect([...narrowRows("w", table([[60 * unit, unit]])).scales]).toEqual([0]); // .47 of one
  });

  it("refuses what has no code, naming it", () => {
    expect(() => narrowRows("w", table([[1, NaN]]))).toThrow(
      'tensor "w" holds NaN at place 1, which I8 has not: keep it in F32',
    );
    expect(() => narrowRows("w", table([[1], [-Infinity]]))).toThrow(
      '"w" holds -Infinity at place 1, which I8 has not',
    );
    expect(() => narrowRows("w", { shape: [2], data: new Float32Array(2) })).toThrow('"w" (2) has no rows');
  });
});

it("widenRows: scale times code, rounded to float32 once, every code there is", () => {
  const data = Float32Array.of(-128, 127, 3, 1);
  widenRows(data, Float32Array.of(0.1, 2));
  expect([...data]).toEqual([
    Math.fround(-128 * Math.fround(0.1)),
    Math.fround(127 * Math.fround(0.1)),
    6,
    2,
  ]);
});

describe("the tensors of a model", () => {
  type Tensor = [name: string, dtype: string, shape: number[]];
  const check = (...tensors: Tensor[]) =>
    checkScales(
      tensors.map(([name, dtype, shape]) => ({ name, dtype, shape, begin: 0, end: 0 })),
      "far",
    );
  const W: Tensor = ["w", "I8", [3, 2]];

  it("may be I8 with scales, anything else without, and a head may be called a scale", () => {
    check(W, ["w.scale", "F32", [3]], ["b", "F16", [4]], ["ids", "I64", [1, 4]]);
    check(["head.scale", "F32", [1]], ["LayerNorm.scale", "F16", [7]]);
  });

  it.each<[string, Tensor[], string]>([
    ["no scale", [W], 'far: tensor "w" is I8 and needs a tensor "w.scale" of type F32 and shape (3)'],
    [
      "a scale for each column",
      [W, ["w.scale", "F32", [2]]],
      'far: tensor "w" needs a tensor "w.scale" of type F32 and shape (3); this one is F32 of shape (2)',
    ],
    ["a scale of two dimensions", [W, ["w.scale", "F32", [3, 1]]], "this one is F32 of shape (3, 1)"],
    ["a half for a scale", [W, ["w.scale", "F16", [3]]], "this one is F16 of shape (3)"],
    [
      "I8 of one dimension",
      [
        ["b", "I8", [3]],
        ["b.scale", "F32", [3]],
      ],
      'far: tensor "b" is I8 of shape (3); I8 is read for tensors of rows and columns',
    ],
    [
      "I8 of three",
      [
        ["b", "I8", [3, 1, 1]],
        ["b.scale", "F32", [3]],
      ],
      "is I8 of shape (3, 1, 1)",
    ],
    ["I8 of none", [["b", "I8", []]], "is I8 of shape ()"],
    [
      "a scale without its tensor",
      [W, ["w.scale", "F32", [3]], ["v.scale", "F32", [3]]],
      'far: tensor "v.scale" holds scales of "v", which is not there; I8 has scales',
    ],
    [
      "a weight's scale and nothing else",
      [["a.weight.scale", "F32", [3]]],
      'far: tensor "a.weight.scale" holds scales of "a.weight", which is not there',
    ],
    [
      "a scale beside floats",
      [
        ["a.weight", "F32", [3, 2]],
        ["a.weight.scale", "F32", [3]],
      ],
      'far: tensor "a.weight.scale" holds scales of "a.weight", which is F32; I8 has scales',
    ],
    [
      "a scale beside bytes",
      [
        ["a.weight", "U8", [3, 2]],
        ["a.weight.scale", "F32", [3]],
      ],
      "which is U8",
    ],
    ["scales of scales", [W, ["w.scale", "F32", [3]], ["w.scale.scale", "F32", [3]]], "which is F32"],
  ])("with %s are refused", (_, tensors, message) => {
    expect(() => check(...tensors)).toThrow(message);
  });
});

it("scales are numbers from 0 on, within what the lab computes with", () => {
  checkScaleNumbers(Float32Array.of(0, -0, 1e-45, 7_812_499_968), "t"); // the last float32 below 1e12 / 128
  for (const wrong of [NaN, Infinity, -Infinity, -1e-45, 7_812_500_992]) {
    expect(() => checkScaleNumbers(Float32Array.of(1, wrong), "t")).toThrow(
      /^t holds \S+ at place 1; a scale is a number from 0 to 7812500000$/,
    );
  }
});
