// Fields of rules whose controls are fetched when a rule asks for them: the curve of a mix, and the run to be held against.
import { Suspense } from "react";
import { lazyPart } from "../controls/lazyPart.tsx";
import { FieldRow } from "../form/FieldRow.tsx";

const CurveEditor = lazyPart(async () => (await import("./CurveEditor.tsx")).CurveEditor);

const ReferenceChoice = lazyPart(async () => (await import("./ReferenceChoice.tsx")).ReferenceChoice);

export function ReferenceField() {
  return (
    <FieldRow path="rule.reference" wide>
      {(ids) => (
        <Suspense fallback={<p className="field-note">Loading …</p>}>
          <ReferenceChoice {...ids} />
        </Suspense>
      )}
    </FieldRow>
  );
}

export function DrawnCurve() {
  return (
    <FieldRow path="batch.curve" wide>
      {({ control, describedBy }) => (
        <Suspense fallback={<p className="field-note">Loading …</p>}>
          <CurveEditor id={control} describedBy={describedBy} />
        </Suspense>
      )}
    </FieldRow>
  );
}
