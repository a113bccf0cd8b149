// The result that came with an opened link, and how the run made here compares with it.
import { useMemo } from "react";
import { useStore } from "zustand";
import { compareExpected, type Verdict } from "../../core/record/compareRuns.ts";
import { sameCourse } from "../../core/spec/course.ts";
import { draftStore } from "../../state/draftStore.ts";
import { courseOfRun, detailOf } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { Notice } from "../controls/Notice.tsx";

const VERDICTS: Readonly<Record<Verdict, { tone: "good" | "warn"; title: string }>> = {
  exact: { tone: "good", title: "Reproduced exactly" },
  close: { tone: "good", title: "Reproduced within tolerance" },
  different: { tone: "warn", title: "Not reproduced: the results differ" },
};

export function ExpectedCard() {
  const expected = useStore(draftStore, (state) => state.expected);
  const spec = useStore(draftStore, (state) => state.spec);
  const parent = useStore(draftStore, (state) => state.parent);
  const stopAt = useStore(draftStore, (state) => state.stopAt);
  const run = useStore(runStore, ({ runs }) =>
    runs.find(
      (one) => !one.misfits && detailOf(one).record && sameCourse(courseOfRun(one), { spec, parent, stopAt }),
    ),
  );
  const { record } = detailOf(run);
  const compared = useMemo(() => expected && record && compareExpected(expected, record), [expected, record]);
  if (!expected) return null;
  if (!run || !compared) {
    const { map, rankDistance, backend } = expected;
    return (
      <Notice tone="info" title="This link carries a result to check">
        <p className="numbers">
          The sender’s run on {backend} ended at mAP Mo {map.mono.toFixed(4)}, Cr {map.cross.toFixed(4)}, Mul{" "}
          {map.multi.toFixed(4)}, rank distance {rankDistance.toFixed(2)}. Train without changing the form,
          and yours is compared with it.
        </p>
      </Notice>
    );
  }
  const { verdict, lines } = compared;
  return (
    <Notice {...VERDICTS[verdict]}>
      <p>The sender’s result against your run “{run.name}”:</p>
      <ul className="numbers">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
