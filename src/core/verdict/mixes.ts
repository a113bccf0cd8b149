// The mixes that have a name, and which runs differ in their mix only. Judges nothing.
import { canonicalJson } from "../data/canonicalJson.ts";
import { mixText } from "../naming/mixText.ts";
import { membersOf, type SeededRun } from "../series/seedGroups.ts";
import { findPreset, withPreset, type Preset } from "../spec/presets.ts";
import { formatValue } from "../spec/fieldText.ts";
import { isAsked } from "../spec/ruleFacts.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";

/** Presets that are a mix and nothing else; in this order they are spoken of. */
const MIXES: readonly Preset[] = ["mono", "cross", "hybrid", "multi", "mixed-mono"].map((name) =>
  findPreset(name)!,
);

const MIX_PATHS: readonly SpecPath[] = ["batch.schedule", "batch.ratio", "batch.ratioEnd", "batch.curve"];

/** Equal for two specs if and only if their batches are of the same kinds from the first step to the last. */
function mixKey(spec: ExperimentSpec): string {
  const own = MIX_PATHS.filter((path) => isAsked(spec, path));
  return own.map((path) => formatValue(path, readPath(spec, path))).join(" ");
}

/** The named mix of a spec; undefined for any other ratio, and for one that moves. */
export const mixOf = (spec: ExperimentSpec): Preset | undefined =>
  MIXES.find((mix) => mixKey(mix.spec) === mixKey(spec));

/** The same experiment with another mix. */
export const withMix = (spec: ExperimentSpec, name: string): ExperimentSpec =>
  withPreset(
    spec,
    MIXES.find((mix) => mix.name === name)!,
  );

/** Specs never change: each is spelled once. */
const keys = new WeakMap<ExperimentSpec, string>();

/** Equal for two specs if and only if they differ at most in mix, seed and the device asked for. */
function mixlessKey(spec: ExperimentSpec): string {
  const batch = { ...spec.batch, ratio: null, ratioEnd: null, schedule: null, curve: null };
  const key = keys.get(spec) ?? canonicalJson({ ...spec, batch, seed: 0, compute: null });
  keys.set(spec, key);
  return key;
}

/** All seeds of another mix. */
export interface Neighbour<R extends SeededRun> {
  readonly label: string;
  readonly mix: string | undefined; // its preset
  readonly runs: readonly R[]; // one per seed, by seed
  readonly nearest: R; // of the same seed where there is one
}

/** More than these are no short sentence. */
const MOST = 3;

/**
 * Other mixes of one experiment on one device, named ones first.
 * @param runs ended ones, of which the numbers are to be believed
 */
export function neighboursOf<R extends SeededRun>(run: R, runs: readonly R[]): Neighbour<R>[] {
  const beside = runs.filter(
    (one) =>
      one.device === run.device &&
      one.origin === run.origin &&
      mixlessKey(one.spec) === mixlessKey(run.spec) &&
      mixKey(one.spec) !== mixKey(run.spec),
  );
  const byMix = new Map(beside.map((one) => [mixKey(one.spec), one]));
  const found = [...byMix.values()].map((one): Neighbour<R> => {
    const own = membersOf(one, beside);
    const nearest = own.find(({ spec }) => spec.seed === run.spec.seed) ?? one;
    return { label: mixText(one.spec), mix: mixOf(one.spec)?.name, runs: own, nearest };
  });
  const place = ({ mix }: Neighbour<R>) =>
    mix === undefined ? MIXES.length : MIXES.findIndex(({ name }) => name === mix);
  return found.sort((a, b) => place(a) - place(b)).slice(0, MOST);
}
