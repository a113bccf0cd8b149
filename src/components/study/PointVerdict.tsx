// Whether a run of a study, trained again in this browser, came out as the study has it. Reads one record; trains nothing.
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { compareExpected } from "../../core/record/compareLink.ts";
import { REPEAT_TITLES } from "../../core/record/repeatWords.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { sameCourse } from "../../core/spec/course.ts";
import { pointResult, pointSpec } from "../../core/study/pointLink.ts";
import type { Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { courseOfRun, detailOf, hasEnded, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";

export function PointVerdict({ study, run }: { readonly study: Study; readonly run: CellRun }) {
  const spec = useMemo(() => pointSpec(study, run), [study, run]);
  const id = useStore(
    runStore,
    ({ runs }) =>
      runs.find(
        (one) =>
          one.spec.seed === spec.seed &&
          hasEnded(one) &&
          !one.misfits &&
          sameCourse(courseOfRun(one), { spec }),
      )?.id,
  );
  const [read, setRead] = useState<{ readonly of: string; readonly record: RunRecord | undefined }>();
  useEffect(() => {
    if (id === undefined) return undefined;
    let isGone = false;
    const keep = (one: Run | undefined) => {
      if (!isGone) setRead({ of: id, record: detailOf(one).record });
    };
    void runStore.getState().loadDetail(id).then(keep);
    return () => void (isGone = true);
  }, [id]);
  const record = read?.of === id ? read?.record : undefined;
  const verdict = useMemo(() => {
    const expected = record && pointResult(spec, run);
    return expected && compareExpected(expected, record).verdict;
  }, [spec, run, record]);
  return (
    verdict && (
      <span className="study-again" data-verdict={verdict}>
        Here: {REPEAT_TITLES[verdict].toLowerCase()}
      </span>
    )
  );
}
