// In which languages a question is answered, given those that hold its concept: drawn, and how likely each is.
import type { Random } from "../random.ts";
import { kindFacts, type BatchKind } from "../spec/batchKind.ts";
import { drawDistinct, drawSet, fitSet, inclusionOf, isEven } from "./languageSet.ts";
import { pairShares } from "./pairShares.ts";

/** @param holders ascending; those of the batch's languages that hold an answer, enough of them for the kind */
export interface AnswerLaw {
  /** One language a passage. */
  draw(kind: BatchKind, x: number, holders: readonly number[], random: Random): readonly number[];
  /** The probability of each holder to be among them. */
  chances(kind: BatchKind, x: number, holders: readonly number[]): readonly number[];
}

/**
 * Another language is drawn as `pairShares` says, several are `positives` of them, each as often as its share
 * asks where one passage a row can do that (`fitSet`). Both given that they hold the concept.
 *
 * @param among shares of the batch's languages, 0 for all others
 */
export function createAnswerLaw(among: readonly number[], positives: number): AnswerLaw {
  let pairs: ReturnType<typeof pairShares> | undefined;
  let fitted: readonly number[] | undefined;
  const known = new Map<string, readonly number[]>(); // holders -> chances of several
  const even = isEven(among);
  /** Weights of an answer in another language, as long as `among`. */
  const anotherWeights = (x: number, holders: readonly number[]): number[] => {
    pairs ??= pairShares(among);
    const { answer, foremost } = pairs;
    const isLone = foremost !== undefined && foremost !== x && holders.includes(foremost);
    return weightsOf(isLone ? [foremost] : holders.filter((y) => y !== x), answer);
  };
  const anotherChances = (x: number, holders: readonly number[]): number[] => {
    const weights = anotherWeights(x, holders);
    const total = weights.reduce((a, b) => a + b, 0);
    return holders.map((y) => weights[y]! / total);
  };
  const severalChances = () => (fitted ??= fitSet(among, positives));
  return {
    draw(kind, x, holders, random) {
      switch (kindFacts(kind).answers) {
        case "own":
          return [x];
        case "another":
          return [random.weighted(anotherWeights(x, holders))];
        case "several":
          if (!even) return drawSet(severalChances(), holders, positives, random);
          return drawDistinct(weightsOf(holders, among), positives, random);
      }
    },
    chances(kind, x, holders) {
      switch (kindFacts(kind).answers) {
        case "own":
          return holders.map((y) => (y === x ? 1 : 0));
        case "another":
          return anotherChances(x, holders);
        case "several": {
          if (even) return holders.map(() => positives / holders.length);
          const key = holders.join();
          const own = holders.map((y) => severalChances()[y]!);
          const found = known.get(key) ?? inclusionOf(own, positives);
          known.set(key, found);
          return found;
        }
      }
    },
  };
}

/** Those of the chosen, 0 for all others. */
function weightsOf(chosen: readonly number[], weights: readonly number[]): number[] {
  const own = weights.map(() => 0);
  for (const y of chosen) own[y] = weights[y]!;
  return own;
}
