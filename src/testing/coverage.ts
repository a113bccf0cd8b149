// How often an interval over questions holds the truth: invented questions whose mean is known, for tests of intervals.
import { createRandom, type Random } from "../core/random.ts";
import { createBootstrap } from "../core/stats/bootstrap.ts";
import { clusterSums } from "../core/stats/clusterSums.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { finishResampling } from "../core/stats/resampling.ts";

const METRIC = "map/multi";

/** One cluster's values: of each language those of its questions. */
type Draw = (random: Random) => readonly (readonly number[])[];

export interface Law {
  readonly draw: Draw;
  readonly minus?: (random: Random, first: ReturnType<Draw>) => ReturnType<Draw>; // the other run of a comparison
  readonly mean: number; // true one
}

/** Skewed as average precision is: few questions that are answered well among many that are not, or the other way round. */
export const LAWS: Readonly<Record<string, Law>> = {
  // E[1/G] of a geometric rank = p ln(1/p) / (1 - p)
  "one over a rank": {
    draw: (random) => [[1 / Math.ceil(Math.log(1 - random.next()) / Math.log(1 - 0.08) || 1)]],
    mean: (0.08 * Math.log(1 / 0.08)) / 0.92,
  },
  "mostly low": { draw: (random) => [[random.next() ** 5]], mean: 1 / 6 },
  "mostly high": { draw: (random) => [[1 - random.next() ** 9]], mean: 0.9 },
  // A paragraph's difficulty, shared by one to four questions in two languages, of which the second lacks every third.
  paragraphs: {
    draw(random) {
      const easy = random.next() ** 3;
      const questions = (n: number) => Array.from({ length: n }, () => easy * random.next());
      const n = 1 + random.int(4);
      return [questions(n), random.next() < 1 / 3 ? [] : questions(n)];
    },
    mean: 1 / 8,
  },
  "a difference": {
    draw: (random) => [[random.next() ** 5]],
    minus: (random, first) => first.map((of) => of.map((value) => value * (random.next() < 0.2 ? 0 : 1))),
    mean: 0.2 / 6,
  },
};

function queriesOf(clusters: readonly ReturnType<Draw>[]): QueryValues {
  const cells = clusters.flatMap((cluster, c) =>
    cluster.flatMap((values, lang) => values.map((value) => ({ c, lang, value }))),
  );
  const nLangs = clusters[0]!.length;
  return {
    languages: Array.from({ length: nLangs }, (_, lang) => `l${lang}`),
    queryLangs: Uint16Array.from(cells, ({ lang }) => lang),
    clusters: Int32Array.from(cells, ({ c }) => c),
    crossPools: new Int32Array(nLangs).fill(1),
    values: { [METRIC]: Float32Array.from(cells, ({ value }) => value) },
  };
}

export interface Coverage {
  readonly covered: number; // share of the samples
  readonly width: number; // mean
}

/** @param studentisedBelow as `createBootstrap` has it */
export function coverageOf(
  { draw, minus, mean }: Law,
  nClusters: number,
  samples: number,
  options: { readonly resamples: number; readonly studentisedBelow?: number },
): Coverage {
  let [covered, width] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const random = createRandom(sample).fork(nClusters);
    const first = Array.from({ length: nClusters }, () => draw(random));
    const second = minus && queriesOf(first.map((cluster) => minus(random, cluster)));
    const sums = clusterSums(queriesOf(first), [METRIC], second);
    const bootstrap = createBootstrap(sums, random, options.resamples, options.studentisedBelow);
    const { low, high } = finishResampling(bootstrap)[METRIC]!.overall!;
    if (low <= mean && mean <= high) covered++;
    width += (high - low) / samples;
  }
  return { covered: covered / samples, width };
}
