// What a study's numbers stand on, in words: design, what was held equal, what a seed varies, devices, what is missing,
// what would change the verdict.
import { wholeText } from "../../numbersIn.ts";
import { namedMaker } from "../../record/maker.ts";
import { counted } from "../../counted.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import type { MetricAnalysis, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { evalTarget } from "../../spec/resolve.ts";
import { nextLook } from "../moreSeeds.ts";
import { BUDGETS, controlOf, type Study } from "../study.ts";
import { labelOf, sizeOf } from "./cellWords.ts";
import { leadFamily } from "./familyWords.ts";
import { metricName, sizeWords } from "./studyNumbers.ts";
import { capitalised } from "../../capitalised.ts";

/** "Three cells with 6 seeds each on cldr-emoji (dev, 11 languages), at equal steps; …" */
export function designWords(study: Study, { part, languages, metrics }: StudyAnalysis): string {
  const { cells, seeds, spec, primary, budget, smallestEffect } = study;
  const asked = metrics[0]!.families.map(({ asks }) => asks);
  const held = `held against ${labelOf(study, controlOf(study))}, seed by seed`;
  const whom = asked.includes("mean")
    ? `Each rule is held against its own mean held fixed${asked.includes("reversed") ? " and its own way backwards" : ""}, every other cell is ${held}`
    : `Each is ${held}`;
  return `${counted(cells.length, "cell")} with ${counted(seeds.length, "seed")} each on ${evalTarget(spec).datasetId} (${part}, ${counted(languages.length, "language")}), at equal ${BUDGETS[budget]}. ${whom}, in ${metricName(primary)} first; ${sizeWords(primary, smallestEffect)} is the smallest difference that counts.`;
}

/** Which of the three budgets came out equal, and between what the others lie. */
export function budgetWords(study: Study, { spent, equal }: StudyAnalysis): string[] {
  if (spent.length === 0) return [];
  return equal.map(({ budget, cells }) => {
    const all = spent.map((one) => one.spent[budget]);
    const [least, most] = [Math.min(...all), Math.max(...all)].map((n) => wholeText(Math.round(n)));
    const name = capitalised(BUDGETS[budget]);
    if (cells.length === spent.length)
      return `${name}: ${least === most ? most : `about ${most}`} in every cell.`;
    const others = cells.filter((cell) => cell !== controlOf(study)).map((cell) => labelOf(study, cell));
    const lacking = spent.flatMap(({ cell }) => (cells.includes(cell) ? [] : [labelOf(study, cell)]));
    const like =
      others.length === 0
        ? "no cell has"
        : lacking.length < others.length
          ? `all but ${lacking.join(", ")} have`
          : `only ${others.join(", ")} ${others.length === 1 ? "has" : "have"}`;
    const warning = budget === study.budget ? " They were to be equal and are not." : "";
    return `${name}: from ${least} to ${most}; ${like} as many as ${labelOf(study, controlOf(study))}.${warning}`;
  });
}

export const seedWords = ({ seedVaries }: StudyAnalysis): string =>
  seedVaries === "order"
    ? "A seed varies the order of batches and which languages are drawn; the encoder starts from the same weights in all."
    : "A seed varies the starting weights, the order of batches and which languages are drawn.";

/** Why a word may look as if it were not its interval's: both are tests of a family, at different ends. In the primary measure. */
export function intervalWords(study: Study, { metrics }: StudyAnalysis): string[] {
  const { smallestEffect: delta } = study;
  const told = metrics[0]!.families
    .flatMap(({ pairs }) => pairs)
    .map(({ against: { low = -Infinity, high = Infinity, verdict } }) => ({
      kind: verdict.kind,
      isInside: -delta < low && high < delta,
    }));
  const size = sizeOf(study, study.primary)!;
  return [
    ...(told.some(({ kind, isInside }) => kind === "same" && !isInside)
      ? [
          `“No difference larger than ${size}” is asked at one end at a time, each at 5 %: a 95 % interval may reach a little beyond, and the word still stand.`,
        ]
      : []),
    ...(told.some(({ kind, isInside }) => kind === "undecided" && isInside)
      ? [
          `Whether differences lie within ${size} is asked of all cells at once: one alone may look so by its interval and yet be undecided.`,
        ]
      : []),
  ];
}

