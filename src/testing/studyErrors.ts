// How often the words of a study are wrong, and how often they are said at all: invented studies with a known truth.
import { createRandom } from "../core/random.ts";
import type { Look } from "../core/study/stats/maxT.ts";
import { powerOf, simulatedPower } from "../core/study/stats/planner.ts";
import { simulateStudy } from "../core/study/stats/simulatedStudy.ts";
import { verdictKinds } from "../core/study/stats/studyVerdict.ts";

export interface ErrorCase {
  readonly cells: number;
  readonly looks: readonly Look[];
  readonly delta: number; // in SDs of the paired difference
  /** True differences of the cells, in deltas, in turn. */
  readonly truth: readonly number[];
}

/** Shares of studies in which any cell has the word, and of cells. */
export interface Said {
  readonly any: number;
  readonly cells: number;
}

export interface ErrorRow {
  readonly differs: Said; // better or worse
  readonly same: Said; // no difference larger than delta
  readonly undecided: Said;
  /** What the planner says of `differs.cells`; left out where the truth is 0 or not one. */
  readonly promised?: number;
}

export function errorRow({ cells, looks, delta, truth }: ErrorCase, studies: number): ErrorRow {
  const random = createRandom(0).fork("studyErrors");
  const seeds = looks.at(-1)!.n;
  const effects = Array.from({ length: cells }, (_, k) => truth[k % truth.length]! * delta);
  const counts = { differs: [0, 0], same: [0, 0], undecided: [0, 0] };
  for (let i = 0; i < studies; i++) {
    const study = simulateStudy(random, { seeds, effects });
    const kinds = verdictKinds({ cells: study, delta, lessIsBetter: false, looks }).map(({ kind }) =>
      kind === "better" || kind === "worse" ? "differs" : kind,
    );
    for (const [word, count] of Object.entries(counts)) {
      const said = kinds.filter((kind) => kind === word).length;
      count[0]! += said > 0 ? 1 : 0;
      count[1]! += said;
    }
  }
  const shareOf = ([any, all]: number[]): Said => ({ any: any! / studies, cells: all! / studies / cells });
  const effect = effects[0]!;
  const promised =
    looks.length === 1 ? powerOf(effect, seeds, cells) : simulatedPower(effect, looks, cells, studies);
  return {
    differs: shareOf(counts.differs),
    same: shareOf(counts.same),
    undecided: shareOf(counts.undecided),
    ...(truth.length === 1 && effect > 0 && { promised }),
  };
}
