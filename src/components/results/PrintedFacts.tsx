// What a printed page says of its run below the figures: what was set, and the link that trains it again. Not on the screen.
import { useMemo } from "react";
import { FIELDS, SPEC_PATHS } from "../../core/spec/fields.ts";
import { formatValue } from "../../core/spec/fieldText.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../../core/spec/spec.ts";
import { equalAt } from "../../core/spec/specChecks.ts";
import { detailOf } from "../../state/run/run.ts";
import { runLink } from "../../state/run/runLink.ts";
import { useShown } from "../charts/shown.ts";

/** Told of every run; of the other fields those that are not at their default. */
const ALWAYS: readonly SpecPath[] = ["data.train", "encoder.id", "batch.ratio", "steps", "seed"];

const toldPaths = (spec: ExperimentSpec) =>
  SPEC_PATHS.filter((path) => ALWAYS.includes(path) || !equalAt(path, spec, DEFAULT_SPEC));

export function PrintedFacts() {
  const { selected: run } = useShown();
  const link = useMemo(() => run && runLink(run, window.location.href), [run]);
  if (!run) return null;
  const { spec } = run;
  const digest = detailOf(run).record?.digest;
  return (
    <section className="printed" aria-hidden>
      <h3>Settings of “{run.name}”</h3>
      <dl>
        {toldPaths(spec).map((path) => (
          <div key={path}>
            <dt>{FIELDS[path].label}</dt>
            <dd>{formatValue(path, readPath(spec, path))}</dd>
          </div>
        ))}
        {digest !== undefined && (
          <div>
            <dt>Digest</dt>
            <dd>{digest}</dd>
          </div>
        )}
      </dl>
      <p>Train it again: {link}</p>
    </section>
  );
}
