// A curve of shares over the run as stacked bands, to be drawn: press and move to set the chosen kind's share; arrow keys do the
// same from place to place.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useStore } from "zustand";
import { BATCH_KINDS, kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import { wholePercents } from "../../core/spec/wholePercents.ts";
import { draftStore } from "../../state/draftStore.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { countText } from "../words/numberText.ts";
import { drawn, PARTS, sampled, toCurve } from "./curveDrawing.ts";
import "./rules.css";

const WIDTH = 320;
const HEIGHT = 150;
const x = (place: number) => (place / PARTS) * WIDTH;
const y = (share: number) => HEIGHT * (1 - share);

/** The band of a kind: between the shares of those below it and those with its own. */
function band(mixes: readonly KindWeights[], below: readonly BatchKind[], kind: BatchKind): string {
  const under = (mix: KindWeights) => below.reduce((sum, one) => sum + mix[one], 0);
  const top = mixes.map((mix, i) => `${x(i)},${y(under(mix) + mix[kind])}`);
  const bottom = mixes.map((mix, i) => `${x(i)},${y(under(mix))}`).reverse();
  return [...top, ...bottom].join(" ");
}

export function CurveEditor({ id, describedBy }: { readonly id: string; readonly describedBy: string }) {
  const curve = useStore(draftStore, ({ spec }) => spec.batch.curve);
  const ratio = useStore(draftStore, ({ spec }) => spec.batch.ratio);
  const steps = useStore(draftStore, ({ spec }) => spec.steps);
  const [kind, setKind] = useState<BatchKind>("mono");
  const [place, setPlace] = useState(0);
  const last = useRef<{ place: number; share: number }>(undefined);
  const mixes = sampled(curve.length > 0 ? curve : [{ at: 0, weights: ratio }]);
  const order = [kind, ...BATCH_KINDS.filter((one) => one !== kind)]; // the chosen one from the ground up
  const put = (to: { place: number; share: number }, from = to) => {
    draftStore.getState().setField("batch.curve", toCurve(drawn(mixes, kind, from, to)));
    setPlace(to.place);
    last.current = to;
  };
  const locate = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (value: number) => Math.min(1, Math.max(0, value));
    return {
      place: Math.round(within((event.clientX - box.left) / box.width) * PARTS),
      share: Math.round(100 * within(1 - (event.clientY - box.top) / box.height)) / 100,
    };
  };
  const press = (event: KeyboardEvent) => {
    const by = (event.shiftKey ? 10 : 1) / 100;
    const share = mixes[place]![kind];
    const to = (next: number) => put({ place, share: Math.min(1, Math.max(0, next)) });
    const moves: Record<string, () => void> = {
      ArrowLeft: () => setPlace(Math.max(0, place - 1)),
      ArrowRight: () => setPlace(Math.min(PARTS, place + 1)),
      Home: () => setPlace(0),
      End: () => setPlace(PARTS),
      ArrowUp: () => to(share + by),
      ArrowDown: () => to(share - by),
      PageUp: () => to(share + 0.1),
      PageDown: () => to(share - 0.1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const step = Math.round((place / PARTS) * (steps - 1));
  const percents = wholePercents(mixes[place]!);
  const words = BATCH_KINDS.filter((one) => percents[one] > 0)
    .map((one) => `${kindFacts(one).short} ${percents[one]} %`)
    .join(", ");
  return (
    <div className="curveEditor">
      <Segmented
        label="Draws the share of"
        value={kind}
        options={BATCH_KINDS.map((one) => ({ value: one, label: kindFacts(one).short }))}
        onChange={(next) => setKind(next)}
      />
      <svg
        id={id}
        className="curveEditor-plot"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="slider"
        tabIndex={0}
        aria-roledescription="curve"
        aria-label={`Share of ${kindFacts(kind).label} batches over the run. Left and right for the step, up and down for the share`}
        aria-describedby={describedBy}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percents[kind]}
        aria-valuetext={`Step ${countText(step)}: ${words}`}
        onKeyDown={press}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          put(locate(event));
        }}
        onPointerMove={(event) => event.buttons > 0 && put(locate(event), last.current)}
        onPointerUp={() => (last.current = undefined)}
        onPointerCancel={() => (last.current = undefined)}
      >
        {order.map((one, i) => (
          <polygon
            key={one}
            points={band(mixes, order.slice(0, i), one)}
            fill={`var(--kind-${one})`}
            className={one === kind ? "curveEditor-chosen" : "curveEditor-other"}
          />
        ))}
        <line x1={x(place)} x2={x(place)} y1={0} y2={HEIGHT} className="curveEditor-place" />
      </svg>
      <div className="curveEditor-axis" aria-hidden>
        <span>step 0</span>
        <span>{countText(steps)}</span>
      </div>
      <p className="field-note">
        Step {countText(step)}: {words}. Draw in the picture, or use the arrow keys.
      </p>
    </div>
  );
}
