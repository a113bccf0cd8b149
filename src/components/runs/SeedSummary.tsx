// What several seeds of one experiment say together. One run proves little; this says how little. Records that do not fit
// themselves stay out.
import { counted } from "../../core/counted.ts";
import { useMemo } from "react";
import { groupBySeed, type SeededRun, type SeedGroup } from "../../core/series/seedGroups.ts";
import { findPreset } from "../../core/spec/presets.ts";
import { seededRun, type Run } from "../../state/run/run.ts";
import { metricText } from "../words/numberText.ts";
import { ListNumbers } from "./ListNumbers.tsx";

export function SeedSummary({ runs }: { readonly runs: readonly Run[] }) {
  const groups = useMemo(() => {
    return groupBySeed(
      runs.flatMap((run): Member[] => {
        const seeded = run.status === "finished" && !run.misfits ? seededRun(run) : undefined;
        return seeded ? [{ ...seeded, name: run.name, presetName: run.presetName }] : [];
      }),
    );
  }, [runs]);
  if (groups.length === 0) return null;
  return (
    <section className="seeds" aria-labelledby="seeds-title">
      <h3 id="seeds-title">Over seeds</h3>
      <p>Mean ± half of the 95 % interval (Student’s t) of finished runs that differ only in their seed.</p>
      {groups.map((group) => (
        <Group key={group.runs.map(({ name }) => name).join("/")} {...group} />
      ))}
    </section>
  );
}

interface Member extends SeededRun {
  readonly name: string;
  readonly presetName: string;
}

function Group({ runs, intervals }: SeedGroup<Member>) {
  const [first] = runs;
  if (!first) return null;
  const label = findPreset(first.presetName)?.label ?? first.presetName;
  return (
    <div className="seeds-group">
      <p>
        <b>{label}</b>, {counted(first.spec.steps, "step")}: n = {runs.length} seeds (
        {runs.map(({ spec }) => spec.seed).join(", ")})
      </p>
      <ListNumbers
        value={(metric) => {
          const interval = intervals[metric.path];
          const text = metricText(metric);
          return (
            interval && (
              <>
                {text(interval.mean)} <span className="seeds-half">± {text(interval.half)}</span>
              </>
            )
          );
        }}
      />
    </div>
  );
}
