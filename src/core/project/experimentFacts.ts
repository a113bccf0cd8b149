// experiment.json of an exported project: all that its Python files are told of a run. Plain data; reads no corpus.
import { AGE } from "../age.ts";
import { LAB_VERSION } from "../labVersion.ts";
import { evalMetrics, queryMetrics } from "../metrics/metricTable.ts";
import { languagePlace, overallPlace } from "../record/finalForm.ts";
import type { Trajectory } from "../spec/decision.ts";
import { digestedSpec, digestedTrajectory } from "../spec/fieldAge.ts";
import { usedKinds } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { StretchFacts } from "./planFacts.ts";

export const PROJECT_SCHEMA = "hybrid-batch-lab/project@1";

/** What of a run's project only its data and encoder can tell. */
export interface ProjectFacts {
  readonly spec: ExperimentSpec;
  readonly stretches: readonly StretchFacts[];
  readonly trajectory: Trajectory;
  readonly stopAt?: number | undefined; // of a run that was stopped before its end
  readonly train: string; // what the files of its data are called, before ".queries" and ".passages"
  readonly test: string;
  readonly evaluations: Readonly<Record<string, string>>; // "full" before and after, "live" meanwhile -> what its file is called
  readonly plan?: string; // the same of its batches, where they are a file
  readonly files: Readonly<Record<string, string>>; // path of each of these -> sha256
  readonly dataSha256: Readonly<Record<string, string>>;
  readonly encoder: {
    readonly start: string; // its folder
    readonly sha256: string;
    readonly prefixes: { readonly query: string; readonly passage: string };
    readonly maxTokens: number;
    readonly frozen: string;
  };
  readonly command: string; // of the lab that writes the project again
}

/** What is measured, in the order of points, and where a record has it. */
export const metricFacts = (cuts: readonly string[]) =>
  evalMetrics(cuts).map(({ path, pool, kept, pairs }) => ({
    path,
    pool,
    kept,
    pairs: pairs ?? false,
    place: overallPlace(path),
    languagePlace: languagePlace(path),
  }));

export function experimentJson({ spec, ...facts }: ProjectFacts): string {
  const { cuts } = spec.evaluate;
  const told = {
    schema: PROJECT_SCHEMA,
    lab: LAB_VERSION,
    format: AGE,
    spec,
    digestedSpec: digestedSpec(spec, facts.trajectory),
    digestedTrajectory: digestedTrajectory(spec, facts.trajectory),
    ...facts,
    movedKinds: usedKinds(spec),
    metrics: metricFacts(cuts),
    languageMetrics: queryMetrics(cuts).map(({ path }) => path),
  };
  return `${JSON.stringify(told, undefined, 1)}\n`;
}
