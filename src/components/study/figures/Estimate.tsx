// A mean with its interval, as marks and as words. Computes neither.
import type { NumberText } from "../../words/numberText.ts";
import { markerPath, type LineLook } from "../../../core/picture/lineLook.ts";

/** A mean over seeds; its interval is left out below three of them. */
export interface Estimate {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly n: number; // seeds
}

/** ".412 (95 %: .409 to .415, 6 seeds)" */
export function estimateText({ mean, low, high, n }: Estimate, text: NumberText): string {
  const range = low === undefined || high === undefined ? "" : `95 %: ${text(low)} to ${text(high)}, `;
  return `${text(mean)} (${range}${n === 1 ? "1 seed" : `${n} seeds`})`;
}

export const ESTIMATE_HEADS = ["mean", "95 % from", "to", "seeds"] as const;
export const estimateCells = ({ mean, low, high, n }: Estimate) => [mean, low ?? "", high ?? "", n] as const;

export const endsOf = ({ mean, low = mean, high = mean }: Estimate): readonly [number, number] => [low, high];

interface WhiskerProps {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** An interval's line with a short stroke across at both ends. */
export function Whisker({ x1, y1, x2, y2 }: WhiskerProps) {
  const [dx, dy] = x1 === x2 ? [3, 0] : [0, 3];
  const d = `M${x1},${y1}L${x2},${y2}M${x1 - dx},${y1 - dy}L${x1 + dx},${y1 + dy}M${x2 - dx},${y2 - dy}L${x2 + dx},${y2 + dy}`;
  return <path d={d} fill="none" stroke="var(--ink)" strokeWidth={1.25} />;
}

interface MarkProps {
  readonly look: LineLook;
  readonly x: number;
  readonly y: number;
  readonly isMarked?: boolean;
  readonly isHollow?: boolean;
}

export function Mark({ look, x, y, isMarked = false, isHollow = false }: MarkProps) {
  return (
    <path
      d={markerPath(look.marker ?? "circle", x, y, isMarked ? 6.5 : 4.8)}
      fill={isHollow ? "var(--card)" : look.colour}
      stroke={isHollow ? look.colour : "var(--card)"}
      strokeWidth={isHollow ? 1.75 : 1}
    />
  );
}
