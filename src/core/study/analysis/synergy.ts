// Whether kinds of batch reinforce each other, in all languages and in each group: the contrasts of stats/synergy.ts with their
// verdicts. Fits nothing.
import { findMetric } from "../../metrics/metricTable.ts";
import { studentUpper } from "../../stats/distributions.ts";
import { holmAdjusted } from "../../stats/holm.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { MIXED_KINDS } from "../mixtureCells.ts";
import type { LackOfFit } from "../stats/blockFit.ts";
import { looksHad } from "../stats/looks.ts";
import type { Look } from "../stats/maxT.ts";
import { MOST_SEEDS } from "../stats/planner.ts";
import { fitBlends } from "../stats/scheffe.ts";
import { measuredSynergies, synergies, type BlendSynergy, type Contrast } from "../stats/synergy.ts";
import type { Study } from "../study.ts";
import { looksOf, smallestOf } from "./cellVerdicts.ts";
import { blendCells, type BlendCells } from "./surface.ts";
import type { GapSynergy, PairSynergy, SeedMean, SeedValue, Synergy, SynergyGroup } from "./studyAnalysis.ts";

/** Values of every cell over some languages. */
export interface SynergyCells {
  readonly name: string;
  readonly languages: number;
  readonly cells: readonly { readonly cell: string; readonly seeds: readonly SeedValue[] }[];
}

interface Fitted {
  readonly pairs: readonly BlendSynergy[];
  readonly lackOfFit?: LackOfFit | undefined;
}

const ALPHA = 0.05;
/** Quantiles of α and of a power of .8: how many seeds a contrast as large as this would take. */
const REACH = 1.645 + 0.842;
/** b_ij is so many times what the even blend has more than the mean of its kinds. */
const EVEN = 4;

/**
 * Scheffé's b_ij of each two kinds, seeds as blocks. Where a quadratic surface does not fit one of the groups, all are judged by
 * the pure kinds and their even blends as measured. The three pairs of a group are one family (Holm), each group its own; of
 * each look a claim may take what the look adds to the α spent, and what one has found stands. Fewer than six seeds are a look.
 *
 * @param gaps the first group minus the second, where there are two
 * @returns undefined where the study is no mixture, or nothing can be fitted
 */
export function synergyOf(
  study: Study,
  metric: string,
  groups: readonly SynergyCells[],
  gaps: SynergyCells["cells"] | undefined,
  isOver: boolean,
): Synergy | undefined {
  const all = groups.map(({ cells }) => blendCells(study, cells));
  if (all.some((one) => one === undefined)) return undefined;
  const given = all as BlendCells[];
  const seeds = Math.min(...given.map((one) => one.seeds.length));
  const lessIsBetter = findMetric(metric)?.better === "lower";
  const surfaces = given.map(({ blends, values }) => fitBlends(blends, values));
  if (surfaces.some(({ error }) => error === 0)) return undefined;
  const basis = surfaces.every(({ lackOfFit }) => !lackOfFit || lackOfFit.p >= ALPHA) ? "surface" : "cells";
  const fitted = ({ blends, values }: BlendCells, n: number): Fitted | undefined => {
    const seen = values.map((row) => row.slice(0, n));
    if (basis === "cells") {
      const pairs = measuredSynergies(blends, seen, lessIsBetter);
      return pairs && { pairs };
    }
    const fit = fitBlends(blends, seen);
    return { pairs: synergies(fit, lessIsBetter), lackOfFit: fit.lackOfFit };
  };
  const looks = looksHad(looksOf(study, isOver ? seeds : undefined), seeds);
  const had = seeds < LEAST_SEEDS ? [] : looks;
  const last = had.at(-1)?.n ?? seeds;
  const delta = smallestOf(study, metric);
  const atLooks = (cells: BlendCells) => had.map((look) => ({ look, fit: fitted(cells, look.n)! }));
  const told: SynergyGroup[] = [];
  for (const [i, { name, languages }] of groups.entries()) {
    const shown = fitted(given[i]!, last);
    if (!shown) return undefined;
    const pairs = pairsOf(shown, atLooks(given[i]!), { basis, n: last, delta });
    const { lackOfFit } = surfaces[i]!;
    told.push({ name, languages, pairs, ...(lackOfFit && { lackOfFit }) });
  }
  const between = gaps && blendCells(study, gaps);
  const gapCells = between && fitBlends(between.blends, between.values).error > 0 ? between : undefined;
  const gap = gapCells && fitted(gapCells, last);
  return {
    basis,
    seeds: last,
    groups: told,
    ...(gap && gapCells && { gap: gapsOf(gap, atLooks(gapCells), last, delta) }),
  };
}

