// The fourth kind beside the triangle: how much of the mix it has, as a point on a rail that ends at its own corner. Drawn inside
// the triangle's picture, which hands on what is dragged.
import type { KeyboardEvent } from "react";
import { kindFacts } from "../../core/spec/batchKind.ts";
import { wholePercents } from "../../core/spec/wholePercents.ts";
import { withPercent, type MixHandle, type PlanePoint } from "./simplex.ts";

interface MixRailProps {
  readonly handles: readonly MixHandle[];
  readonly from: PlanePoint; // nothing of the fourth kind
  readonly to: PlanePoint; // nothing else
}

/** Where a share of the fourth kind is on the rail. */
export const railPoint = ({ from, to }: Pick<MixRailProps, "from" | "to">, share: number): PlanePoint => ({
  x: from.x + share * (to.x - from.x),
  y: from.y + share * (to.y - from.y),
});

export function MixRail({ handles, from, to }: MixRailProps) {
  const press = (event: KeyboardEvent, { ratio, onChange }: MixHandle) => {
    const now = wholePercents(ratio).mixedMono;
    const by = event.shiftKey ? 10 : 1;
    const next: Record<string, number> = {
      ArrowUp: now + by,
      ArrowRight: now + by,
      ArrowDown: now - by,
      ArrowLeft: now - by,
      PageUp: now + 10,
      PageDown: now - 10,
      Home: 0,
      End: 100,
    };
    const percent = next[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    onChange(withPercent(ratio, "mixedMono", percent));
  };
  return (
    <g className="mixRail">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} className="mixRail-line" />
      {[0.25, 0.5, 0.75].map((share) => {
        const { x, y } = railPoint({ from, to }, share);
        return <line key={share} x1={x - 5} y1={y} x2={x + 5} y2={y} className="triangle-grid" />;
      })}
      <circle cx={to.x} cy={to.y} r="4.5" fill="var(--kind-mixedMono)" />
      {kindFacts("mixedMono")
        .label.split(" ")
        .map((word, i) => (
          <text
            key={word}
            x={to.x + 18}
            y={to.y - 32 + 15 * i}
            textAnchor="end"
            className="triangle-corner"
            fill="var(--kind-mixedMono)"
          >
            {word}
          </text>
        ))}
      {handles.map((handle, i) => {
        const percent = wholePercents(handle.ratio).mixedMono;
        const { x, y } = railPoint({ from, to }, handle.ratio.mixedMono);
        return (
          <g
            key={handle.label}
            className={`triangle-handle ${i > 0 ? "triangle-handle-end" : ""}`}
            transform={`translate(${x} ${y})`}
            role="slider"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={`${handle.label}: ${kindFacts("mixedMono").label}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            aria-valuetext={`${percent} %`}
            onKeyDown={(event) => press(event, handle)}
          >
            <circle r="22" className="triangle-halo" />
            <circle r={i > 0 ? 6 : 8} className="triangle-dot" />
          </g>
        );
      })}
    </g>
  );
}
