// Each rule by hand arithmetic: one decision or two from losses that were made up for it.
import { describe, expect, it } from "vitest";
import { ofKinds, type BatchKind } from "../spec/batchKind.ts";
import { kindMatrix } from "../spec/kindMatrix.ts";
import type { KindWeights } from "../spec/spec.ts";
import { ado, fitPowerLaw, gainOf } from "./ado.ts";
import { devGap } from "./devGap.ts";
import { doremi } from "./doremi.ts";
import { dwa } from "./dwa.ts";
import { exp3 } from "./exp3.ts";
import { gradNorm } from "./gradNorm.ts";
import type { Observed, Rule, RuleSetting } from "./rule.ts";
import { DECIDING } from "./ruleTable.ts";
import { skillIt } from "./skillIt.ts";
import { tdro } from "./tdro.ts";
import { uncertainty } from "./uncertainty.ts";

const of = (mono: number, cross: number): KindWeights => {
  return ofKinds({ mono, cross });
};
const setting: RuleSetting = {
  kinds: ["mono", "cross"],
  start: of(0.5, 0.5),
  rate: 0,
  temperature: 0,
  reference: of(2, 4),
  transfer: kindMatrix((from, to) => (from === to ? 1 : 0)),
};
const observed = (losses: Observed["losses"], more: Partial<Observed> = {}): Observed => {
  return { losses, trained: of(10, 10), share: of(0.5, 0.5), dev: {}, gradients: {}, ...more };
};
const close = (shares: KindWeights, mono: number) => {
  expect(shares.mono).toBeCloseTo(mono, 12);
  expect(shares.cross).toBeCloseTo(1 - mono, 12);
  expect([shares.multi, shares.mixedMono]).toEqual([0, 0]);
};
/** Decides for one after the other, and gives the last shares. */
function decide<S>(rule: Rule<S>, seen: readonly Observed[], own = setting): KindWeights {
  let state = rule.init(own);
  let shares = own.start;
  for (const one of seen) [shares, state] = rule.next(state, one, own);
  return shares;
}
/** Share of the first of two with this difference of logits. */
const logistic = (z: number) => 1 / (1 + Math.exp(-z));

describe("exp3", () => {
  it("lifts the kind whose loss fell most, by its batches and what it was drawn with", () => {
    const first = observed({ mono: [4], cross: [4] });
    // Drops of the second window: mono (4 - 2) / 4 = 0.5, cross 0. Of these two the 20th and 80th percentiles are 0 and 0.5:
    // r = 1 and -1. w_mono = log .5 + .01 * 2 * 1 / .5, w_cross = log .5 - .01 * 1 / .5: apart by .04 + .02.
    close(decide(exp3, [first, observed({ mono: [2, 2], cross: [4] })]), logistic(0.06));
  });

  it("stays at the mix until a kind has a loss to fall from", () => {
    const own = { ...setting, start: of(0.2, 0.8) };
    close(decide(exp3, [observed({ mono: [4], cross: [4] })], own), 0.2);
    close(decide(exp3, [observed({ mono: [4] }), observed({ cross: [3] })], own), 0.2);
  });
});

