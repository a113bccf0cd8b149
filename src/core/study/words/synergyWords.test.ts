import { describe, expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "../analysis/analyse.ts";
import { ALL_LANGUAGES } from "../analysis/languageGroups.ts";
import { synergyOf } from "../analysis/synergy.ts";

import type { Ratio } from "../../spec/batchKind.ts";
import type { MixtureDesign, Study } from "../study.ts";
import { mixtureCells, namedCells } from "../studyCells.ts";
import { studyReport } from "./studyReport.ts";
import { synergyHeadline, synergyTable, synergyWords } from "./synergyWords.ts";

type Values = (ratio: Ratio) => number;

/** Blends over German (high-resource) and Yoruba (low-resource). */
function blendStudy(mixture: MixtureDesign, nSeeds: number): Study {
  const cells = namedCells(mixtureCells(mixture), handStudy.spec);
  return {
    ...handStudy,
    spec: { ...handStudy.spec, languages: { ...handStudy.spec.languages, eval: ["de", "yo"] } },
    cells,
    mixture,
    controls: [cells[0]!.name],
    seeds: Array.from({ length: nSeeds }, (_, i) => i + 1),
  };
}

/** Every seed moves all cells alike; beside that cells scatter by 1e-4, which is 0 over a cell's seeds. */
function blendResult({ cells, seeds }: Study, { de, yo }: { readonly de: Values; readonly yo: Values }) {
  const runs = cells.flatMap(({ name: cell, changes }, c) =>
    seeds.map((seed, s) => {
      const more = (by: number) => 0.01 * seed + (((by * c + s) % 3) - 1) * 1e-4;
      const ratio = changes["batch.ratio"] as Ratio;
      const [high, low] = [de(ratio) + more(1), yo(ratio) + more(2)];
      const perLanguage = { de: { "map/cross": high }, yo: { "map/cross": low } };
      return handRun({ cell, seed, end: { values: { "map/cross": (high + low) / 2 }, perLanguage } });
    }),
  );
  return { runs, missing: [] };
}

const line: Values = ({ mono, cross, multi }) => 0.2 * mono + 0.3 * cross + 0.4 * multi;
const bent: Values = (ratio) => line(ratio) + 0.8 * ratio.mono * ratio.cross;
const primaryOf = (study: Study, values: Parameters<typeof blendResult>[1]) =>
  analyse(study, blendResult(study, values)).metrics[0]!;

describe("whether kinds of batch reinforce each other", () => {
  const study = blendStudy({ kind: "axial" }, 6);
  const low = primaryOf(study, { de: line, yo: bent });

  it("is answered for low- and for high-resource languages, by the best blend of a surface that fits", () => {
    // b = .8 > .1: best at 1/2 - .1 / 1.6 = .4375 of mono, .4531 there, .1531 above cross
    expect(synergyHeadline(low)).toMatch(
      /^Whether kinds of batch reinforce each other in Cr mAP: in the 1 low-resource language mono with cross does \(best near mono 43\.\d %: \+\.1531 \[\.15\d\d, \.15\d\d\] over the better alone\), mono with multi and cross with multi do not; in the 1 high-resource language no two do\.$/,
    );
    expect(synergyHeadline(primaryOf(study, { de: line, yo: line }))).toBe(
      "No two kinds of batch reinforce each other in Cr mAP, neither in the 1 low-resource language nor in the 1 high-resource language.",
    );
  });

  it("is told with b, its interval and verdict for every pair and group, and for how far the groups differ", () => {
    const { synergy } = low;
    // b of all languages is that of the mean of the two
    expect(synergy!.groups.map(({ pairs }) => Math.abs(Number(pairs[0]!.bend.mean.toFixed(3))))).toEqual([
      0.4, 0.8, 0,
    ]);
    expect(synergy!.gap!.map(({ bend }) => Math.abs(Number(bend.mean.toFixed(3))))).toEqual([0.8, 0, 0]);
    expect(synergy!.gap!.map(({ verdict }) => verdict)).toEqual(["differ", "alike", "alike"]);
    const words = synergyWords(study, low).join(" ");
    expect(words).toMatch(
      /In the 1 low-resource language: mono with cross \+\.80\d+ \[\.\d+, \.\d+\], a blend beats both;/,
    );
    expect(words).toMatch(
      /b of low-resource less high-resource languages: mono with cross \+\.80\d+ .*, not alike;/,
    );
    const table = synergyTable(study, low)!;
    expect(table.rows).toHaveLength(12);
    expect(table.rows[3]!.slice(0, 2)).toEqual(["low-resource (1)", "mono with cross"]);
    for (const format of ["markdown", "latex", "csv", "text"] as const) {
      const text = studyReport(study, analyse(study, blendResult(study, { de: line, yo: bent })), format);
      expect(text).toMatch(/a blend beats both/);
    }
  });

  it("rests on even blends alone where no surface fits, and says so", () => {
    // three kinds together are .2 better than any surface of two: halves of mono and cross lie on the line, no better than cross
    const humped: Values = (ratio) =>
      line(ratio) + (Math.min(ratio.mono, ratio.cross, ratio.multi) > 0 ? 0.2 : 0);
    const found = primaryOf(study, { de: humped, yo: humped });
    expect(found.synergy!.basis).toBe("cells");
    expect(synergyHeadline(found)).toBe(
      "No two kinds of batch reinforce each other at even halves in Cr mAP, neither in the 1 low-resource language nor in the 1 high-resource language. Other blends are not judged, since no quadratic surface fits.",
    );
    expect(found.synergy!.groups[0]!.pairs[0]!.bend.mean).toBeCloseTo(0, 10);
    // a lattice of thirds has no even blends
    const thirds = blendStudy({ kind: "lattice", parts: 3 }, 6);
    expect(primaryOf(thirds, { de: humped, yo: humped }).synergy).toBeUndefined();
  });

  it("is not tested with fewer than six seeds, nor before the first planned look", () => {
    const few = blendStudy({ kind: "centroid" }, 3);
    expect(synergyHeadline(primaryOf(few, { de: bent, yo: bent }))).toBe(
      "Whether kinds of batch reinforce each other in Cr mAP is not tested yet: too few seeds.",
    );
    const planned = { ...blendStudy({ kind: "centroid" }, 9), looks: [9, 12] };
    const result = blendResult(planned, { de: bent, yo: bent });
    const runs = result.runs.filter(({ seed }) => seed < 9);
    expect(
      analyse(planned, { runs, missing: [] }).metrics[0]!.synergy!.groups[0]!.pairs[0]!.verdict.kind,
    ).toBe("tooFew");
  });

  it("is found in at most 5 % of studies whose blends only just beat nothing, over all pairs of kinds", () => {
    const random = createRandom(54);
    const six = blendStudy({ kind: "centroid" }, 6);
    const STUDIES = 300;
    const found = Array.from({ length: STUDIES }, () => {
      // b_ij = |b_i - b_j| = 0: no blend beats its kinds, and none is behind
      const cells = six.cells.map(({ name }) => ({
        cell: name,
        seeds: six.seeds.map((seed) => ({ seed, value: random.normal() })),
      }));
      const all = [{ name: ALL_LANGUAGES, languages: 2, cells }];
      const { groups } = synergyOf(six, six.primary, all, undefined, true)!;
      return groups[0]!.pairs.some(({ verdict }) => verdict.kind === "beats");
    }).filter(Boolean).length;
    expect(found / STUDIES).toBeLessThan(0.05 + 3 * 0.0126); // sd of .05 in 300
  });
});
