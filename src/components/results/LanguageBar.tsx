// What concerns all figures of languages at once: one to find, and how they are put together.
import { evalLanguages } from "../../core/spec/resolve.ts";
import { useShown } from "../charts/shown.ts";
import { GroupingChoice } from "./GroupingChoice.tsx";
import { LanguageSearch } from "./LanguageSearch.tsx";

export function LanguageBar() {
  const { runs } = useShown();
  const languages = [...new Set(runs.flatMap(({ spec }) => evalLanguages(spec)))].sort();
  if (languages.length === 0) return null;
  return (
    <div className="languageBar">
      <LanguageSearch languages={languages} />
      <GroupingChoice languages={languages} />
    </div>
  );
}
