// The named starting points of a spec. Each differs from the field defaults only in what its name says.
import type { Ratio } from "./batchKind.ts";
import { FIELDS, SPEC_PATHS } from "./fields.ts";
import { withPath, type ExperimentSpec, type SpecPath, type SpecValue } from "./spec.ts";

export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly spec: ExperimentSpec;
  readonly sets: readonly SpecPath[]; // what its name says; the other fields are at their defaults
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
  changes: Partial<Record<SpecPath, SpecValue>>,
): Preset {
  const entries = Object.entries(changes) as [SpecPath, SpecValue][];
  return {
    name,
    label,
    help,
    sets: entries.map(([path]) => path),
    spec: entries.reduce((spec, [path, value]) => withPath(spec, path, value), DEFAULT_SPEC),
  };
}

const only = (kind: keyof Ratio): Ratio => ({ mono: 0, cross: 0, multi: 0, mixedMono: 0, [kind]: 1 });

export const PRESETS: readonly Preset[] = [
  preset(
    "quickstart",
    "Quick start",
    "Half monolingual, half cross-lingual batches, 200 steps: about half a minute on a laptop.",
    {
      steps: 200,
      evalEvery: 20,
    },
  ),
  preset(
    "mono",
    "Monolingual",
    "Every batch holds one language. Good within a language, blind between them.",
    {
      "batch.ratio": only("mono"),
    },
  ),
  preset("cross", "Cross-lingual", "Every row pairs two languages. Pulls languages together.", {
    "batch.ratio": only("cross"),
  }),
  preset(
    "hybrid",
    "Hybrid",
    "The paper’s mix: each step is monolingual or cross-lingual with equal chance.",
    {},
  ),
  preset("multi", "Multilingual", "Each query has right answers in several languages at once.", {
    "batch.ratio": only("multi"),
  }),
  preset(
    "mixed-mono",
    "Mixed monolingual (control)",
    "LAReQA’s negative control: languages share a batch but never a row, so the language gives the answer away.",
    {
      "batch.ratio": only("mixedMono"),
    },
  ),
];

export const DEFAULT_PRESET = PRESETS.find((p) => p.name === "quickstart")!;

export function findPreset(name: string): Preset | undefined {
  return PRESETS.find((p) => p.name === name);
}
