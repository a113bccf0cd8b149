// A study as one HTML file, to be read where there is no lab. Writes no page itself.
import { studyPage } from "../../core/pages/studyPage.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { SavePage } from "../export/SavePage.tsx";

export function StudyPageButton({ found }: { readonly found: AnsweredStudy }) {
  const make = async () => {
    const { study, result, analysis } = found;
    const { figureFiles } = await import("./figureFiles.tsx");
    return studyPage({
      study,
      result,
      analysis,
      figures: figureFiles({ study, analysis, runs: result.runs }),
    });
  };
  return <SavePage name={found.study.title} make={make} />;
}