type AtLook = { readonly look: Look; readonly fit: Fitted };

const seedMeanOf = (n: number, { value: mean, low, high }: Contrast): SeedMean => ({ n, mean, low, high });
const namesOf = ({ kinds: [i, j] }: BlendSynergy) => [MIXED_KINDS[i]!, MIXED_KINDS[j]!] as const;

/** The look at which each of a family’s claims was first found; p of that one, or of the last. */
function claimed(atLooks: readonly AtLook[], pOf: (pair: BlendSynergy) => number, nPairs: number) {
  let before = 0;
  const found: (number | undefined)[] = Array.from({ length: nPairs }, () => undefined);
  let p: number[] = [];
  for (const { look, fit } of atLooks) {
    p = holmAdjusted(fit.pairs.map(pOf));
    for (const [i, one] of p.entries()) if (one <= look.spent - before) found[i] ??= one;
    before = look.spent;
  }
  return { isFound: found.map((one) => one !== undefined), p: p.map((one, i) => found[i] ?? one) };
}

function pairsOf(
  { pairs }: Fitted,
  atLooks: readonly AtLook[],
  { basis, n, delta }: { basis: Synergy["basis"]; n: number; delta: number | undefined },
): PairSynergy[] {
  const claimOf = (pair: BlendSynergy) => (basis === "cells" ? pair.half : pair.some);
  const beats = claimed(atLooks, (pair) => claimOf(pair).beats, pairs.length);
  const never = claimed(atLooks, (pair) => claimOf(pair).never, pairs.length);
  return pairs.map((pair, i): PairSynergy => {
    const claim = claimOf(pair);
    const kind =
      atLooks.length === 0 ? "tooFew" : beats.isFound[i] ? "beats" : never.isFound[i] ? "never" : "undecided";
    const { gain, share } = claim;
    const isSmall = gain && delta !== undefined && Math.max(-gain.low, gain.high) < delta;
    const more = kind === "undecided" ? moreSeeds(claim.t, n) : undefined;
    const [p, adjusted] = kind === "never" ? [claim.never, never.p[i]] : [claim.beats, beats.p[i]];
    return {
      kinds: namesOf(pair),
      bend: seedMeanOf(n, pair.bend),
      ...(gain && share !== undefined && { best: { share, gain: seedMeanOf(n, gain) } }),
      ...(adjusted !== undefined && { p, adjusted }),
      verdict: { kind, ...(isSmall && { small: true }), ...(more !== undefined && { more }) },
    };
  });
}

/** A contrast in standard errors grows with the root of n. */
function moreSeeds(t: number, n: number): number | undefined {
  const needed = Math.ceil(n * (REACH / t) ** 2);
  return needed > MOST_SEEDS ? undefined : Math.max(1, needed - n);
}

/** Whether two groups differ in b_ij: two-sided, Holm over the three pairs; or by no more than puts an even blend δ apart. */
function gapsOf(
  { pairs }: Fitted,
  atLooks: readonly AtLook[],
  n: number,
  delta: number | undefined,
): GapSynergy[] {
  const differs = claimed(atLooks, ({ bend }) => pOfZero(bend), pairs.length);
  const alike = claimed(
    atLooks,
    ({ bend }) => (delta === undefined ? 1 : pWithin(bend, EVEN * delta)),
    pairs.length,
  );
  return pairs.map((pair, i): GapSynergy => {
    const kind =
      atLooks.length === 0
        ? "tooFew"
        : differs.isFound[i]
          ? "differ"
          : alike.isFound[i]
            ? "alike"
            : "undecided";
    const adjusted = differs.p[i];
    return {
      kinds: namesOf(pair),
      bend: seedMeanOf(n, pair.bend),
      ...(adjusted !== undefined && { p: pOfZero(pair.bend), adjusted }),
      verdict: kind,
    };
  });
}

const pOfZero = ({ value, se, df }: Contrast): number => 2 * studentUpper(Math.abs(value) / se, df);

/** The larger of two one-sided p that it is `size` or more either way. */
const pWithin = ({ value, se, df }: Contrast, size: number): number =>
  studentUpper((size - Math.abs(value)) / se, df);
