// The named starting points of a spec. Each owns the fields that its name speaks of and differs from the defaults there only.
import type { Age } from "../age.ts";
import { ofKinds, type Ratio } from "./batchKind.ts";
import { impliedAt } from "./fieldAge.ts";
import { FIELDS, SPEC_PATHS } from "./fields.ts";
import {
  readPath,
  withChanges,
  withPath,
  type ExperimentSpec,
  type SpecChanges,
  type SpecPath,
  type SpecValue,
} from "./spec.ts";

export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly group: "any" | "paper"; // on any data, or the paper's experiment on its own
  readonly spec: ExperimentSpec;
  readonly sets: readonly SpecPath[]; // what it owns; in `spec` the other fields are at their defaults
  /** What it once said, oldest first: a link older than `until` means that. Never changed once released. */
  readonly formerly?: readonly { readonly until: Age; readonly changes: SpecChanges }[];
  /** The preset of the same mix at its full length: the page shows the two as one. */
  readonly lengthOf?: string;
}

/** Every field at its default. */
export const DEFAULT_SPEC: ExperimentSpec = SPEC_PATHS.reduce(
  (spec, path) => withPath(spec, path, FIELDS[path].default),
  {} as ExperimentSpec,
);

function preset(
  name: string,
  label: string,
  help: string,
  changes: SpecChanges,
  group: Preset["group"] = "any",
): Preset {
  return {
    name,
    label,
    help,
    group,
    sets: Object.keys(changes) as SpecPath[],
    spec: withChanges(DEFAULT_SPEC, changes),
  };
}

/** A mix is its ratio, from the first step to the last. */
const mix = (ratio: Partial<Ratio>) => ({ "batch.ratio": ofKinds(ratio), "batch.schedule": "constant" });
const HYBRID = mix({ mono: 0.5, cross: 0.5 });

/** The paper's experiment in minutes: an aligned transformer, trained on XQuAD-R's training articles. */
const PAPER = {
  "data.train": "xquad-r",
  "data.eval": "same",
  "encoder.id": "distilled-small-spread",
  "encoder.maxTokens": 64,
  "optimizer.learningRate": 1e-4,
  "batch.size": 32,
  steps: 40,
  evalEvery: 20,
} as const;
const paper = (name: string, label: string, help: string, ratio: SpecChanges): Preset => ({
  ...preset(name, label, help, { ...ratio, ...PAPER }, "paper"),
  formerly: [{ until: 9, changes: { "encoder.id": "distilled-small" } }],
});

export const PRESETS: readonly Preset[] = [
  {
    ...preset(
      "quickstart",
      "Quick start",
      "Half monolingual, half cross-lingual batches, 150 steps: about half a minute on a laptop.",
      { ...HYBRID, steps: 150, evalEvery: 25 },
    ),
    formerly: [{ until: 10, changes: { steps: 200, evalEvery: 20 } }],
    lengthOf: "hybrid",
  },
  preset(
    "mono",
    "Monolingual",
    "Every batch holds one language. Good within a language, blind between them.",
    mix({ mono: 1 }),
  ),
  preset(
    "cross",
    "Cross-lingual",
    "Every row pairs two languages. Pulls languages together.",
    mix({ cross: 1 }),
  ),
  preset(
    "hybrid",
    "Hybrid",
    "The paper’s mix, half and half. Each step is monolingual or cross-lingual with equal chance.",
    HYBRID,
  ),
  preset("multi", "Multilingual", "A query has right answers in several languages.", mix({ multi: 1 })),
  preset(
    "mixed-mono",
    "Mixed monolingual (control)",
    "Languages share a batch but never a row. LAReQA’s negative control: the language gives the answer away.",
    mix({ mixedMono: 1 }),
  ),
  paper(
    "paper-mono",
    "Paper: monolingual",
    "A small transformer on XQuAD-R, each batch in one language: what the paper’s row “mono” does.",
    mix({ mono: 1 }),
  ),
  paper(
    "paper-cross",
    "Paper: cross-lingual",
    "The same, each row a pair of languages: the paper’s row “cross”.",
    mix({ cross: 1 }),
  ),
  paper("paper-hybrid", "Paper: hybrid", "The same with the paper’s mix, half and half.", HYBRID),
];

export const DEFAULT_PRESET = PRESETS.find((p) => p.name === "quickstart")!;

/** What a lab of that age did where a link names the preset and leaves the field out. */
export function presetAt({ sets, spec, formerly = [] }: Preset, path: SpecPath, age: Age): SpecValue {
  if (!sets.includes(path)) return impliedAt(path, age);
  const then = formerly.find(({ until, changes }) => age < until && path in changes);
  return then?.changes[path] ?? readPath(spec, path);
}

/** A spec with the fields that the preset owns as the preset has them, and all others as they were. */
export function withPreset(spec: ExperimentSpec, preset: Preset): ExperimentSpec {
  return preset.sets.reduce((now, path) => withPath(now, path, readPath(preset.spec, path)), spec);
}

/** What a preset is called on the form: one in a shorter length by its mix. */
export function formLabel(name: string): string {
  const preset = findPreset(name);
  return findPreset(preset?.lengthOf ?? name)?.label ?? name;
}

export function findPreset(name: string): Preset | undefined {
  return PRESETS.find((p) => p.name === name);
}
