// The curve of a mix, drawn by mouse or finger and edited by keyboard, before training. Its picture is fetched when it is asked for.
import { Suspense } from "react";
import { lazyPart } from "../controls/lazyPart.tsx";
import { FieldRow } from "../form/FieldRow.tsx";

const CurveEditor = lazyPart(async () => (await import("./CurveEditor.tsx")).CurveEditor);

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