describe("ado", () => {
  it("finds a power law again", () => {
    // L = 1 + 2 n^-0.5; the smallest loss is 1.25, and 0.8 of that is 1.
    const law = [1, 4, 16, 64].map((n) => [n, 1 + 2 / Math.sqrt(n)] as const);
    const { e, b, a } = fitPowerLaw(law);
    expect(e).toBeCloseTo(1, 12);
    expect(b).toBeCloseTo(2, 12);
    expect(a).toBeCloseTo(0.5, 12);
    expect(gainOf(law, 64)).toBeCloseTo((0.5 * 0.25) / 64, 12); // a (L - e) / n
  });

  it("feeds by fitted gain, prior and what was drawn, once every kind has three losses", () => {
    const windows = [1, 4, 16, 64].map((n) =>
      observed({ mono: [1 + 2 / Math.sqrt(n)], cross: [1 + 4 / Math.sqrt(n)] }, { trained: of(n, n) }),
    );
    close(decide(ado, windows.slice(0, 2)), 0.5);
    // cross: smallest loss 1.5, no twentieth of it is 1: the nearest is e = 0.975 (0.65 of it).
    const cross = gainOf(
      [1, 4, 16, 64].map((n) => [n, 1 + 4 / Math.sqrt(n)]),
      64,
    );
    const mono = (0.5 * 0.25) / 64;
    close(decide(ado, windows), mono / (mono + cross));
    // Drawn 0.8 to 0.2 in each of four windows: h = .5 * .9^4 + .8 (1 - .9^4) and .5 * .9^4 + .2 (1 - .9^4).
    const kept = 0.9 ** 4;
    const [hm, hc] = [0.5 * kept + 0.8 * (1 - kept), 0.5 * kept + 0.2 * (1 - kept)];
    const drawn = windows.map((one) => ({ ...one, share: of(0.8, 0.2) }));
    const [wm, wc] = [mono * Math.sqrt(hm), cross * Math.sqrt(hc)];
    close(decide(ado, drawn), wm / (wm + wc));
  });

  it("leaves the mix where no loss falls", () => {
    const rising = [1, 2, 3].map((n) => observed({ mono: [n], cross: [n] }, { trained: of(n, n) }));
    close(decide(ado, rising, { ...setting, start: of(0.3, 0.7) }), 0.3);
  });
});

describe("doremi", () => {
  it("raises by excess loss only", () => {
    // Excess 3 - 2 = 1 of mono, max(0, 3.5 - 4) = 0 of cross: logits apart by 1.
    const raised = (1 - 1e-4) * logistic(1) + 1e-4 / 2;
    close(decide(doremi, [observed({ mono: [3], cross: [3.5] })]), raised);
    // No loss of cross: only mono moves. The EMA of mono is .9 * 3 + .1 * 2 = 2.9, its excess .9.
    const z = Math.log(raised / (1 - raised)) + 0.9;
    const again = [observed({ mono: [3] }), observed({ mono: [2] })];
    close(decide(doremi, again), (1 - 1e-4) * logistic(z) + 1e-4 / 2);
  });
});

describe("tdro", () => {
  it("raises by the loss over the reference", () => {
    // 3 / 2 and 3 / 4: logits apart by .25 * .75, twice as far after the same again.
    const one = observed({ mono: [3], cross: [3] });
    close(decide(tdro, [one]), logistic(0.1875));
    close(decide(tdro, [one, one]), logistic(0.375));
  });
});

describe("skillIt", () => {
  it("raises what helps where the loss is high", () => {
    // sum_j A_ij L_j: mono 1 * 1 + .5 * 4 = 3, cross 0 * 1 + 1 * 4 = 4; .2 * (3 - 4) apart.
    const transfer = kindMatrix((from, to) =>
      from === to ? 1 : from === "mono" && to === "cross" ? 0.5 : 0,
    );
    close(decide(skillIt, [observed({ mono: [1], cross: [4] })], { ...setting, transfer }), logistic(-0.2));
  });
});

describe("dwa", () => {
  it("weighs more what falls more slowly, by the last two windows", () => {
    // 3 / 4 and 1: (.75 - 1) / 2 apart.
    const [a, b] = [observed({ mono: [4], cross: [5] }), observed({ mono: [2, 4], cross: [5] })];
    close(decide(dwa, [a]), 0.5);
    close(decide(dwa, [a, b]), logistic(-0.125));
    close(decide(dwa, [a, b], { ...setting, temperature: 1 }), logistic(-0.25));
  });
});

