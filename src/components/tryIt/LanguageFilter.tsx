// Which languages answers may come from. None chosen means all.
import { useStore } from "zustand";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { searchStore } from "../../state/searchStore.ts";
import { Button } from "../controls/Button.tsx";

export function LanguageFilter({ languages }: { readonly languages: readonly string[] }) {
  const chosen = useStore(searchStore, (state) => state.languages);
  const { toggleLanguage, setLanguages, search } = searchStore.getState();
  const again = () => {
    if (searchStore.getState().asked !== undefined) void search();
  };
  if (languages.length === 0) return null;
  return (
    <details className="languageFilter">
      <summary className="button">
        <span className="visuallyHidden">Answers in </span>
        {chosen.length === 0
          ? `All ${languages.length} languages`
          : chosen.length === 1
            ? languageInfo(chosen[0]!).name
            : `${chosen.length} languages`}
      </summary>
      <fieldset className="languageFilter-list">
        <legend className="visuallyHidden">Languages of the answers</legend>
        {languages.map((lang) => {
          const { name, autonym } = languageInfo(lang);
          return (
            <label key={lang}>
              <input
                type="checkbox"
                checked={chosen.includes(lang)}
                onChange={() => {
                  toggleLanguage(lang);
                  again();
                }}
              />
              <span>
                {name}{" "}
                {autonym !== name && (
                  <bdi lang={lang} className="languageFilter-own">
                    {autonym}
                  </bdi>
                )}
              </span>
            </label>
          );
        })}
        <Button
          look="quiet"
          inactive={chosen.length === 0}
          onClick={() => {
            setLanguages([]);
            again();
          }}
        >
          All languages
        </Button>
      </fieldset>
    </details>
  );
}
