// The batch mix: triangle, number boxes in per cent, and the control kind as a slider; start and end when it moves.
import { useRef, type CSSProperties } from "react";
import { useStore } from "zustand";
import { BATCH_KINDS, type BatchKind } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { draftStore } from "../../state/draftStore.ts";
import { KIND_WORDS } from "../words/kindNames.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { MixTriangle, type MixHandle } from "./MixTriangle.tsx";
import { mixText, wholePercents, withTyped, type TypedMix } from "./simplex.ts";

export function MixField() {
  const ratio = useStore(draftStore, (state) => state.spec.batch.ratio);
  const ratioEnd = useStore(draftStore, (state) => state.spec.batch.ratioEnd);
  const moving = useStore(draftStore, (state) => state.spec.batch.schedule !== "constant");
  const { setField } = draftStore.getState();
  const start: MixHandle = {
    label: moving ? "Mix at the start" : fieldAt("batch.ratio").label,
    ratio,
    onChange: (next) => setField("batch.ratio", next),
  };
  const end: MixHandle = {
    label: fieldAt("batch.ratioEnd").label,
    ratio: ratioEnd,
    onChange: (next) => setField("batch.ratioEnd", next),
  };
  const handles = moving ? [start, end] : [start];
  return (
    <>
      <FieldRow path="batch.ratio" wide>
        {() => <MixTriangle handles={handles} />}
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
            <th scope="row" title={KIND_WORDS[kind].explanation}>
              <span className="kindDot" aria-hidden />{" "}
              {handles.length > 1 ? KIND_WORDS[kind].short : KIND_WORDS[kind].label}
            </th>
            {handles.map(({ label }, i) => (
              <td key={label}>
                <NumberBox
                  label={`${label}: ${KIND_WORDS[kind].label}, per cent`}
                  {...{ min: 0, max: 100, step: 1, unit: "%" }}
                  value={percents[i]![kind]}
                  onValue={(next) => typeof next === "number" && type(i, kind, next)}
                />
              </td>
            ))}
          </tr>
        ))}
        <tr style={{ "--kind": "var(--kind-mixedMono)" } as CSSProperties}>
          <td colSpan={handles.length + 1} className="mixTable-sliders">
            <MixedSliders handles={handles} onSlide={(i, percent) => type(i, "mixedMono", percent)} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

interface SlidersProps {
  readonly handles: readonly MixHandle[];
  readonly onSlide: (handle: number, percent: number) => void;
}

/** The fourth kind has no corner: it takes from the three in proportion. */
function MixedSliders({ handles, onSlide }: SlidersProps) {
  return handles.map(({ label, ratio }, i) => (
    <label key={label} className="mixSlider">
      {handles.length > 1 && <span aria-hidden>{i === 0 ? "Start" : "End"}</span>}
      <input
        type="range"
        min={0}
        max={100}
        value={wholePercents(ratio).mixedMono}
        aria-label={`${label}: ${KIND_WORDS.mixedMono.label}, per cent`}
        onChange={(event) => onSlide(i, event.target.valueAsNumber)}
      />
    </label>
  ));
}
