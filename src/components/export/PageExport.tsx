// A run as one HTML file: waits for its intervals and its verdict. Writes no page itself.
import { useMemo } from "react";
import type { PageTraining } from "../../core/html/pageFile.ts";
import { runPage } from "../../core/pages/runPage.ts";
import { courseOfRecord } from "../../core/record/courseOfRecord.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { recordVerdict } from "../../core/verdict/recordVerdict.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { runLink } from "../../state/run/runLink.ts";
import { useDifferences, useIntervals } from "../uncertainty/useStats.ts";
import { SavePage } from "./SavePage.tsx";

export function PageExport({ run }: { readonly run: Run }) {
  const { record, queryValues, startValues } = detailOf(run);
  const intervals = useIntervals(queryValues);
  const changes = useDifferences(queryValues, startValues);
  const courses = useMemo(() => (record ? [courseOfRecord(record)] : []), [record]);
  if (!record) return <p className="field-note">A page is made when the run has ended.</p>;
  const isKept = queryValues !== undefined && startValues !== undefined;
  const waiting = (queryValues && !intervals) || (isKept && changes === undefined);
  const make = (training: PageTraining | undefined) => {
    const { name, note, tags, misfits } = run;
    const [, hash = ""] = runLink(run, "").split("#");
    const verdict = misfits ? "" : recordVerdict(record, isKept ? changes! : "notKept");
    const page = linkPage(window.location.href);
    return runPage({ name, record, verdict, intervals, misfits, note, tags, hash, page, training });
  };
  return (
    <>
      <p className="field-note">
        One file that opens anywhere without this page: from a mail, a messenger, a phone’s downloads. Its
        numbers, charts and record are in it, and nothing is fetched. The lab opens it again, and it is
        trained again by the link in it.
      </p>
      <SavePage
        name={run.name}
        courses={courses}
        waiting={waiting ? "Intervals are being computed…" : undefined}
        make={make}
      />
    </>
  );
}
