// The form of one's own study: what differs, how many seeds, what is asked. What all cells share is the recipe.
import { FileUp, Plus, X } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { givenSettings } from "../../core/formats/givenText.ts";
import { wholeFile } from "../../core/formats/wholeFile.ts";
import { evalMetrics } from "../../core/metrics/metricTable.ts";
import { messageOf } from "../../core/messageOf.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { formWords } from "../../core/spec/formWords.ts";
import { parseStudy } from "../../core/study/parseStudy.ts";
import { BUDGETS, type Budget, type Study } from "../../core/study/study.ts";
import { draftStore } from "../../state/draftStore.ts";
import { Button } from "../controls/Button.tsx";
import { FileButton } from "../controls/FileButton.tsx";
import { Notice } from "../controls/Notice.tsx";
import { metricName } from "../uncertainty/intervalWords.ts";
import { CheckedNumber, SeedsBox } from "./CheckedNumber.tsx";
import {
  DESIGNS,
  FACTOR_PATHS,
  FIRST_CHOICES,
  ownStudy,
  type OwnChoices,
  type OwnDesign,
} from "./ownStudy.ts";
import { BackButton } from "./StudyPlan.tsx";
import { StudyStart } from "./StudyStart.tsx";

interface OwnStudyProps {
  readonly given: Study | undefined; // of a file, in place of the form
  readonly onGiven: (study: Study | undefined) => void;
  readonly onStart: (study: Study) => void;
  readonly onBack: () => void;
}

export function OwnStudy({ given, onGiven, onStart, onBack }: OwnStudyProps) {
  const spec = useStore(draftStore, (state) => state.spec);
  const [choices, setChoices] = useState<OwnChoices>(FIRST_CHOICES);
  const change = (part: Partial<OwnChoices>) => setChoices({ ...choices, ...part });
  const made = useMemo(() => tried(() => given ?? ownStudy(choices, spec)), [given, choices, spec]);
  return (
    <>
      <BackButton onBack={onBack} />
      <div className="study-head">
        <div className="study-choices">
          <h2>Your own study</h2>
          <StudyFile onStudy={onGiven} />
        </div>
        <p className="study-lead">
          All cells share the recipe as it stands; here is what differs between them.
        </p>
      </div>
      {given ? (
        <Notice tone="info" title={given.title} onDismiss={() => onGiven(undefined)}>
          <p>{given.question}</p>
        </Notice>
      ) : (
        <div className="study-form">
          <Row name="Question">
            <input
              className="textBox"
              value={choices.question}
              maxLength={500}
              placeholder="if you like"
              onChange={({ target }) => change({ question: target.value })}
            />
          </Row>
          <Row name="What differs">
            <Select
              options={Object.entries(DESIGNS)}
              value={choices.design}
              onValue={(design) => change({ design: design as OwnDesign, control: "" })}
            />
          </Row>
          {choices.design === "share" && (
            <Row name="Shares">
              <input
                className="textBox"
                value={choices.shares}
                onChange={({ target }) => change({ shares: target.value, control: "" })}
              />
            </Row>
          )}
          {choices.design === "settings" && (
            <Factors factors={choices.factors} onFactors={(factors) => change({ factors, control: "" })} />
          )}
          <Row name="Seeds in every cell">
            <SeedsBox value={choices.seeds} onValue={(seeds) => change({ seeds })} />
          </Row>
          <Row name="Held equal">
            <Select
              options={Object.entries(BUDGETS)}
              value={choices.budget}
              onValue={(budget) => change({ budget: budget as Budget })}
            />
          </Row>
          <Row name="Measured by">
            <Select
              options={evalMetrics(spec.evaluate.cuts).map(({ path }) => [path, metricName(path)])}
              value={choices.primary}
              onValue={(primary) => change({ primary })}
            />
          </Row>
          <Row name="Smallest effect that matters">
            <CheckedNumber
              label="Smallest effect that matters"
              value={choices.smallestEffect}
              {...{ min: 0, max: 1e6, step: 0.001 }}
              right="above 0"
              isRight={(value) => value > 0 && value <= 1e6}
              onValue={(smallestEffect) => change({ smallestEffect })}
            />
          </Row>
          <Row name="Control">
            <Select
              options={(made.study?.cells ?? []).map(({ name, label }) => [name, label])}
              value={choices.control === "" ? (made.study?.cells[0]?.name ?? "") : choices.control}
              onValue={(control) => change({ control })}
            />
          </Row>
        </div>
      )}
      {made.study ? (
        <StudyStart study={made.study} onStart={onStart} />
      ) : (
        <Notice tone="bad">
          <p>{made.why}</p>
        </Notice>
      )}
    </>
  );
}

