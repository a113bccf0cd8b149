// Finds a language, which is then highlighted in every figure. Draws none.
import { useId, useState } from "react";
import { useStore } from "zustand";
import { matchesLanguage } from "../../core/languages/languageChoice.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { languageStore } from "../../state/languageStore.ts";
import { countText } from "../words/numberText.ts";
import { languageLabel } from "../words/languageWords.ts";

/** A name, part of one, or a code; Enter takes the first that fits, an empty box none. */
export function LanguageSearch({ languages }: { readonly languages: readonly string[] }) {
  const id = useId();
  const highlighted = useStore(languageStore, (state) => state.highlighted);
  const [text, setText] = useState("");
  const [typing, setTyping] = useState(false);
  const set = (lang: string | undefined) => {
    if (lang !== languageStore.getState().highlighted) languageStore.getState().highlight(lang);
  };
  const find = (wanted: string) =>
    languages.find((lang) => languageLabel(lang) === wanted || lang === wanted) ??
    languages.find((lang) => matchesLanguage(lang, wanted));
  const shown = typing ? text : highlighted === undefined ? "" : languageLabel(highlighted);
  const isUnknown = typing && text.trim() !== "" && !find(text.trim());
  const says = useId();
  return (
    <>
      <input
        className="textBox languageSearch"
        type="search"
        list={id}
        placeholder="Find a language"
        aria-label="Find a language and highlight it"
        aria-invalid={isUnknown}
        aria-describedby={says}
        value={shown}
        onFocus={({ target }) => target.select()}
        onChange={({ target: { value } }) => {
          setText(value);
          setTyping(true);
          if (value.trim() === "") set(undefined);
          else if (languages.some((lang) => languageLabel(lang) === value)) set(find(value));
        }}
        onKeyDown={({ key }) => {
          if (key !== "Enter" || text.trim() === "" || isUnknown) return;
          set(find(text.trim()));
          setTyping(false);
        }}
        onBlur={() => setTyping(false)}
      />
      <datalist id={id}>
        {languages.map((lang) => (
          <option key={lang} value={languageLabel(lang)}>
            {languageInfo(lang).autonym}
          </option>
        ))}
      </datalist>
      <span id={says} className="languageSearch-unknown" role="status">
        {isUnknown && `None of these ${countText(languages.length)} languages.`}
      </span>
    </>
  );
}
