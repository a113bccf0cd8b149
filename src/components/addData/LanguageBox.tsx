// A box for language codes, with their names beneath as they are typed, or what is wrong with one.
import { useId } from "react";
import { languageInfo, listedLanguages } from "../../core/languages/languageInfo.ts";
import { readLanguageList } from "../../core/languages/languageList.ts";

interface LanguageBoxProps {
  readonly label: string;
  readonly help: string; // also what an empty box means
  readonly placeholder: string;
  readonly text: string;
  readonly problem?: string | undefined;
  readonly single?: boolean; // one code: languages are then offered while typing
  readonly onText: (text: string) => void;
}

export function LanguageBox({ label, help, placeholder, text, problem, single, onText }: LanguageBoxProps) {
  const id = useId();
  const read = readLanguageList(text);
  const names = "tags" in read ? read.tags.map((tag) => languageInfo(tag).name).join(", ") : "";
  return (
    <div className="addField">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="textBox"
        type="text"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={placeholder}
        {...(single && { list: `${id}-all` })}
        aria-describedby={`${id}-help ${id}-said`}
        aria-invalid={problem !== undefined || undefined}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      {single && (
        <datalist id={`${id}-all`}>
          {listedLanguages().map((code) => (
            <option key={code} value={code}>
              {languageInfo(code).name}
            </option>
          ))}
        </datalist>
      )}
      <p
        id={`${id}-said`}
        role="status"
        className={problem === undefined ? "addField-said" : "field-problem"}
      >
        {problem ?? names}
      </p>
      <p id={`${id}-help`} className="field-note">
        {help}
      </p>
    </div>
  );
}
