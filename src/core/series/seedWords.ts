// What a comparison says of seeds, in words: the same on the page, on the command line and in tables. Computes nothing.
import { LEAST_SCATTER } from "./interval.ts";
import { LEAST_SEEDS, type SeedDifference, type SeedRelation, type SeedVerdict } from "./comparedSeeds.ts";

/** The first words about two runs of one seed each. */
export const ONE_SEED_EACH = "One seed each: this says nothing of other seeds.";
/** About one run. */
export const ONE_SEED = "One seed: this says nothing of other seeds.";

/** The first words of a comparison, before any number; of groups what the numbers over seeds are. */
export function relationWords(relation: SeedRelation): string {
  switch (relation.kind) {
    case "same":
      return sameWords(relation);
    case "single":
      return ONE_SEED_EACH;
    case "groups": {
      const [a, b] = relation.seeds;
      return relation.pairs ? `Over ${a} seeds each, paired by seed.` : `Over ${a} and ${b} seeds, unpaired.`;
    }
    default:
      return relation satisfies never;
  }
}

function sameWords({ seed, device }: SeedRelation & { kind: "same" }): string {
  if (seed && device)
    return "Same experiment on two devices; this is how much a seed and the device move it.";
  if (seed) return "Same experiment; this is how much a seed moves it.";
  if (device) return "Same experiment and seed; this is how much the device moves it.";
  return "Same experiment, seed and device: the same run twice.";
}

/** "too few seeds to test", "better", "worse", "undecided; about 4 more seeds would decide": of the first run. */
export function verdictWords(verdict: SeedVerdict): string {
  switch (verdict.kind) {
    case "tooFew":
      return "too few seeds to test";
    case "better":
    case "worse":
      return verdict.kind;
    case "undecided": {
      const { more } = verdict;
      if (more === undefined) return "undecided; more than 200 more seeds would be needed";
      return `undecided; about ${more} more seed${more === 1 ? "" : "s"} would decide`;
    }
    default:
      return verdict satisfies never;
  }
}

/**
 * What would settle a comparison that does not.
 * @param seeds of the smaller group
 * @param difference over them; undefined for one seed
 * @returns one sentence; undefined where all is said
 */
export function settlingWords(seeds: number, difference: SeedDifference | undefined): string | undefined {
  if (difference && difference.verdict.kind !== "tooFew" && difference.verdict.kind !== "undecided")
    return undefined;
  const missing = LEAST_SEEDS - seeds;
  const least = missing > 0 ? `A test needs ${LEAST_SEEDS} seeds of each: ${missing} more` : "";
  if (!difference || seeds < LEAST_SCATTER) return `${least}.`;
  const { settledBy } = difference;
  const scatter = "if they scatter as these do";
  if (settledBy === undefined) {
    return least === ""
      ? `Even 200 more of each would not settle it, ${scatter}.`
      : `${least}; even 200 more would not settle it, ${scatter}.`;
  }
  if (settledBy === missing) return `${least}; ${scatter}, that settles it.`;
  return least === ""
    ? `About ${settledBy} more of each would settle it, ${scatter}.`
    : `${least}; about ${settledBy} would settle it, ${scatter}.`;
}
