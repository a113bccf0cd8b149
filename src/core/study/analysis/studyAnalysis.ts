// What a study found, as plain data: all that its card, tables and pictures show, recomputable from study and records.
// Computes nothing (analyse.ts) and holds no sentence (core/study/words).
import type { MixedKind } from "../mixtureCells.ts";
import type { BlockFit, LackOfFit } from "../stats/blockFit.ts";
import type { Blend, BlendFit } from "../stats/scheffe.ts";
import type { MeanCourse } from "./movingCells.ts";
import type { NewQuestions } from "./newQuestions.ts";
import type { Look } from "../stats/maxT.ts";
import type { StudyVerdict } from "../stats/studyVerdict.ts";
import type { BaselineKind, NoRun, Spent } from "../studyResult.ts";

export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

/** A mean over seeds; its interval is Student's t over them, and left out below three. */
export interface SeedMean {
  readonly n: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/** A cell against another, paired by seed: of the seeds up to the last look that was had. */
export interface CellDifference extends SeedMean {
  readonly seeds: readonly SeedValue[]; // cell minus the other
  /** Of its interval: of values that sign flips do not rule out, over its family and all looks; before the first look Student's t. */
  readonly kind: "signFlips" | "t";
  readonly p?: number; // exact sign flip, of this pair alone; at most `adjusted`
  readonly adjusted?: number; // over its family and all looks
  readonly among?: number; // pairs of its family, tested together
  readonly nTested?: number; // seeds that both p are of: a look that found a difference decides for good
  readonly verdict: StudyVerdict;
  /** Over seeds and questions both; of the primary measure, where values of single questions are kept. */
  readonly newQuestions?: NewQuestions;
}

export interface CellRow extends SeedMean {
  readonly cell: string;
  readonly seeds: readonly SeedValue[];
  readonly against?: CellDifference; // the first control, by the family that decides the pair; left out of itself, of controls made from a rule’s way, and where no seed has both
  /** Of its means by language, over seeds: the worst, and how far they scatter (SD). */
  readonly worst?: { readonly language: string; readonly mean: number };
  readonly spread?: number;
}

/** What stands beside the cells and was not trained in any: values that seeds may or may not move. */
export interface BesideRow extends SeedMean {
  readonly kind: "start" | BaselineKind;
  readonly label: string;
}

/** One cell over the languages of one group. */
export interface GroupCell extends SeedMean {
  readonly cell: string;
  readonly seeds: readonly SeedValue[];
}

/** Languages that are told apart, and what the cells have there. */
export interface LanguageGroup {
  readonly name: string; // "low-resource"
  readonly languages: readonly string[];
  readonly cells: readonly GroupCell[];
  readonly families: readonly ComparedFamily[]; // of the primary measure
}

/** The first group minus the second, in one cell. */
export interface GroupGap {
  readonly cell: string;
  readonly gap: SeedMean;
}

/**
 * What a family of comparisons asks: does a rule beat its own mean held fixed, its own way backwards; is a cell better than a
 * further control; than the first one.
 */
export type FamilyAsks = "mean" | "reversed" | "further" | "control";

/** Two cells, paired by seed. */
export interface ComparedPair {
  readonly cell: string;
  readonly other: string;
  readonly against: CellDifference; // cell minus other
}

/** Pairs that are decided together; of all families of a measure a pair is in one (families.ts). */
export interface ComparedFamily {
  readonly asks: FamilyAsks;
  readonly pairs: readonly ComparedPair[]; // of a further control all against the same
}

export interface MetricAnalysis {
  readonly metric: string; // path
  readonly rows: readonly CellRow[]; // in the order of the study's cells; a cell without a run has none
  readonly beside: readonly BesideRow[];
  readonly groups: readonly LanguageGroup[]; // empty where the set has only one, or none was asked for
  readonly gaps: readonly GroupGap[]; // of the first two groups
  readonly gapFamilies: readonly ComparedFamily[]; // how much more a cell gains in the first; of the primary measure
  readonly families: readonly ComparedFamily[]; // the first control's last
  readonly surface?: Surface; // of a mixture with cells enough
  readonly synergy?: Synergy; // the same, of the primary measure
  readonly curve?: Curve; // of cells on one axis
}

/** Scheffé's quadratic over mono, cross and multi (STUDIES 2), seeds as blocks. */
export interface Surface extends Pick<BlendFit, "b" | "se" | "error" | "df" | "lackOfFit"> {
  readonly seeds: number;
  /** The best fitted blend, on a grid of sixtieths. */
  readonly best: { readonly blend: Blend; readonly value: number; readonly se: number };
}

/** Two kinds of batch, and whether a blend of them beats both. */
export interface PairSynergy {
  readonly kinds: readonly [MixedKind, MixedKind];
  readonly bend: SeedMean; // Scheffé's b_ij
  /** The blend that is judged, and what it has more than the better of its kinds; left out where none is fitted to beat both. */
  readonly best?: { readonly share: number; readonly gain: SeedMean };
  readonly p?: number; // of this pair alone: that a blend beats both, or, where the verdict is "never", that none does
  readonly adjusted?: number; // over the three pairs (Holm)
  readonly verdict: {
    readonly kind: "tooFew" | "beats" | "never" | "undecided";
    readonly small?: true; // by less than delta
    readonly more?: number; // about so many seeds more would decide
  };
}

export interface SynergyGroup {
  readonly name: string; // "low-resource", ALL_LANGUAGES
  readonly languages: number;
  readonly lackOfFit?: LackOfFit; // of a quadratic surface over its cells
  readonly pairs: readonly PairSynergy[];
}

/** How far two groups differ in b_ij. */
export interface GapSynergy {
  readonly kinds: readonly [MixedKind, MixedKind];
  readonly bend: SeedMean;
  readonly p?: number;
  readonly adjusted?: number;
  readonly verdict: "tooFew" | "differ" | "alike" | "undecided";
}

/** Whether kinds of batch reinforce each other (STUDIES 2), by a quadratic surface or, where none fits, by the cells measured. */
export interface Synergy {
  readonly basis: "surface" | "cells";
  readonly seeds: number;
  readonly groups: readonly SynergyGroup[]; // all languages first
  readonly gap?: readonly GapSynergy[]; // low- less high-resource
}

/** A parabola along a response axis, seeds as blocks. */
export interface Curve extends Pick<BlockFit, "b" | "error" | "lackOfFit"> {
  readonly label: string; // of the axis
  readonly seeds: number;
  /** Left out where it lies at an end of what was measured, or beyond. */
  readonly best?: { readonly x: number; readonly value: number; readonly se: number };
}

/** What a cell's runs had, as means over its seeds. */
export interface CellSpent {
  readonly cell: string;
  readonly seeds: readonly number[]; // that were run
  readonly spent: Spent;
}

/** Cells that had as much of something as the control, within 1 %. */
export interface EqualUnder {
  readonly budget: keyof Spent;
  readonly cells: readonly string[]; // the control among them
}

/** Cells by one number that alone differs between them: the axis of a response curve. */
export interface ResponseAxis {
  readonly label: string; // "share of mono"
  readonly at: readonly { readonly cell: string; readonly x: number }[]; // ascending
}

/** Of two measures: cells that no other cell beats in both. */
export interface ParetoFront {
  readonly metrics: readonly [string, string];
  readonly cells: readonly string[];
}

/** A cell whose mix or weights move by a rule, beside the cell that holds what it had on average fixed. */
export interface RuleMean {
  readonly cell: string;
  readonly other?: string; // left out where no cell holds it
  readonly mean?: MeanCourse; // left out where its records do not say
}

export interface StudyAnalysis {
  readonly metrics: readonly MetricAnalysis[]; // the primary first, then Mo, Cr, Mul, rank distance, same-language share
  readonly spent: readonly CellSpent[];
  readonly equal: readonly EqualUnder[]; // one of each budget
  readonly response?: ResponseAxis;
  readonly pareto: readonly ParetoFront[];
  readonly rules: readonly RuleMean[]; // that have runs and no control made from their mean
  readonly part: string; // "dev" or "test", as in every table
  readonly languages: readonly string[]; // that were asked in
  /** Cells are compared within a seed, on one device. By device the seeds that it ran, most first. */
  readonly devices: readonly { readonly device: string; readonly seeds: readonly number[] }[];
  /** Keys of runs that were passed over: another device ran more cells of their seed. */
  readonly apart: readonly string[];
  readonly missing: readonly NoRun[];
  /** Seeds that every cell with runs has. */
  readonly complete: readonly number[];
  /** Numbers of seeds and alpha spent by each, those added after the planned end among them; and how many were had. */
  readonly looks: { readonly all: readonly Look[]; readonly added: number; readonly had: number };
  /** What differs between seeds: with a pretrained start the weights do not. */
  readonly seedVaries: "order" | "weights and order";
}
