import { expect, it } from "vitest";
import { fitCurve } from "./responseCurve.ts";

const XS = [0, 0.25, 0.5, 0.75, 1];
/** Two seeds, .1 apart; errors that sum to 0 over seeds. */
const measured = (of: (x: number) => number) =>
  XS.map((x, i) => [0, 1].map((s) => of(x) + 0.1 * s + (s === i % 2 ? 0.001 : -0.001)));

it("finds a parabola, its best point and how well it fits", () => {
  // .5 + .4 x - .5 x^2: best at .4; the mean seed is .05 higher
  const curve = fitCurve(
    XS,
    measured((x) => 0.5 + 0.4 * x - 0.5 * x * x),
  );
  [0.55, 0.4, -0.5].forEach((b, i) => expect(curve.b[i]).toBeCloseTo(b, 10));
  expect(curve.best).toBeCloseTo(0.4, 9);
  expect(curve.predict(0.4).value).toBeCloseTo(0.63, 10);
  expect(curve.lackOfFit!.df).toEqual([2, 4]);
  expect(curve.lackOfFit!.p).toBeGreaterThan(0.99);
  expect(
    fitCurve(
      XS,
      measured((x) => (x === 0.5 ? 1 : 0)),
    ).lackOfFit!.p,
  ).toBeLessThan(0.001);
});

it("names no best point at an end, nor where it bends the other way", () => {
  const rising = measured((x) => x - 0.1 * x * x);
  expect(fitCurve(XS, rising).best).toBeUndefined();
  const valley = measured((x) => (x - 0.5) ** 2);
  expect(fitCurve(XS, valley).best).toBeUndefined();
  expect(fitCurve(XS, valley, true).best).toBeCloseTo(0.5, 9);
});
