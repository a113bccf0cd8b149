import { describe, expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { fitBlends, meanPredictionVariance, type Blend } from "./scheffe.ts";
import { measuredSynergies, synergies } from "./synergy.ts";

const third = 1 / 3;
const CENTROID: Blend[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
  [third, third, third],
];
const AXIAL: Blend[] = [...CENTROID, [2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 6, 1 / 6, 2 / 3]];
const LATTICE: Blend[] = [0, 1, 2, 3, 4].flatMap((a) =>
  Array.from({ length: 5 - a }, (_, b): Blend => [a / 4, b / 4, (4 - a - b) / 4]),
);
const surface = ([a, b, c]: Blend) => 0.7 * a + 0.8 * b + 0.75 * c + 0.3 * a * b - 0.1 * b * c;
/** Two seeds of surface values, .05 apart, with errors that sum to 0 over seeds. */
const measured = (blends: readonly Blend[], of: (blend: Blend) => number, error = 0.001) =>
  blends.map((blend, i) => [0, 1].map((s) => of(blend) + 0.05 * s + (s === i % 2 ? error : -error)));

describe("designs", () => {
  it("predict with the mean variance that STUDIES 2 gives", () => {
    expect(meanPredictionVariance(CENTROID)).toBeCloseTo(0.499, 3);
    expect(meanPredictionVariance(AXIAL)).toBeCloseTo(0.382, 3);
    expect(LATTICE).toHaveLength(15);
    expect(meanPredictionVariance(LATTICE)).toBeCloseTo(0.248, 3);
  });
});

describe("fitBlends", () => {
  const fit = fitBlends(AXIAL, measured(AXIAL, surface));

  it("finds the surface, at the mean of the seeds, and no error in what moves a whole seed", () => {
    const wanted = [0.725, 0.825, 0.775, 0.3, 0, -0.1]; // .025 above the first seed
    wanted.forEach((b, i) => expect(fit.b[i]).toBeCloseTo(b, 12));
    // y_c1 - y_c2 is -.05 +- .002: each cell has residuals +-.001, 20 squares of 1e-6 over (10 - 1)(2 - 1)
    expect(fit.error).toBeCloseTo(Math.sqrt(20e-6 / 9), 12);
    expect(fit.df).toBe(9);
    expect(fit.predict([0.5, 0.5, 0]).value).toBeCloseTo(0.725 / 2 + 0.825 / 2 + 0.3 / 4, 12);
    expect(fit.lackOfFit!.df).toEqual([4, 9]);
    expect(fit.lackOfFit!.p).toBeCloseTo(1, 6);
  });

  it("says where the surface does not fit, and what one term more would", () => {
    const bent = (blend: Blend) => surface(blend) + 2 * blend[0] * blend[1] * blend[2];
    expect(fitBlends(AXIAL, measured(AXIAL, bent)).lackOfFit!.p).toBeLessThan(0.001);
    const cubic = fitBlends(AXIAL, measured(AXIAL, bent), "cubic");
    expect(cubic.b[6]).toBeCloseTo(2, 10);
    expect(cubic.lackOfFit!.p).toBeGreaterThan(0.9);
    expect(fitBlends(CENTROID, measured(CENTROID, bent), "cubic").lackOfFit).toBeUndefined();
  });

  it("has no error and no fit to test where nothing but cells and seeds differs", () => {
    for (const of of [surface, () => 1, () => 0.99983, () => 4147.1]) {
      const fit = fitBlends(AXIAL, measured(AXIAL, of, 0));
      expect(fit.error).toBe(0);
      expect(fit.lackOfFit).toBeUndefined();
    }
  });

  it("refuses what it cannot fit", () => {
    expect(() => fitBlends(CENTROID.slice(0, 5), [])).toThrow("6 terms need as many cells, got 5");
    expect(() =>
      fitBlends(
        CENTROID,
        CENTROID.map(() => [1]),
      ),
    ).toThrow("two at least");
  });

  it("covers the truth between blends as often as it says, whatever moves whole seeds", () => {
    const random = createRandom(9);
    let covered = 0;
    for (let study = 0; study < 400; study++) {
      const seeds = Array.from({ length: 4 }, () => random.normal() * 5);
      const values = AXIAL.map((blend) => seeds.map((seed) => surface(blend) + seed + random.normal()));
      const { value, se } = fitBlends(AXIAL, values).at([1, -1, 0, 0, 0, 0]);
      if (Math.abs(value + 0.1) < 2.0518 * se) covered++; // t(.975, 27)
    }
    expect(Math.abs(covered / 400 - 0.95)).toBeLessThan(3 * 0.0109); // sd of .95 in 400
  });
});

describe("synergies", () => {
  it("find a blend that beats both kinds, and the best one", () => {
    // b = .7, .8, b_12 = .3 > |.1|: best at 1/2 + (.7 - .8) / .6 = 1/3 of the first; .3 > 2 x .1 too
    const [first, second, third] = synergies(fitBlends(AXIAL, measured(AXIAL, surface)), false);
    expect(first).toMatchObject({ kinds: [0, 1] });
    expect(first!.some.share).toBeCloseTo(1 / 3, 10);
    expect(first!.some.beats).toBeLessThan(0.001);
    expect(first!.half.beats).toBeLessThan(0.001);
    expect(second!.some.share).toBeUndefined(); // b_13 = 0
    expect(third!.some.share).toBeUndefined();
    expect(third!.some.beats).toBeGreaterThan(0.95);
  });

  it("say how much the best blend gains over the better kind, and that none does", () => {
    const [first, second] = synergies(fitBlends(AXIAL, measured(AXIAL, surface)), false);
    // at a third of the first: .7 / 3 + .8 * 2 / 3 + .3 * 2 / 9 = .8333, .0333 above .8; the even blend has .825
    expect(first!.some.gain!.value).toBeCloseTo(0.1 / 3, 10);
    expect(first!.half.gain!.value).toBeCloseTo(0.025, 10);
    // b_13 = 0 and the kinds .05 apart: a line, so -.05 away from any blend that beats both
    expect(second!.some.never).toBeLessThan(0.001);
    expect(first!.some.never).toBe(1);
  });

  it("are those of the cells alone where no surface fits", () => {
    // pure .7, .8, .75; halves of the first two .79 (b = 4 x .79 - 2 x 1.5 = .16), .725 and .775 (b = 0); a hump at the centre
    const humped = ([a, b, c]: Blend) =>
      0.7 * a + 0.8 * b + 0.75 * c + 0.16 * a * b + (a > 0 && b > 0 && c > 0 ? 0.2 : 0);
    const values = measured(AXIAL, humped);
    expect(fitBlends(AXIAL, values).lackOfFit!.p).toBeLessThan(0.001);
    const [first, second] = measuredSynergies(AXIAL, values, false)!;
    expect(first!.bend.value).toBeCloseTo(0.16, 12);
    expect(first!.half.gain!.value).toBeCloseTo(-0.01, 12);
    expect(first!.half.never).toBeLessThan(0.01);
    expect(second!.bend.value).toBeCloseTo(0, 12);
    // two seeds of residuals +-.001 in ten cells: MSE 20e-6 / 9; b has the variance (16 + 4 + 4) MSE / 2, t(.975, 9) 2.2622
    expect(first!.bend.high - first!.bend.value).toBeCloseTo(2.262157 * Math.sqrt((24 * 20e-6) / 9 / 2), 8);
    const thirds = AXIAL.map(([a, b, c]): Blend => (c === 0 && a === 0.5 ? [1 / 3, 2 / 3, 0] : [a, b, c]));
    expect(measuredSynergies(thirds, values, false)).toBeUndefined();
  });

  it("turn where less is better", () => {
    const turned = fitBlends(
      AXIAL,
      measured(AXIAL, (blend) => -surface(blend)),
    );
    const [there] = synergies(fitBlends(AXIAL, measured(AXIAL, surface)), false);
    const [back] = synergies(turned, true);
    expect(back!.some.share).toBeCloseTo(there!.some.share!, 10);
    expect(back!.some.beats).toBeCloseTo(there!.some.beats, 10);
    expect(synergies(turned, false)[0]!.some.share).toBeUndefined();
  });

  it("find one in at most 5 % of surfaces that only just have none", () => {
    const random = createRandom(10);
    const flat = ([a, b]: Blend) => 0.3 * a + 0.3 * a * b; // b_12 = b_1 - b_2
    let found = 0;
    for (let study = 0; study < 500; study++) {
      const values = AXIAL.map((blend) =>
        Array.from({ length: 4 }, () => flat(blend) + 0.02 * random.normal()),
      );
      if (synergies(fitBlends(AXIAL, values), false)[0]!.some.beats <= 0.05) found++;
    }
    expect(found / 500).toBeLessThan(0.05 + 3 * 0.0097);
  });
});
