// Against scipy and statsmodels: statsReference.py made the fixture.
import { describe, expect, it } from "vitest";
import { signFlipP } from "../../stats/signFlip.ts";
import { fisherUpper, studentQuantile, studentUpper } from "../../stats/distributions.ts";
import { maxT } from "./maxT.ts";
import { fitBlends, type Blend, type BlendModel } from "./scheffe.ts";
import reference from "./statsReference.fixture.json";
import { measuredSynergies, synergies, type BlendSynergy } from "./synergy.ts";
import { twoWayInterval } from "./twoWay.ts";

const near = (found: readonly number[], wanted: readonly number[], digits = 9) => {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, digits));
};

function hasSynergies(found: readonly BlendSynergy[], wanted: typeof reference.measured): void {
  expect(found.length).toBe(wanted.length);
  found.forEach(({ bend, some, half }, i) => {
    near([bend.value, bend.low, bend.high], wanted[i]!.bend);
    near([some.beats, half.beats], wanted[i]!.beats, 7);
    near([some.never, half.never], wanted[i]!.never, 7);
  });
}

it("has scipy's t and F", () => {
  for (const [p, df, t] of reference.t) expect(studentQuantile(p!, df!) / t!).toBeCloseTo(1, 10);
  for (const [t, df, p] of reference.upperT) expect(studentUpper(t!, df!)).toBeCloseTo(p!, 11);
  for (const [f, a, b, p] of reference.upperF) expect(fisherUpper(f!, a!, b!)).toBeCloseTo(p!, 11);
});

it("has scipy's sign-flip p, and numpy's count of a family's patterns", () => {
  near(reference.cells.map(signFlipP), reference.single);
  near(maxT(reference.cells, [{ n: 7, spent: 0.05 }]).p, reference.adjusted);
});

describe.each(["quadratic", "cubic"] satisfies BlendModel[])("fits statsmodels' surface: %s", (model) => {
  const wanted = reference[model];
  const fit = fitBlends(reference.blends as unknown as Blend[], reference.values, model);

  it("coefficients, standard errors and pure error", () => {
    near(fit.b, wanted.b);
    near(fit.se, wanted.se);
    expect(fit.df).toBe(wanted.df);
    expect(fit.error).toBeCloseTo(wanted.error, 10);
  });

  it("lack of fit, a prediction, and synergies", () => {
    const { f, df, p } = fit.lackOfFit!;
    near([f, df[0], p], wanted.lackOfFit, 7);
    const { value, se } = fit.predict([0.2, 0.5, 0.3]);
    near([value, se], wanted.at);
    hasSynergies(synergies(fit, false), wanted.synergies);
  });
});

it("has statsmodels' synergies of the cells alone", () => {
  const blends = reference.blends as unknown as Blend[];
  hasSynergies(measuredSynergies(blends, reference.values, false)!, reference.measured);
});

it("has statsmodels' components of variance, and the interval of its mean squares", () => {
  const found = twoWayInterval(reference.table);
  const { mean, half, df, rest, seeds, clusters } = reference.twoWay;
  near([found.mean, found.df, found.rest, found.seeds, found.clusters], [mean, df, rest, seeds, clusters]);
  near([found.low, found.high], [mean - half, mean + half], 8);
});
