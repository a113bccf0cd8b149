// What every field has around its control: label, unit, help, a dot that leads back to the preset or parent, its problem.
import { CircleHelp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { formatValue } from "../../core/spec/fieldText.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { readPath, type SpecPath } from "../../core/spec/spec.ts";
import { baseSpec, draftStore } from "../../state/draftStore.ts";
import { Terms } from "../words/Terms.tsx";

export interface FieldIds {
  readonly control: string; // of the element the label belongs to
  readonly describedBy: string; // help, and the problem if there is one
  readonly invalid: boolean;
}

interface FieldRowProps {
  readonly path: SpecPath;
  readonly wide?: boolean; // the control stands under the label
  readonly children: (ids: FieldIds) => ReactNode;
}

export function FieldRow({ path, wide = false, children }: FieldRowProps) {
  const field = fieldAt(path);
  const id = useId();
  const [helpShown, setHelpShown] = useState(false);
  const problem = useStore(draftStore, (state) => state.fieldProblems[path]);
  const now = useStore(draftStore, (state) => formatValue(path, readPath(state.spec, path)));
  const preset = useStore(draftStore, (state) => formatValue(path, readPath(baseSpec(state), path)));
  const isBranch = useStore(draftStore, ({ parent }) => parent !== undefined);
  const presetShown = preset.length > 40 ? `the ${isBranch ? "parent" : "preset"}’s choice` : preset;
  return (
    <div className={`field ${wide ? "field-wide" : ""}`}>
      <div className="field-name">
        <label htmlFor={`${id}-control`}>{field.label}</label>
        <button
          type="button"
          className="field-help"
          aria-expanded={helpShown}
          aria-controls={`${id}-help`}
          aria-label={`About ${field.label}`}
          onClick={() => setHelpShown(!helpShown)}
        >
          <CircleHelp aria-hidden size="1em" />
        </button>
        {now !== preset && (
          <button
            type="button"
            className="field-reset"
            aria-label={`Reset ${field.label} to ${presetShown}`}
            title={`Changed. Press to reset to ${presetShown}`}
            onClick={() => draftStore.getState().resetField(path)}
          />
        )}
      </div>
      <div className="field-control">
        {children({
          control: `${id}-control`,
          describedBy: `${id}-help ${id}-problem`,
          invalid: problem !== undefined,
        })}
      </div>
      <p id={`${id}-help`} className="field-text" hidden={!helpShown}>
        <Terms>{field.help}</Terms>
      </p>
      <p id={`${id}-problem`} className="field-text field-problem" role="status">
        {problem}
      </p>
    </div>
  );
}
