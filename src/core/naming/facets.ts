// What may stand between two runs, in the order in which their names say it: the mix first, then what is trained, the seed, the test. Names nothing itself.
import { wholeText } from "../numbersIn.ts";
import { counted } from "../counted.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import { formatValue } from "../spec/fieldText.ts";
import type { Field } from "../spec/field.ts";
import { fieldAt, SPEC_PATHS } from "../spec/fields.ts";
import type { Trajectory } from "../spec/decision.ts";
import type { Parent } from "../spec/lineage.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { isAsked } from "../spec/ruleFacts.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";
import { mixText } from "./mixText.ts";
import { settingCell, settingText } from "./settingText.ts";

/** What of a run its name is made of. */
export interface NamedCourse {
  readonly spec: ExperimentSpec;
  readonly parent?: Parent | undefined;
  readonly stopAt?: number | undefined;
  readonly trajectory?: Trajectory | undefined; // by hand
  readonly engine?: string | undefined; // that trained it, where the lab did not
}

export interface Facet {
  readonly name: string; // a path of the spec, or "mix", "branch", "stop", "drive", "engine"
  readonly head: string; // of its column in a table
  /** The same for two runs where this does not stand between them; "" where it says nothing of the run. */
  readonly key: (run: NamedCourse) => string;
  readonly text: (run: NamedCourse) => string;
  /** What stands in its column; left out: its text. */
  readonly cell?: (run: NamedCourse) => string;
  /** Its entries, of a facet whose text may only count them. */
  readonly list?: (run: NamedCourse) => readonly string[];
}

const MIX_PATHS: readonly SpecPath[] = [
  "batch.ratio",
  "batch.schedule",
  "batch.ratioEnd",
  "batch.curve",
  "batch.unit",
];
const FIRST: readonly SpecPath[] = [
  "data.train",
  "languages.train",
  "languages.heldOut",
  "encoder.id",
  "loss.distillation",
  "loss.teacher",
  "encoder.layers",
  "encoder.width",
  "steps",
  "optimizer.learningRate",
  "batch.size",
  "loss.temperature",
];
const LAST: readonly SpecPath[] = [
  "seed",
  "data.eval", // which test it is stands above the runs of each
  "data.split",
  "languages.eval",
  "evalEvery",
  "data.liveQueries",
];
const others = SPEC_PATHS.filter(
  (path) => path !== "compute.backend" && ![...MIX_PATHS, ...FIRST, ...LAST].includes(path),
);

const valueAt = (spec: ExperimentSpec, path: SpecPath) => formatValue(path, readPath(spec, path));

function isSilent(spec: ExperimentSpec, path: SpecPath): boolean {
  const { silentWhile } = fieldAt(path);
  if (!isAsked(spec, path)) return true;
  return silentWhile !== undefined && readPath(spec, silentWhile.path) === silentWhile.is;
}

const LISTS: readonly Field["type"][] = ["languageWeights", "languageList"];
const ofPath = (path: SpecPath): Facet => ({
  name: path,
  head: fieldAt(path).label,
  key: ({ spec }) => (isSilent(spec, path) ? "" : valueAt(spec, path)),
  text: ({ spec }) => settingText(path, spec),
  cell: ({ spec }) => (isSilent(spec, path) ? "–" : settingCell(path, spec)),
  ...(LISTS.includes(fieldAt(path).type) && { list: ({ spec }) => valueAt(spec, path).split(",") }),
});
const BACKEND = ofPath("compute.backend");

export const FACETS: readonly Facet[] = [
  {
    name: "mix",
    head: "Mix",
    key: ({ spec }) =>
      MIX_PATHS.filter((path) => isAsked(spec, path))
        .map((path) => valueAt(spec, path))
        .join(" "),
    text: ({ spec }) => mixText(spec),
  },
  {
    name: "branch",
    head: "Branch",
    key: ({ parent }) => (parent ? canonicalJson([parent.step, parent.digest, parent.spec]) : ""),
    text: ({ spec, parent }) => {
      if (!parent) return "";
      const [own, its] = [mixText(spec), mixText(parent.spec)];
      return own === its
        ? `from step ${wholeText(parent.step)}`
        : `from step ${wholeText(parent.step)} of ${its}`;
    },
  },
  {
    name: "stop",
    head: "Stopped at",
    cell: ({ stopAt }) => (stopAt === undefined ? "–" : String(stopAt)),
    key: ({ stopAt }) => (stopAt === undefined ? "" : String(stopAt)),
    text: ({ stopAt }) => `stopped at ${stopAt ?? 0}`,
  },
  {
    name: "drive",
    head: "By hand",
    cell: ({ trajectory }) => (trajectory ? counted(trajectory.length, "move") : "–"),
    key: ({ trajectory }) => (trajectory ? JSON.stringify(trajectory) : ""),
    text: () => "by hand",
  },
  {
    name: "engine",
    head: "Trained by",
    cell: ({ engine }) => engine ?? "–",
    key: ({ engine }) => engine ?? "",
    text: ({ engine }) => `by ${engine ?? "the lab"}`,
  },
  ...[...FIRST, ...others, ...LAST].map(ofPath),
  // Of the lab's devices: another engine says its own.
  { ...BACKEND, key: (run) => (run.engine === undefined ? BACKEND.key(run) : "") },
];

const GENERAL: readonly SpecPath[] = [
  "data.train",
  "languages.train",
  "languages.heldOut",
  "encoder.id",
  "steps",
  "seed",
];

/** The facets that stand between some of these runs, and those that all share and that a reader needs or would not expect. */
export function splitFacets(runs: readonly NamedCourse[]): {
  readonly differing: readonly Facet[];
  readonly shared: readonly Facet[];
} {
  const all = runs.map(facetKeys);
  const usual = facetKeys({ spec: DEFAULT_SPEC });
  const differs = FACETS.map((_, i) => new Set(all.map((own) => own[i])).size > 1);
  const isTold = ({ name }: Facet, i: number) =>
    name === "mix" || GENERAL.some((path) => path === name) || all[0]?.[i] !== usual[i];
  return {
    differing: FACETS.filter((_, i) => differs[i]),
    shared: FACETS.filter((facet, i) => !differs[i] && all[0]?.[i] !== "" && isTold(facet, i)),
  };
}

const keys = new WeakMap<ExperimentSpec, readonly string[]>();

/** The keys of all facets; those of a spec alone are spelled once for each spec. */
export function facetKeys(run: NamedCourse): readonly string[] {
  const { spec, parent, stopAt, trajectory, engine } = run;
  const ofSpec = keys.get(spec) ?? FACETS.map(({ key }) => key({ spec }));
  keys.set(spec, ofSpec);
  return parent || stopAt !== undefined || trajectory || engine !== undefined
    ? ofSpec.map((key, i) => (OF_COURSE.has(FACETS[i]!.name) ? FACETS[i]!.key(run) : key))
    : ofSpec;
}

/** Facets that hang on more than the spec. */
const OF_COURSE: ReadonlySet<string> = new Set(["branch", "stop", "drive", "engine", "compute.backend"]);
