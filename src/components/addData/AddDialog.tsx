// Given files before they are added: what they were recognised as, their licence, and what the files do not say.
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import type { GivenSummary, ImportChoices } from "../../core/collections/importChoices.ts";
import { ownDatasetId } from "../../core/collections/ownId.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { Notice } from "../controls/Notice.tsx";
import { ColumnsField } from "./ColumnsField.tsx";
import { KnownSets } from "./KnownSets.tsx";
import { LanguageBox } from "./LanguageBox.tsx";
import { TextFields } from "./TextFields.tsx";
import { firstTyped, judge, NAMES_LANGUAGES, type Typed } from "./ownChoices.ts";

/** A format by its id, as short as a choice needs. */
const FORMATS: Readonly<Record<string, string>> = {
  beir: "BEIR or MTEB folder: corpus, queries and judgements",
  pairs: "Pairs or triplets: a table of queries and passages",
  parallel: "Parallel text: sentences and their translations",
  squad: "SQuAD-shaped JSON: sentences of paragraphs, a file per language",
};

interface AddDialogProps {
  readonly summary: GivenSummary;
  readonly onAccept: (choices: ImportChoices) => void;
  readonly onClose: () => void;
}

export function AddDialog({ summary, onAccept, onClose }: AddDialogProps) {
  const catalog = useStore(datasetStore, (state) => state.catalog);
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const [typed, setTyped] = useState(() => firstTyped(summary));
  const change = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const id = useId();
  const entries = catalog.filter((entry) => summary.known.includes(entry.id));
  const offered = [
    ...new Set(entries.filter((entry) => typed.sets.includes(entry.id)).flatMap((e) => e.languages)),
  ];
  const { problems, choices } = judge(typed, summary, offered);
  const isOwn = entries.length === 0;
  const { table } = summary;
  const ownId = ownDatasetId(
    typed.title.trim(),
    catalog.map((entry) => entry.id),
  );
  const twin = isOwn && !problems.title ? datasets.find((set) => set.id === ownId) : undefined;
  const replaces = twin !== undefined && typed.replaces === twin.id;
  const isReady = Object.keys(problems).length === 0 && (twin === undefined || replaces);
  return (
    <Dialog
      title="Add data"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            icon={Plus}
            inactive={!isReady}
            onClick={() => onAccept(replaces ? { ...choices, replace: true } : choices)}
          >
            Add
          </Button>
        </>
      }
    >
      <div className="addDialog">
        {summary.unreadable && (
          <Notice tone="warn" title="Not everything can be read">
            {summary.unreadable.map((problem) => (
              <p key={problem}>{problem}.</p>
            ))}
          </Notice>
        )}
        {isOwn ? (
          <>
            <div className="addField">
              <label htmlFor={`${id}-title`}>Name</label>
              <input
                id={`${id}-title`}
                className="textBox"
                type="text"
                autoComplete="off"
                maxLength={100}
                aria-describedby={`${id}-said`}
                value={typed.title}
                onChange={({ target }) => change({ title: target.value })}
              />
              <p
                id={`${id}-said`}
                role="status"
                className={problems.title === undefined ? "addField-said" : "field-problem"}
              >
                {problems.title ??
                  (twin && `${twin.title} is here already: give another name, or replace it.`)}
              </p>
              {twin && (
                <label>
                  <input
                    type="checkbox"
                    checked={replaces}
                    onChange={({ target }) => change({ replaces: target.checked ? twin.id : undefined })}
                  />{" "}
                  Replace {twin.title}, once this one is read
                </label>
              )}
            </div>
            <div className="addField">
              <label htmlFor={`${id}-format`}>Read as</label>
              <select
                id={`${id}-format`}
                className="select"
                value={typed.format}
                onChange={({ target }) => change({ format: target.value })}
              >
                {summary.formats.map((format) => (
                  <option key={format} value={format}>
                    {FORMATS[format] ?? format}
                  </option>
                ))}
              </select>
            </div>
            {typed.format === "pairs" && table && "columns" in table && (
              <ColumnsField
                table={table}
                columns={typed.columns}
                lang={choices.lang ?? "en"}
                passageLang={choices.passageLang ?? choices.lang ?? "en"}
                problem={problems.columns}
                onColumns={(columns) => change({ columns })}
              />
            )}
            {typed.format === "pairs" && table && "problem" in table && (
              <p className="field-problem">{table.problem}</p>
            )}
            {NAMES_LANGUAGES.includes(typed.format) && (
              <TextFields summary={summary} typed={typed} problems={problems} onChange={change} />
            )}
          </>
        ) : (
          <KnownSets
            entries={entries}
            chosen={typed.sets}
            problem={problems.sets}
            onChosen={(sets) => change({ sets })}
          />
        )}
        <LanguageBox
          label="Keep only these languages"
          placeholder="all of them"
          help={`Codes between commas, such as “sw, yo”.${offered.length > 0 ? ` It has ${offered.join(", ")}.` : ""}`}
          text={typed.keep}
          problem={problems.keep}
          onText={(keep) => change({ keep })}
        />
        {isOwn && (
          <div className="addField">
            <label htmlFor={`${id}-licence`}>Licence</label>
            <input
              id={`${id}-licence`}
              className="textBox"
              type="text"
              autoComplete="off"
              maxLength={100}
              placeholder="not stated"
              aria-describedby={`${id}-why`}
              value={typed.licence}
              onChange={({ target }) => change({ licence: target.value })}
            />
            <p id={`${id}-why`} className="field-note">
              It goes into the card of every model trained on the data.
            </p>
          </div>
        )}
      </div>
    </Dialog>
  );
}
