// The mix of three kinds as a point in a triangle, and the fourth kind on a rail beside it, to be dragged or moved by arrow keys;
// two points each when the mix moves.
// Knows nothing of stores.
import { useEffect, useId, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { kindFacts, type Ratio } from "../../core/spec/batchKind.ts";
import { wholePercents } from "../../core/spec/wholePercents.ts";
import { MixRail, railPoint } from "./MixRail.tsx";
import {
  CORNERS,
  moveTowards,
  shareOfThree,
  sharesOf,
  toPoint,
  toShares,
  TRIANGLE,
  withPercent,
  withShares,
  type MixHandle,
  type PlanePoint,
} from "./simplex.ts";

const TOUCH_REACH = 36; // about a fingertip, in units of the drawing
const SIDE = 240;
const LEFT = 48;
const TOP = 34;
const WIDTH = SIDE + LEFT + 86; // the rail stands to the right
const HEIGHT = TOP + (SIDE * Math.sqrt(3)) / 2 + 38;
const toScreen = ({ x, y }: PlanePoint) => ({ x: LEFT + x * SIDE, y: TOP + y * SIDE });
/** Apart from the triangle: the fourth kind is no blend of the three. */
const RAIL = { from: { x: WIDTH - 28, y: TOP + 168 }, to: { x: WIDTH - 28, y: TOP + 42 } };
const RAIL_REACH = 28; // left of the rail
const CORNER_POINTS = TRIANGLE.map(toScreen);
const OUTLINE = CORNER_POINTS.map(({ x, y }) => `${x},${y}`).join(" ");
/** Lines of equal share at a quarter, a half and three quarters of each kind. */
const GRID = [0.25, 0.5, 0.75].flatMap((share) =>
  [0, 1, 2].map((kind) => {
    const end = (other: number) =>
      toScreen(toPoint([0, 1, 2].map((i) => (i === kind ? share : i === other ? 1 - share : 0)) as never));
    return [end((kind + 1) % 3), end((kind + 2) % 3)] as const;
  }),
);

export function MixTriangle({ handles }: { handles: readonly MixHandle[] }) {
  const svg = useRef<SVGSVGElement>(null);
  const dragged = useRef<{ readonly handle: number; readonly onRail: boolean }>(undefined);
  const id = useId();
  const points = handles.map(({ ratio }) => toScreen(toPoint(sharesOf(ratio))));
  const railPoints = handles.map(({ ratio }) => railPoint(RAIL, ratio.mixedMono));

  // A finger on a handle drags it, a finger beside it scrolls the page. `touch-action` cannot tell the two apart: what
  // the drawing allows, its parts cannot forbid.
  useEffect(() => {
    const drawing = svg.current;
    const hold = (event: TouchEvent) => {
      if (event.target instanceof Element && event.target.closest(".triangle-handle")) event.preventDefault();
    };
    drawing?.addEventListener("touchstart", hold, { passive: false });
    return () => drawing?.removeEventListener("touchstart", hold);
  }, []);

  const locate = (event: PointerEvent): PlanePoint => {
    const box = svg.current!.getBoundingClientRect();
    const scale = WIDTH / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const drag = (event: PointerEvent) => {
    const handle = handles[dragged.current?.handle ?? -1];
    if (!handle) return;
    const { x, y } = locate(event);
    if (dragged.current?.onRail) {
      const share = (RAIL.from.y - y) / (RAIL.from.y - RAIL.to.y);
      return handle.onChange(withPercent(handle.ratio, "mixedMono", 100 * share));
    }
    handle.onChange(withShares(handle.ratio, toShares({ x: (x - LEFT) / SIDE, y: (y - TOP) / SIDE })));
  };
  const grab = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const at = locate(event);
    const onRail = at.x > RAIL.from.x - RAIL_REACH;
    const distances = (onRail ? railPoints : points).map(({ x, y }) => Math.hypot(x - at.x, y - at.y));
    const nearest = Math.min(...distances);
    if (event.pointerType === "touch" && nearest > TOUCH_REACH) return;
    dragged.current = { handle: distances.indexOf(nearest), onRail };
    svg.current!.setPointerCapture(event.pointerId);
    svg
      .current!.querySelectorAll<SVGGElement>(onRail ? ".mixRail .triangle-handle" : ".triangle-handle-three")
      [dragged.current.handle]?.focus({ preventScroll: true });
    drag(event);
  };
  const press = (event: KeyboardEvent, { ratio, onChange }: MixHandle) => {
    const by = (event.shiftKey ? 10 : 1) / 100;
    const moves: Record<string, () => Ratio> = {
      ArrowLeft: () => moveTowards(ratio, "mono", by),
      ArrowRight: () => moveTowards(ratio, "cross", by),
      ArrowUp: () => moveTowards(ratio, "multi", by),
      ArrowDown: () => moveTowards(ratio, "multi", -by),
      Home: () => moveTowards(ratio, "mono", 1),
      End: () => moveTowards(ratio, "cross", 1),
      PageUp: () => moveTowards(ratio, "multi", 0.1),
      PageDown: () => moveTowards(ratio, "multi", -0.1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    onChange(move());
  };
  return (
    <svg
      ref={svg}
      className="triangle"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      onPointerDown={grab}
      onPointerMove={(event) => event.buttons > 0 && drag(event)}
      onPointerUp={() => (dragged.current = undefined)}
      onPointerCancel={() => (dragged.current = undefined)}
    >
      <defs>
        {CORNERS.map((kind, i) => (
          <radialGradient
            key={kind}
            id={`${id}-${kind}`}
            gradientUnits="userSpaceOnUse"
            cx={CORNER_POINTS[i]!.x}
            cy={CORNER_POINTS[i]!.y}
            r={SIDE * 0.82}
          >
            <stop offset="0" stopColor={`var(--kind-${kind})`} stopOpacity="0.5" />
            <stop offset="1" stopColor={`var(--kind-${kind})`} stopOpacity="0" />
          </radialGradient>
        ))}
        <marker
          id={`${id}-arrow`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0.5 7.5 4 0 7.5z" className="triangle-arrow" />
        </marker>
      </defs>
      <polygon points={OUTLINE} className="triangle-ground" />
      {CORNERS.map((kind) => (
        <polygon key={kind} points={OUTLINE} fill={`url(#${id}-${kind})`} />
      ))}
      {GRID.map(([a, b], i) => (
        <line key={i} x1={a.x} y1={a.y} x2={b.x} y2={b.y} className="triangle-grid" />
      ))}
      <polygon points={OUTLINE} className="triangle-edge" />
      {CORNERS.map((kind, i) => (
        <text
          key={kind}
          x={CORNER_POINTS[i]!.x}
          y={kind === "multi" ? TOP - 17 : HEIGHT - 8}
          textAnchor="middle"
          className="triangle-corner"
          fill={`var(--kind-${kind})`}
        >
          {kindFacts(kind).label}
        </text>
      ))}
      <MixRail handles={handles} {...RAIL} />
      {points.length > 1 && <Path from={points[0]!} to={points[1]!} marker={`${id}-arrow`} />}
      {handles.map((handle, i) => {
        const percents = wholePercents(handle.ratio);
        const text = CORNERS.map((kind) => `${kindFacts(kind).label} ${percents[kind]} %`).join(", ");
        const rest = shareOfThree(handle.ratio);
        return (
          <g
            key={handle.label}
            className={`triangle-handle triangle-handle-three ${i > 0 ? "triangle-handle-end" : ""}`}
            data-unused={rest <= 0 || undefined}
            transform={`translate(${points[i]!.x} ${points[i]!.y})`}
            role="slider"
            tabIndex={0}
            aria-roledescription="point in a triangle"
            aria-label={`${handle.label}. Left for monolingual, right for cross-lingual, up for multilingual`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percents.mono}
            aria-valuetext={text}
            onKeyDown={(event) => press(event, handle)}
          >
            <circle r={TOUCH_REACH} className="triangle-reach" />
            <circle r="22" className="triangle-halo" />
            {/* As large as the part of the mix that it speaks of. */}
            <circle r={(i > 0 ? 8 : 11) * (0.45 + 0.55 * Math.sqrt(rest))} className="triangle-dot" />
          </g>
        );
      })}
    </svg>
  );
}

/** The way the mix takes, ended short of the second handle. */
function Path({ from, to, marker }: { from: PlanePoint; to: PlanePoint; marker: string }) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 30) return null;
  const end = { x: to.x + ((from.x - to.x) * 11) / length, y: to.y + ((from.y - to.y) * 11) / length };
  return (
    <line
      x1={from.x}
      y1={from.y}
      x2={end.x}
      y2={end.y}
      className="triangle-path"
      markerEnd={`url(#${marker})`}
    />
  );
}