describe("uncertainty", () => {
  it("steps s down the slope, once a batch", () => {
    // First window: relative losses are 1, and 1 - 1 * e^0 = 0. Second: mono .9 + .1 * .5 = .95 of its start (2 -> 1),
    // s = -.05 * (1 - .95) / 2 = -.00125; cross stays at 0. The weight is e^-s.
    const [a, b] = [observed({ mono: [2], cross: [3] }), observed({ mono: [1], cross: [3] })];
    close(decide(uncertainty, [a]), 0.5);
    close(decide(uncertainty, [a, b]), logistic(0.00125));
  });

  it("arrives at one over the loss relative to its start", () => {
    const half = observed({ mono: new Array<number>(200).fill(1), cross: [3] });
    const shares = decide(uncertainty, [observed({ mono: [2], cross: [3] }), half, half, half]);
    expect(shares.mono / shares.cross).toBeCloseTo(2, 3);
  });
});

describe("gradNorm", () => {
  it("lowers the longer gradient and raises the shorter one", () => {
    // g = 3 and 1 by their mean 2: 1.5 and .5, target 1. w = 1 - .025 * 1.5 and 1 + .025 * .5, sum 1.975.
    const seen = observed({ mono: [2], cross: [2] }, { gradients: { mono: 3, cross: 1 } });
    close(decide(gradNorm, [seen]), 0.9625 / 1.975);
  });

  it("waits until every kind has had a gradient", () => {
    close(decide(gradNorm, [observed({ mono: [2] }, { gradients: { mono: 3 } })]), 0.5);
  });

  it("lets a kind that lags behind have the longer gradient", () => {
    // Equal norms; mono has fallen to .9 + .1 * .5 = .95 of its start, cross not at all: the targets are
    // (.95 / .975)^1.5 < 1 < (1 / .975)^1.5, so mono goes down and cross up, by .025 each.
    const gradients = { mono: 2, cross: 2 };
    const [a, b] = [
      observed({ mono: [2], cross: [2] }, { gradients: {} }),
      observed({ mono: [1], cross: [2] }, { gradients }),
    ];
    close(decide(gradNorm, [a, b]), 0.975 / 2);
  });
});

describe("devGap", () => {
  it("goes by the part of the baseline that is missing", () => {
    // Mono .3 of .5 lacks .4, cross .4 of .4 nothing: 5 * .4 apart, beside the prior's log(3 / 1).
    const own = { ...setting, start: of(0.75, 0.25), reference: of(0.5, 0.4) };
    close(decide(devGap, [observed({}, { dev: { mono: 0.3, cross: 0.4 } })], own), logistic(2 + Math.log(3)));
    close(decide(devGap, [observed({})], own), 0.75);
  });
});

describe("every rule", () => {
  const kinds: readonly BatchKind[] = ["mono", "cross", "multi"];
  const three = ofKinds({ mono: 0.5, cross: 0.3, multi: 0.2 });
  const own = {
    ...setting,
    kinds,
    start: three,
    reference: ofKinds({ mono: 0.5, cross: 0.4, multi: 0.3 }),
  };
  it.each(Object.entries(DECIDING))("%s: states survive JSON, inputs stay, shares sum to 1", (_, rule) => {
    let state = rule.init(own);
    for (let i = 0; i < 200; i++) {
      const losses = { mono: [3 / (i + 1), 1e-6], ...(i % 3 === 0 && { cross: [50] }), multi: [2] };
      const trained = ofKinds({ mono: 2 * i + 2, cross: Math.floor(i / 3) + 1, multi: i + 1 });
      const gradients = { mono: 1e-6, cross: 1e6, multi: 1 };
      const dev = { mono: 0.1, cross: 0.9, multi: 0.3 };
      const seen = { losses, trained, share: three, dev, gradients };
      const before = JSON.stringify([state, seen]);
      const [shares, next] = rule.next(state, seen, own);
      expect(JSON.stringify([state, seen])).toBe(before);
      expect(JSON.parse(JSON.stringify(next))).toEqual(next);
      expect(shares.mono + shares.cross + shares.multi).toBeCloseTo(1, 9);
      expect(Math.min(shares.mono, shares.cross, shares.multi)).toBeGreaterThanOrEqual(0);
      expect(shares.mixedMono).toBe(0);
      state = JSON.parse(JSON.stringify(next)) as unknown;
    }
  });
});