/** What the intervals are over, and what they are silent on. */
export const SCOPE =
  "Intervals and p are over seeds: they speak of new seeds on the same questions, not of new questions, sets or encoders.";

export const partWords = ({ part }: StudyAnalysis): string | undefined =>
  part === "test"
    ? "These are numbers on the test part: nothing may be chosen by them any more."
    : part === "dev"
      ? "These are numbers on the dev part, which training leaves out: choices may be made by them, and the test part is still unseen."
      : undefined;

export function deviceWords({ devices, apart }: StudyAnalysis): string[] {
  const [only, ...others] = devices;
  const elsewhere = only && others.length === 0 ? engineOf(only.device) : undefined;
  if (elsewhere !== undefined) return [`Trained elsewhere, by ${elsewhere}.`, ...leftOut(apart)];
  if (devices.length < 2 && apart.length === 0) return [];
  const told = devices.map(
    ({ device, seeds }) =>
      `${engineOf(device) ?? device} (${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")})`,
  );
  const several =
    devices.length > 1
      ? [
          `Run on ${devices.length} devices, each seed’s cells held against each other on one: ${told.join("; ")}.`,
        ]
      : [];
  return [...several, ...leftOut(apart)];
}

const leftOut = (apart: readonly string[]): string[] =>
  apart.length === 0
    ? []
    : [`Left out, since most cells of their seed ran on another device: ${apart.join(", ")}.`];

/** Of a run that the lab did not train, what did: "sentence-transformers, CPU, 2 processes". */
function engineOf(device: string): string | undefined {
  const adapter = namedMaker(device)?.adapter;
  return adapter?.startsWith("sentence-transformers") ? adapter : undefined;
}

const SHOWN = 6;
/** Of the undecided cells. */
const NAMED = 3;

export function missingWords({ missing }: StudyAnalysis): string[] {
  if (missing.length === 0) return [];
  const shown = missing.slice(0, SHOWN).map(({ cell, seed, why }) => `${cell}, seed ${seed} (${why})`);
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : "";
  return [`${counted(missing.length, "run")} missing: ${shown.join("; ")}${more}.`];
}

/** Looks had and to come, and how many more seeds would decide on what is undecided. */
export function changeVerdictWords(study: Study, analysis: StudyAnalysis, primary: MetricAnalysis): string[] {
  const { complete, looks } = analysis;
  const have = complete.length;
  const said: string[] = [];
  const { pairs } = leadFamily(primary);
  const next = nextLook(study, have);
  const undecided = pairs
    .flatMap(({ cell, against: { verdict } }) =>
      verdict.more === undefined ? [] : [{ cell, more: verdict.more }],
    )
    .sort((a, b) => a.more - b.more);
  if (pairs.length > 0 && have < LEAST_SEEDS) {
    said.push(`A test needs ${LEAST_SEEDS} seeds in every cell: ${LEAST_SEEDS - have} more.`);
  } else if (next !== undefined) {
    said.push(`The next planned look is at ${next} seeds: ${next - have} more.`);
  }
  if (undecided.length > 0) {
    const told = undecided.slice(0, NAMED).map(({ cell, more }) => `${more} on ${labelOf(study, cell)}`);
    said.push(
      `If they scatter as these do, about ${counted(undecided[0]!.more, "more seed")} would decide on ${labelOf(study, undecided[0]!.cell)}${told.length > 1 ? `, ${told.slice(1).join(", ")}` : ""}.`,
    );
  }
  if (looks.all.length > 1) {
    const added =
      looks.added === 0
        ? ""
        : `, of which ${looks.added} came after the planned end and can find only what is left`;
    said.push(
      `Looks are counted: ${looks.had} of ${looks.all.length} were had, at ${looks.all.map(({ n }) => n).join(", ")} seeds${added}; they share the chance of error.`,
    );
  } else if (said.length > 0 && have >= LEAST_SEEDS) {
    said.push(
      "More seeds now are a second look: they find only what the first has left of the chance of error.",
    );
  }
  return said;
}
