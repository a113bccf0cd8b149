// How the mix moves over time: rules by their names, each with one sentence. A curve that is chosen begins as a straight line.
import { useStore } from "zustand";
import type { ChoiceField } from "../../core/spec/field.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { mixRule, MIX_RULES, type Schedule } from "../../core/spec/ruleFacts.ts";
import { draftStore } from "../../state/draftStore.ts";
import { FieldRow } from "../form/FieldRow.tsx";

const FIELD = fieldAt("batch.schedule") as ChoiceField;
const GROUPS: readonly { readonly label: string; readonly has: (rule: Schedule) => boolean }[] = [
  { label: "By the step", has: (rule) => MIX_RULES[rule].observes === "nothing" },
  { label: "By what training measures", has: (rule) => MIX_RULES[rule].observes !== "nothing" },
];

export function ScheduleField() {
  const schedule = useStore(draftStore, ({ spec }) => spec.batch.schedule);
  const decides = useStore(draftStore, ({ spec }) => mixRule(spec).observes !== "nothing");
  const choose = (next: Schedule) => {
    const { spec, setFields } = draftStore.getState();
    const { ratio, ratioEnd, curve } = spec.batch;
    const line = [
      { at: 0, weights: ratio },
      { at: 1, weights: ratioEnd },
    ];
    setFields({
      "batch.schedule": next,
      ...(next === "drawn" && curve.length === 0 && { "batch.curve": line }),
    });
  };
  const { help } = FIELD.options.find(({ value }) => value === schedule)!;
  return (
    <FieldRow path="batch.schedule" wide>
      {({ control, describedBy }) => (
        <>
          <select
            id={control}
            className="select"
            value={schedule}
            aria-describedby={describedBy}
            onChange={({ target }) => choose(target.value as Schedule)}
          >
            {GROUPS.map(({ label, has }) => (
              <optgroup key={label} label={label}>
                {FIELD.options
                  .filter(({ value }) => has(value as Schedule))
                  .map(({ value, label: name }) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          <p className="field-note">
            {help}
            {decides && " It starts from the mix above."}
          </p>
        </>
      )}
    </FieldRow>
  );
}
