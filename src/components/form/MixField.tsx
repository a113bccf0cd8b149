// The batch mix: the picture and number boxes in per cent; start and end when it moves.
import { useRef, type CSSProperties } from "react";
import { useStore } from "zustand";
import { BATCH_KINDS, kindFacts, type BatchKind, type Ratio } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { isAsked, mixRule } from "../../core/spec/ruleFacts.ts";
import { wholePercents } from "../../core/spec/wholePercents.ts";
import { draftStore } from "../../state/draftStore.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { MixTriangle } from "./MixTriangle.tsx";
import { mixText, shareOfThree, withTyped, type MixHandle, type TypedMix } from "./simplex.ts";

export function MixField() {
  const ratio = useStore(draftStore, (state) => state.spec.batch.ratio);
  const ratioEnd = useStore(draftStore, (state) => state.spec.batch.ratioEnd);
  const moving = useStore(draftStore, ({ spec }) => isAsked(spec, "batch.ratioEnd"));
  const drawn = useStore(draftStore, ({ spec }) => spec.batch.schedule === "drawn");
  const ruled = useStore(draftStore, ({ spec }) => mixRule(spec).asks.includes("rule.floor"));
  const { setField } = draftStore.getState();
  const start: MixHandle = {
    label: moving || ruled ? "Mix at the start" : fieldAt("batch.ratio").label,
    ratio,
    onChange: (next) => setField("batch.ratio", next),
  };
  const end: MixHandle = {
    label: fieldAt("batch.ratioEnd").label,
    ratio: ratioEnd,
    onChange: (next) => setField("batch.ratioEnd", next),
  };
  const handles = moving ? [start, end] : [start];
  if (drawn) return null; // the curve says it all
  return (
    <>
      <FieldRow path="batch.ratio" wide>
        {() => (
          <>
            <MixTriangle handles={handles} />
            <ThreeNote ratio={ratio} />
          </>
        )}
      </FieldRow>
      <MixTable handles={handles} />
      {moving && (
        <FieldRow path="batch.ratioEnd">
          {() => <span className="field-note">{mixText(ratioEnd)}</span>}
        </FieldRow>
      )}
    </>
  );
}

/** Takes typed per cent, and keeps in mind what was typed before as long as nothing else changes the mix. */
function useTyping(handles: readonly MixHandle[]) {
  const before = useRef<(TypedMix | undefined)[]>([]);
  return (i: number, kind: BatchKind, percent: number) => {
    const { ratio, onChange } = handles[i]!;
    const last = before.current[i];
    const isOwn = last && BATCH_KINDS.every((one) => Math.abs(last.ratio[one] - ratio[one]) < 1e-6);
    const next = withTyped({ ratio, typed: isOwn ? last.typed : [] }, kind, percent);
    before.current[i] = next;
    onChange(next.ratio);
  };
}

function MixTable({ handles }: { handles: readonly MixHandle[] }) {
  const type = useTyping(handles);
  const percents = handles.map(({ ratio }) => wholePercents(ratio));
  return (
    <table className="mixTable">
      <thead className={handles.length > 1 ? "" : "visuallyHidden"}>
        <tr>
          <th scope="col">Kind of batch</th>
          {handles.map(({ label }, i) => (
            <th key={label} scope="col">
              {i === 0 ? "Start" : "End"}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {BATCH_KINDS.map((kind) => (
          <tr key={kind} style={{ "--kind": `var(--kind-${kind})` } as CSSProperties}>
            <th scope="row" title={kindFacts(kind).explanation}>
              <span className="kindDot" aria-hidden />{" "}
              {handles.length > 1 ? kindFacts(kind).short : kindFacts(kind).label}
            </th>
            {handles.map(({ label }, i) => (
              <td key={label}>
                <NumberBox
                  label={`${label}: ${kindFacts(kind).label}, per cent`}
                  {...{ min: 0, max: 100, step: 1, unit: "%" }}
                  value={percents[i]![kind]}
                  onValue={(next) => typeof next === "number" && type(i, kind, next)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the point in the triangle speaks of while a kind without a corner has a part. */
function ThreeNote({ ratio }: { ratio: Ratio }) {
  const three = Math.round(100 * shareOfThree(ratio));
  if (three === 100) return null;
  return (
    <p className="field-note mixNote">
      {three === 0
        ? "None of the three has a share: the point in the triangle says nothing now."
        : `The point in the triangle is the mix of the other ${three} %.`}
    </p>
  );
}
