// Which languages train and which are held out: chips with weights, quick picks, and the way into the full list.
import { ListFilter } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { languageInfo, resourceClassText } from "../../core/languages/languageInfo.ts";
import {
  canPick,
  choiceIn,
  missingLanguages,
  quickPick,
  stateOf,
  withState,
  type LanguageChoice,
  type LanguageState,
  type QuickPick,
} from "../../core/languages/languageChoice.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { draftStore } from "../../state/draftStore.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { NumberBox } from "../controls/NumberBox.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import "./languages.css";

const QUICK_PICKS: readonly { readonly pick: QuickPick; readonly label: string; readonly title: string }[] = [
  { pick: "paper", label: "The paper’s nine", title: "Nine to train on, Greek and Vietnamese held out" },
  { pick: "all", label: "All in this dataset", title: "Every language that is not held out" },
  { pick: "lowResource", label: "Low-resource only", title: "Classes 0 to 2 of Joshi et al. 2020" },
  {
    pick: "lowBesideHigh",
    label: "Low beside high",
    title:
      "As many languages of classes 3 to 5 as of classes 0 to 2: what is said of low-resource ones needs both",
  },
  { pick: "one", label: "None", title: "Switches all off but English: training needs one language" },
];

const STATES: readonly { readonly value: LanguageState; readonly label: string }[] = [
  { value: "train", label: "Train" },
  { value: "heldOut", label: "Held out" },
  { value: "off", label: "Off" },
];

const NO_LOW = "This dataset has no language of classes 0 to 2 that is not held out";

function apply({ train, heldOut }: LanguageChoice, what?: string) {
  draftStore.getState().setFields({ "languages.train": train, "languages.heldOut": heldOut }, what);
}

export function LanguagesField() {
  const spec = useStore(draftStore, (state) => state.spec);
  const dataset = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === spec.data.train));
  const [picking, setPicking] = useState(false);
  const [chosen, setChosen] = useState<string>();

  const choice: LanguageChoice = dataset ? choiceIn(spec.languages, dataset.languages) : spec.languages;
  const training = Object.keys(choice.train).filter((lang) => stateOf(choice, lang) === "train");
  const missing = dataset ? missingLanguages(spec, dataset.languages) : [];
  const available = dataset?.languages ?? [...training, ...choice.heldOut];
  const shown = chosen !== undefined && stateOf(choice, chosen) !== "off" ? chosen : undefined;
  const pickAll = (pick: QuickPick, label: string) => {
    if (canPick(pick, available, choice)) apply(quickPick(pick, available, choice), `languages: ${label}`);
  };
  const toggle = (lang: string) => setChosen(shown === lang ? undefined : lang);
  return (
    <>
      <FieldRow path="languages.train" wide>
        {(ids) => (
          <>
            <Chips
              langs={training}
              {...{ choice, missing, chosen: shown, describedBy: ids.describedBy }}
              onPress={toggle}
            />
            {shown !== undefined && stateOf(choice, shown) === "train" && (
              <LanguageDetail lang={shown} choice={choice} />
            )}
            <div className="quickPicks" role="group" aria-label="Quick picks">
              {QUICK_PICKS.map(({ pick, label, title }) => (
                <button
                  key={pick}
                  type="button"
                  className="quickPick"
                  title={canPick(pick, available, choice) ? title : NO_LOW}
                  aria-disabled={!canPick(pick, available, choice) || undefined}
                  onClick={() => pickAll(pick, label)}
                >
                  {label}
                </button>
              ))}
            </div>
            <Button icon={ListFilter} onClick={() => setPicking(true)}>
              {dataset ? `Choose among ${dataset.languages.length} languages …` : "Choose languages …"}
            </Button>
          </>
        )}
      </FieldRow>
      <FieldRow path="languages.heldOut" wide>
        {(ids) =>
          choice.heldOut.length === 0 ? (
            <span className="field-note">None: nothing shows how untrained languages fare.</span>
          ) : (
            <>
              <Chips
                langs={choice.heldOut}
                {...{ choice, missing, chosen: shown, describedBy: ids.describedBy }}
                onPress={toggle}
              />
              {shown !== undefined && stateOf(choice, shown) === "heldOut" && (
                <LanguageDetail lang={shown} choice={choice} />
              )}
            </>
          )
        }
      </FieldRow>
      {dataset && missing.length > 0 && (
        <p className="field-text field-problem">
          {dataset.title} has no {missing.map((lang) => languageInfo(lang).name).join(", ")}.{" "}
          <button
            type="button"
            className="linkButton"
            onClick={() => apply(withState(choice, missing, "off"))}
          >
            Switch {missing.length === 1 ? "it" : "them"} off
          </button>
        </p>
      )}
      {picking && (
        <LanguagePicker
          {...{ available, missing, choice }}
          onChange={(next) => apply(next)}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}

interface ChipsProps {
  readonly langs: readonly string[];
  readonly choice: LanguageChoice;
  readonly missing: readonly string[];
  readonly chosen: string | undefined;
  readonly describedBy: string;
  readonly onPress: (lang: string) => void;
}

function Chips({ langs, choice, missing, chosen, describedBy, onPress }: ChipsProps) {
  return (
    <ul className="chips" aria-describedby={describedBy}>
      {langs.map((lang) => {
        const { name, autonym, direction } = languageInfo(lang);
        const weight = choice.train[lang] ?? 1;
        const lacking = missing.includes(lang);
        return (
          <li key={lang}>
            <button
              type="button"
              className={`chip chip-${stateOf(choice, lang)} ${lacking ? "chip-missing" : ""}`}
              aria-expanded={chosen === lang}
              title={lacking ? `${name}: not in this dataset` : name}
              onClick={() => onPress(lang)}
            >
              <bdi lang={lang} dir={direction}>
                {autonym}
              </bdi>
              <span className="visuallyHidden"> {name}</span>
              {weight !== 1 && <span className="chip-weight">×{weight}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The pressed chip opened up: name, class, weight, state. */
function LanguageDetail({ lang, choice }: { lang: string; choice: LanguageChoice }) {
  const { name, resourceClass } = languageInfo(lang);
  const state = stateOf(choice, lang);
  const field = fieldAt("languages.train");
  const max = field.type === "languageWeights" ? field.max : 1;
  return (
    <div className="languageDetail">
      <span className="languageDetail-name">
        <strong>{name}</strong> <span className="code">{lang}</span>
        <span className="field-note">{resourceClassText(resourceClass)}</span>
      </span>
      <Segmented
        label={`${name} is used for`}
        value={state}
        options={STATES}
        onChange={(next) => apply(withState(choice, [lang], next))}
      />
      {state === "train" && (
        <span className="languageDetail-weight">
          Weight
          <NumberBox
            label={`Weight of ${name}`}
            {...{ min: 0, max, step: 0.5 }}
            value={choice.train[lang] ?? 1}
            onValue={(weight) =>
              draftStore.getState().setField("languages.train", { ...choice.train, [lang]: weight })
            }
          />
        </span>
      )}
    </div>
  );
}
