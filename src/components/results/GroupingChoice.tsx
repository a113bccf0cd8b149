// How bars and curves put languages together, and which group shows its languages: the same in all of them.
import { useStore } from "zustand";
import { groupLanguages } from "../../core/languages/languageChoice.ts";
import { groupingOf, languageStore, type Grouping } from "../../state/languageStore.ts";

const GROUPINGS: Readonly<Record<Grouping, string>> = {
  none: "each language",
  level: "low and high resource",
  class: "by resource class",
  script: "by script",
};

export function GroupingChoice({ languages }: { readonly languages: readonly string[] }) {
  const grouping = useStore(languageStore, (state) => groupingOf(state.grouping, languages.length));
  const openGroup = useStore(languageStore, (state) => state.openGroup);
  const { groupBy, open } = languageStore.getState();
  return (
    <>
      <select
        className="select"
        aria-label="Languages in bars and curves"
        value={grouping}
        onChange={({ target }) => groupBy(target.value as Grouping)} // of the options below
      >
        {Object.entries(GROUPINGS).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {grouping !== "none" && (
        <select
          className="select"
          aria-label="Group whose languages are shown"
          value={openGroup ?? ""}
          onChange={({ target }) => open(target.value === "" ? undefined : target.value)}
        >
          <option value="">means only</option>
          {groupLanguages(languages, grouping).map(({ title, languages: { length } }) => (
            <option key={title} value={title}>
              {title}: show {length === 1 ? "its language" : `all ${length}`}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
