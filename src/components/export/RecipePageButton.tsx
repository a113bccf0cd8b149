// The form as one HTML file, which keeps its settings where a link would lose them. Writes no page itself.
import { linkPage } from "../../core/spec/linkPage.ts";
import { mixText } from "../../core/naming/mixText.ts";
import type { Course } from "../../core/spec/course.ts";
import { SavePage } from "./SavePage.tsx";

interface RecipePageButtonProps {
  readonly course: Course;
  readonly link: string;
}

export function RecipePageButton({ course, link }: RecipePageButtonProps) {
  const make = async () => {
    const { recipePage } = await import("../../core/pages/recipePage.ts");
    const [, hash = ""] = link.split("#");
    return recipePage({ ...course, hash, page: linkPage(window.location.href) });
  };
  return <SavePage name={`recipe ${mixText(course.spec)}`} make={make} />;
}
