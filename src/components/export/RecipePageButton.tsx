// The form as one HTML file, which keeps its settings where a link would lose them. Writes no page itself.
import { useMemo } from "react";
import type { PageTraining } from "../../core/html/pageFile.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { mixText } from "../../core/naming/mixText.ts";
import type { Course } from "../../core/spec/course.ts";
import { SavePage } from "./SavePage.tsx";

interface RecipePageButtonProps {
  readonly course: Course;
  readonly link: string;
}

export function RecipePageButton({ course, link }: RecipePageButtonProps) {
  const courses = useMemo(() => [course], [course]);
  const make = async (training: PageTraining | undefined) => {
    const { recipePage } = await import("../../core/pages/recipePage.ts");
    const [, hash = ""] = link.split("#");
    return recipePage({ ...course, hash, page: linkPage(window.location.href), training });
  };
  return <SavePage name={`recipe ${mixText(course.spec)}`} courses={courses} make={make} />;
}
