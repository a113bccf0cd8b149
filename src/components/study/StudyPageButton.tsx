// A study as one HTML file, to be read where there is no lab. Writes no page itself.
import { useMemo } from "react";
import type { PageTraining } from "../../core/html/pageFile.ts";
import { studyPage } from "../../core/pages/studyPage.ts";
import { pointSpec } from "../../core/study/pointLink.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { SavePage } from "../export/SavePage.tsx";

export function StudyPageButton({ found }: { readonly found: AnsweredStudy }) {
  const { study, result, analysis } = found;
  const courses = useMemo(() => result.runs.map((run) => ({ spec: pointSpec(study, run) })), [study, result]);
  const make = async (training: PageTraining | undefined) => {
    const { figureFiles } = await import("./figureFiles.tsx");
    return studyPage({
      study,
      result,
      analysis,
      figures: figureFiles({ study, analysis, runs: result.runs }),
      training,
    });
  };
  return <SavePage name={study.title} courses={courses} make={make} />;
}
