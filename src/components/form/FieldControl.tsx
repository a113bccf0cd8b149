// The control of one field, chosen by the type the field table gives it. Fields with a picture of their own are drawn
// by MixField, LanguagesField and DatasetField.
import { useState } from "react";
import { useStore } from "zustand";
import { BATCH_KINDS, kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";
import type { ChoiceField, Field } from "../../core/spec/field.ts";
import { formatValue, parseValue } from "../../core/spec/fieldText.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { readPath, type SpecPath, type SpecValue } from "../../core/spec/spec.ts";
import { draftStore } from "../../state/draftStore.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { checkpointValue } from "./checkpointValue.ts";
import { FieldRow, type FieldIds } from "./FieldRow.tsx";

export function FieldControl({ path }: { path: SpecPath }) {
  const field = fieldAt(path);
  const narrow = ["number", "boolean", "choice", "id"].includes(field.type); // all others are lists and kinds
  const wide = !narrow || (field.type === "choice" && field.options.some(({ help }) => help !== undefined));
  return (
    <FieldRow path={path} wide={wide}>
      {(ids) => <ControlOf path={path} field={field} ids={ids} />}
    </FieldRow>
  );
}

function ControlOf({ path, field, ids }: { path: SpecPath; field: Field; ids: FieldIds }) {
  const value = useStore(draftStore, (state) => readPath(state.spec, path));
  const change = (next: unknown) => draftStore.getState().setField(path, next);
  const encoder = useStore(draftStore, (state) => state.spec.encoder.id);
  const info = useStore(encoderStore, (state) => state.facts[encoder]);
  const fixed = checkpointValue(path, encoder, info);
  if (fixed !== undefined) {
    return (
      <output id={ids.control} className="field-fixed" title="Comes with the encoder">
        {fixed}
      </output>
    );
  }
  switch (field.type) {
    case "number":
      return (
        <NumberBox
          {...{ id: ids.control, describedBy: ids.describedBy, invalid: ids.invalid }}
          {...{ min: field.min, max: field.max, step: field.step, scale: field.scale, unit: field.unit }}
          value={value as number}
          onValue={change}
        />
      );
    case "boolean":
      return (
        <input
          id={ids.control}
          className="switch"
          type="checkbox"
          role="switch"
          checked={value as boolean}
          aria-describedby={ids.describedBy}
          onChange={(event) => change(event.target.checked)}
        />
      );
    case "choice": {
      const letters = field.options.reduce((sum, option) => sum + option.label.length, 0);
      if (letters <= 24) {
        const shared = { label: field.label, describedBy: ids.describedBy, options: field.options };
        return <Segmented {...shared} value={value as string} onChange={change} />;
      }
      return (
        <>
          <SelectOf ids={ids} value={value as string} options={field.options} onChange={change} />
          <ChosenHelp field={field} value={value as string} />
        </>
      );
    }
    case "id": // drawn by DatasetField and EncoderField
      return null;
    case "ratio":
    case "kindWeights":
      return (
        <div className="kindBoxes">
          {BATCH_KINDS.map((kind) => (
            <label key={kind} className="kindBox" style={{ "--kind": `var(--kind-${kind})` } as object}>
              <span className="kindDot" />
              <span>{kindFacts(kind).short}</span>
              <NumberBox
                {...{ min: 0, max: field.max, step: 0.1, describedBy: ids.describedBy, invalid: ids.invalid }}
                label={`${field.label}: ${kindFacts(kind).label}`}
                value={(value as Record<BatchKind, number>)[kind]}
                onValue={(next) => change({ ...(value as object), [kind]: next })}
              />
            </label>
          ))}
        </div>
      );
    case "languageWeights":
    case "languageList":
      return <ListText path={path} ids={ids} value={value} placeholder="all of the above" />;
    case "cutList":
      return <ListText path={path} ids={ids} value={value} placeholder="none" />;
    case "curve":
    case "kindNumbers":
    case "kindMatrix":
      return <LinkText path={path} ids={ids} value={value} />;
  }
}

/** What the chosen one does, where the table says it. */
function ChosenHelp({ field, value }: { field: ChoiceField; value: string }) {
  const help = field.options.find((option) => option.value === value)?.help;
  return help === undefined ? null : <p className="field-note">{help}</p>;
}

interface SelectProps {
  readonly ids: FieldIds;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function SelectOf({ ids, value, options, onChange }: SelectProps) {
  return (
    <select
      id={ids.control}
      className="select"
      value={value}
      aria-describedby={ids.describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface ListProps {
  readonly path: SpecPath;
  readonly ids: FieldIds;
  readonly value: SpecValue;
  readonly placeholder: string; // what an empty list means
}

/** Codes with commas, as in links. */
function ListText(props: ListProps) {
  const codes = (typed: string) => typed.split(/[\s,]+/).filter((code) => code !== "" && code !== "none");
  return <TypedText {...props} read={codes} />;
}

/** A value as it stands in links. */
function LinkText(props: Omit<ListProps, "placeholder">) {
  const read = (typed: string): unknown => {
    const checked = parseValue(props.path, typed);
    return "value" in checked ? checked.value : typed;
  };
  return <TypedText {...props} placeholder="none" read={read} />;
}

/** Taken over when the box is left. */
function TypedText({
  path,
  ids,
  value,
  placeholder,
  read,
}: ListProps & { read: (typed: string) => unknown }) {
  const [typed, setTyped] = useState<string>();
  const shown = formatValue(path, value);
  const take = () => {
    if (typed !== undefined) draftStore.getState().setField(path, read(typed));
    setTyped(undefined);
  };
  return (
    <input
      id={ids.control}
      className="textBox"
      type="text"
      placeholder={placeholder}
      spellCheck={false}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.invalid || undefined}
      value={typed ?? (shown === "none" ? "" : shown)}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && take()}
      onBlur={take}
    />
  );
}
