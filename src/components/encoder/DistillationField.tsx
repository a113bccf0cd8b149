// Whether the run has a teacher, and only then: which, and how much of the loss is its.
import { useId, useState } from "react";
import { useStore } from "zustand";
import { HUB_ENCODERS } from "../../core/encoders/encoderCatalog.ts";
import { SHIPPED_ENCODERS } from "../../core/encoders/shippedEncoders.ts";
import { draftStore } from "../../state/draftStore.ts";
import { FieldControl } from "../form/FieldControl.tsx";
import { FieldRow, type FieldIds } from "../form/FieldRow.tsx";

const KNOWN = [...SHIPPED_ENCODERS, ...HUB_ENCODERS.map(({ id }) => id)];

export function DistillationField() {
  const on = useStore(draftStore, ({ spec }) => spec.loss.distillation !== "off");
  return (
    <>
      <FieldControl path="loss.distillation" />
      {on && (
        <>
          <FieldControl path="loss.distillationWeight" />
          <FieldRow path="loss.teacher" wide>
            {(ids) => <TeacherBox {...ids} />}
          </FieldRow>
        </>
      )}
    </>
  );
}

/** Any encoder id; those the lab knows are suggested. Taken over when the box is left. */
function TeacherBox({ control, describedBy, invalid }: FieldIds) {
  const teacher = useStore(draftStore, ({ spec }) => spec.loss.teacher);
  const [typed, setTyped] = useState<string>();
  const listId = useId();
  const take = () => {
    if (typed !== undefined) draftStore.getState().setField("loss.teacher", typed.trim());
    setTyped(undefined);
  };
  return (
    <>
      <input
        id={control}
        className="textBox"
        type="text"
        list={listId}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={typed ?? teacher}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => event.key === "Enter" && take()}
        onBlur={take}
      />
      <datalist id={listId}>
        {KNOWN.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </>
  );
}
