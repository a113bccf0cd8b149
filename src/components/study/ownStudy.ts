// A study from the few choices of its form, over the settings of the recipe. Checks nothing: parseStudy does.
import { AGE } from "../../core/age.ts";
import { SpecError } from "../../core/inputError.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { FIELDS, fieldAt, SPEC_PATHS } from "../../core/spec/fields.ts";
import { findPreset } from "../../core/spec/presets.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../../core/spec/spec.ts";
import { parseStudy } from "../../core/study/parseStudy.ts";
import { STUDY_SCHEMA, type Budget, type Study } from "../../core/study/study.ts";
import { capitalised } from "../../core/capitalised.ts";

/** What differs between cells. */
export type OwnDesign = "mixes" | "centroid" | "axial" | "lattice" | "share" | "settings";

export interface OwnChoices {
  readonly question: string;
  readonly design: OwnDesign;
  /** Settings and their values, written with commas between them; a second one crosses the first. */
  readonly factors: readonly { readonly path: SpecPath; readonly values: string }[];
  readonly shares: string; // of monolingual batches, the rest cross-lingual
  readonly seeds: number;
  readonly budget: Budget;
  readonly primary: string;
  readonly smallestEffect: number;
  readonly control: string; // "" for the first cell
}

export const FIRST_CHOICES: OwnChoices = {
  question: "",
  design: "mixes",
  factors: [{ path: "batch.size", values: "64, 128, 256" }],
  shares: "0, 0.1, 0.2, 0.5, 1",
  seeds: 6,
  budget: "steps",
  primary: "map/multi",
  smallestEffect: 0.005,
  control: "",
};

export const DESIGNS: Readonly<Record<OwnDesign, string>> = {
  mixes: "the mix: cross-lingual, monolingual, hybrid",
  centroid: "the triangle of mixes, 7 cells",
  axial: "the triangle of mixes, 10 cells",
  lattice: "the triangle of mixes, 15 cells",
  share: "the share of monolingual batches",
  settings: "one or two settings",
};

/** Settings that take one value each. What a cell may not set, and what the tests hang on, is none of them. */
export const FACTOR_PATHS: readonly SpecPath[] = SPEC_PATHS.filter((path) => {
  const { type } = fieldAt(path);
  const isOne = type === "number" || type === "choice" || type === "boolean" || type === "id";
  return isOne && !["seed", "compute.backend", "data.eval", "data.split", "data.liveQueries"].includes(path);
});

/** @throws SpecError in one sentence that says what would be right */
export function ownStudy(choices: OwnChoices, spec: ExperimentSpec): Study {
  const { question, design, factors, shares, seeds, budget, primary, smallestEffect, control } = choices;
  const asked = question.trim();
  const file = {
    schema: STUDY_SCHEMA,
    format: AGE,
    title: asked === "" ? titleOf(choices) : asked.slice(0, 80),
    question: asked === "" ? `What does ${whatOf(choices)} do?` : asked,
    spec,
    ...designOf(design, factors, shares),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    budget,
    primary,
    smallestEffect,
    ...(control !== "" && { controls: [control] }),
  };
  return parseStudy(file, "this study");
}

function designOf(design: OwnDesign, factors: OwnChoices["factors"], shares: string): object {
  switch (design) {
    case "mixes":
      return { cells: MIXES.map(mixCell) };
    case "centroid":
    case "axial":
      return { mixture: { kind: design } };
    case "lattice":
      return { mixture: { kind: "lattice", parts: 4 } };
    case "share":
      return {
        cells: listed(shares).map((text) => {
          const mono = shareOf(text);
          const cross = Number((1 - mono).toFixed(6));
          return { changes: { "batch.ratio": ofKinds({ mono, cross }) } };
        }),
      };
    case "settings":
      return {
        factors: factors.map(({ path, values }) => ({
          path,
          values: listed(values).map((text) => valueOf(path, text)),
        })),
      };
    default:
      return design satisfies never;
  }
}

/** The first is what the others are held against. */
const MIXES = ["cross", "mono", "hybrid"];

function mixCell(name: string): object {
  const { label, sets, spec } = findPreset(name)!;
  return { name, label, changes: Object.fromEntries(sets.map((path) => [path, readPath(spec, path)])) };
}

const listed = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

function shareOf(text: string): number {
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new SpecError(
    `“${text.slice(0, 20)}” is no share; write numbers from 0 to 1 with commas between them, such as 0, 0.1, 0.5`,
  );
}

/** As the field takes it; what it does not take is refused with the field's own sentence. */
function valueOf(path: SpecPath, text: string): unknown {
  const { type } = fieldAt(path);
  if (type === "number") return Number.isNaN(Number(text)) ? text : Number(text);
  if (type === "boolean") return text === "true" || text === "false" ? text === "true" : text;
  return text;
}

const whatOf = ({ design, factors }: OwnChoices): string =>
  design === "settings"
    ? factors.map(({ path }) => FIELDS[path].label.toLowerCase()).join(" with ")
    : DESIGNS[design].replace(/[,:] .*$/, "");

function titleOf(choices: OwnChoices): string {
  return capitalised(whatOf(choices));
}
