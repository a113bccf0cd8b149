// Every language of a dataset on one page, grouped and searchable, each with three states. Changes apply at once.
import { Search } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import {
  groupLanguages,
  matchesLanguage,
  nextState,
  stateOf,
  withState,
  type LanguageChoice,
  type LanguageState,
} from "../../core/languages/languageChoice.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { Segmented } from "../controls/Segmented.tsx";

interface LanguagePickerProps {
  readonly available: readonly string[];
  readonly missing: readonly string[]; // chosen, but not in the dataset
  readonly choice: LanguageChoice;
  readonly onChange: (choice: LanguageChoice) => void;
  readonly onClose: () => void;
}

const STATE_WORDS: Readonly<Record<LanguageState, string>> = {
  train: "train",
  heldOut: "held out",
  off: "off",
};
const STATE_KEYS: Readonly<Record<string, LanguageState>> = { t: "train", h: "heldOut", o: "off" };

export function LanguagePicker({ available, missing, choice, onChange, onClose }: LanguagePickerProps) {
  const [by, setBy] = useState<"script" | "class">("script");
  const [query, setQuery] = useState("");
  const found = [...available, ...missing].filter((lang) => matchesLanguage(lang, query));
  const count = (state: LanguageState) => available.filter((lang) => stateOf(choice, lang) === state).length;
  const set = (langs: readonly string[], state: LanguageState) => onChange(withState(choice, langs, state));
  return (
    <Dialog
      title="Languages"
      wide
      onClose={onClose}
      footer={
        <>
          <span className="picker-count numbers">
            {count("train")} train · {count("heldOut")} held out · {count("off")} off
          </span>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="picker-tools">
        <label className="picker-search">
          <Search aria-hidden size="1.1em" />
          <span className="visuallyHidden">Search by name, own name or code</span>
          <input
            type="search"
            placeholder="Name, own name or code"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <Segmented
          label="Group by"
          value={by}
          options={[
            { value: "script", label: "By script" },
            { value: "class", label: "By resource class" },
          ]}
          onChange={setBy}
        />
      </div>
      <p className="picker-legend">
        Press a language to go through its states: <span className="chip chip-train">train</span>{" "}
        <span className="chip chip-heldOut">held out</span> <span className="chip chip-off">off</span>. On the
        keyboard also T, H and O.
      </p>
      {found.length === 0 && <p>No language of this dataset fits “{query}”.</p>}
      {groupLanguages(found, by).map((group) => (
        <section key={group.title} className="picker-group" aria-label={group.title}>
          <header>
            <h3>
              {group.title} <span className="field-note">{group.languages.length}</span>
            </h3>
            <span>
              <button type="button" className="linkButton" onClick={() => set(group.languages, "train")}>
                train all
              </button>
              <button type="button" className="linkButton" onClick={() => set(group.languages, "off")}>
                all off
              </button>
            </span>
          </header>
          <ul className="picker-tiles">
            {group.languages.map((lang) => (
              <li key={lang}>
                <Tile
                  lang={lang}
                  state={stateOf(choice, lang)}
                  missing={missing.includes(lang)}
                  onState={(state) => set([lang], state)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="field-note">
        Resource classes are those of Joshi et al. 2020 (“The State and Fate of Linguistic Diversity and
        Inclusion in the NLP World”), from 0, left behind, to 5, winner. Languages their list does not name
        are unrated.
      </p>
    </Dialog>
  );
}

interface TileProps {
  readonly lang: string;
  readonly state: LanguageState;
  readonly missing: boolean;
  readonly onState: (state: LanguageState) => void;
}

function Tile({ lang, state, missing, onState }: TileProps) {
  const { name, autonym, direction, resourceClass } = languageInfo(lang);
  const press = (event: KeyboardEvent) => {
    const wanted = STATE_KEYS[event.key.toLowerCase()];
    if (wanted && !event.ctrlKey && !event.metaKey && !event.altKey) onState(missing ? "off" : wanted);
  };
  return (
    <button
      type="button"
      className={`tile tile-${state} ${missing ? "chip-missing" : ""}`}
      aria-label={`${name}, ${missing ? "not in this dataset" : STATE_WORDS[state]}`}
      title={missing ? `${name} is not in this dataset` : undefined}
      onKeyDown={press}
      onClick={() => onState(missing ? "off" : nextState(state))}
    >
      <bdi className="tile-autonym" lang={lang} dir={direction}>
        {autonym}
      </bdi>
      <span className="tile-name">{name}</span>
      <span className="tile-code">
        {lang} · {resourceClass ?? "–"}
      </span>
    </button>
  );
}
