// What several seeds of one experiment say together. One run proves little; this says how little. Records that do not fit
// themselves stay out.
import { counted } from "../../core/counted.ts";
import { memo, useMemo, useState } from "react";
import { runNames, type NamedRun } from "../../core/naming/runNames.ts";
import { groupBySeed, seededRun, type SeededRun, type SeedGroup } from "../../core/series/seedGroups.ts";
import type { Run } from "../../state/run/run.ts";
import { metricText } from "../words/numberText.ts";
import { MixGlyph } from "../charts/MixGlyph.tsx";
import { Button } from "../controls/Button.tsx";
import { ListNumbers } from "./ListNumbers.tsx";

const AT_FIRST = 8; // groups: more are drawn when asked for

export const SeedSummary = memo(({ runs }: { readonly runs: readonly Run[] }) => {
  const [all, setAll] = useState(false);
  const groups = useMemo(() => {
    return groupBySeed(
      runs.flatMap((run): Member[] => {
        const seeded = run.status === "finished" && !run.misfits ? seededRun(run) : undefined;
        return seeded ? [{ ...seeded, id: run.id, createdAt: run.createdAt, parent: run.parent }] : [];
      }),
    );
  }, [runs]);
  const names = useMemo(
    () => runNames(groups.map(({ runs: [first] }) => ({ ...first!, spec: { ...first!.spec, seed: 0 } }))),
    [groups],
  );
  if (groups.length === 0) return null;
  return (
    <section className="seeds" aria-labelledby="seeds-title">
      <h3 id="seeds-title">Over seeds</h3>
      <p>
        Means of finished runs that differ only in their seed; from 3 seeds on ± half of the 95 % interval
        (Student’s t).
      </p>
      {groups.slice(0, all ? undefined : AT_FIRST).map((group) => (
        <Group key={group.runs[0]!.id} name={names.get(group.runs[0]!.id)!.name} {...group} />
      ))}
      {groups.length > AT_FIRST && !all && (
        <Button onClick={() => setAll(true)}>Show all {groups.length}</Button>
      )}
    </section>
  );
});

interface Member extends SeededRun, NamedRun {}

function Group({ name, runs, intervals }: SeedGroup<Member> & { readonly name: string }) {
  const { spec } = runs[0]!;
  return (
    <div className="seeds-group">
      <p>
        <MixGlyph spec={spec} /> <b>{name}</b>, {counted(spec.steps, "step")}: {runs.length} seeds (
        {runs.map((run) => run.spec.seed).join(", ")})
      </p>
      <ListNumbers
        value={(metric) => {
          const interval = intervals[metric.path];
          const text = metricText(metric);
          return (
            interval && (
              <>
                {text(interval.mean)}{" "}
                {interval.half !== undefined && <span className="seeds-half">± {text(interval.half)}</span>}
              </>
            )
          );
        }}
      />
    </div>
  );
}