/** @returns the study, or why there is none */
function tried(make: () => Study): { readonly study?: Study; readonly why?: string } {
  try {
    return { study: make() };
  } catch (error) {
    return { why: formWords(messageOf(error)) };
  }
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <label>
      <span>{name}</span>
      {children}
    </label>
  );
}

interface SelectProps {
  readonly label?: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const Select = ({ label, options, value, onValue }: SelectProps) => (
  <select
    className="select"
    aria-label={label}
    value={value}
    onChange={({ target }) => onValue(target.value)}
  >
    {options.map(([one, words]) => (
      <option key={one} value={one}>
        {words}
      </option>
    ))}
  </select>
);

interface FactorsProps {
  readonly factors: OwnChoices["factors"];
  readonly onFactors: (factors: OwnChoices["factors"]) => void;
}

function Factors({ factors, onFactors }: FactorsProps) {
  const change = (i: number, part: Partial<OwnChoices["factors"][number]>) =>
    onFactors(factors.map((one, at) => (at === i ? { ...one, ...part } : one)));
  return (
    <>
      {factors.map(({ path, values }, i) => (
        <div key={i} className="study-factor">
          <Select
            label={`Setting ${i + 1}`}
            options={FACTOR_PATHS.map((one) => [one, fieldAt(one).label])}
            value={path}
            onValue={(next) => change(i, { path: FACTOR_PATHS.find((one) => one === next)! })}
          />
          <input
            className="textBox"
            aria-label={`Values of setting ${i + 1}, with commas between them`}
            value={values}
            onChange={({ target }) => change(i, { values: target.value })}
          />
          {factors.length > 1 && (
            <Button
              look="quiet"
              icon={X}
              iconOnly
              onClick={() => onFactors(factors.filter((_, at) => at !== i))}
            >
              {`Leave out setting ${i + 1}`}
            </Button>
          )}
        </div>
      ))}
      {factors.length < 2 && (
        <div>
          <Button
            look="quiet"
            icon={Plus}
            onClick={() => onFactors([...factors, { path: "optimizer.learningRate", values: "0.01, 0.03" }])}
          >
            Cross it with another setting
          </Button>
        </div>
      )}
    </>
  );
}

const MAX_FILE_BYTES = 4 * 2 ** 20;

/** A study file of the lab, in place of the form. */
function StudyFile({ onStudy }: { readonly onStudy: (study: Study) => void }) {
  const [trouble, setTrouble] = useState<string>();
  const read = async (file: File) => {
    setTrouble(undefined);
    try {
      const bytes = await wholeFile(file, MAX_FILE_BYTES, "a study");
      onStudy(parseStudy(givenSettings(bytes, file.name, "a study"), file.name));
    } catch (error) {
      setTrouble(messageOf(error));
    }
  };
  return (
    <div>
      <FileButton
        look="quiet"
        icon={FileUp}
        accept=".json,application/json"
        label="Study file to open"
        onGiven={([file]) => void read(file!)}
      >
        Open a study file
      </FileButton>
      {trouble !== undefined && (
        <Notice tone="bad">
          <p>{trouble}</p>
        </Notice>
      )}
    </div>
  );
}
