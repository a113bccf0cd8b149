// A study as one HTML file, to be read where there is no lab. Writes no page itself.
import { useMemo } from "react";
import type { PageTraining } from "../../core/html/pageFile.ts";
import { studyPage } from "../../core/pages/studyPage.ts";
import { cellCourses } from "../../core/study/studyRuns.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { SavePage } from "../export/SavePage.tsx";

export function StudyPageButton({ found }: { readonly found: AnsweredStudy }) {
  const { study, result, analysis } = found;
  const ran = [...new Set(result.runs.map(({ cell }) => cell))].join("\n"); // a result more of a cell asks for nothing more
  const courses = useMemo(() => cellCourses(study, ran.split("\n")), [study, ran]);
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
