// The axes of a picture of marks: ticks, their texts, a name, lines across. Chooses no ticks.
import type { NumberText } from "../../words/numberText.ts";

/** A range of values as a range of pixels. */
export interface PlotScale {
  readonly ticks: readonly number[]; // ascending; the first and the last are the ends
  readonly from: number; // px of the first
  readonly to: number; // px of the last
}

export function along({ ticks, from, to }: PlotScale): (value: number) => number {
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

export const LETTER = 6; // px, about the mean of the interface's face at 11 px
const SIZE = 11;

/** @param room px for `text` @returns the text, cut where it is longer */
export function fitted(text: string, room: number): string {
  const letters = Math.max(2, Math.floor(room / LETTER));
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
}

interface AxisProps {
  readonly scale: PlotScale;
  readonly text: NumberText;
  readonly label: string;
  readonly low: number; // px where lines across begin
  readonly high: number; // and end
}

/** Under the plot. @param high its lower edge */
export function AxisX({ scale, text, label, low, high }: AxisProps) {
  const place = along(scale);
  const texts = scale.ticks.map(text);
  const room = Math.abs(scale.to - scale.from) / Math.max(1, texts.length - 1);
  const every = Math.ceil((Math.max(...texts.map(({ length }) => length)) * LETTER + 10) / room);
  return (
    <g fontSize={SIZE}>
      {scale.ticks.map((tick, i) => (
        <g key={tick}>
          <line
            x1={place(tick)}
            x2={place(tick)}
            y1={low}
            y2={high}
            stroke="var(--line)"
            strokeDasharray="2 3"
          />
          {i % every === 0 && (
            <text x={place(tick)} y={high + 15} textAnchor="middle" fill="var(--ink-soft)">
              {texts[i]}
            </text>
          )}
        </g>
      ))}
      <text x={(scale.from + scale.to) / 2} y={high + 31} textAnchor="middle" fill="var(--ink)">
        {label}
      </text>
    </g>
  );
}

/** Left of the plot, its name above it. @param low its left edge */
export function AxisY({ scale, text, label, low, high }: AxisProps) {
  const place = along(scale);
  return (
    <g fontSize={SIZE}>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={low}
            x2={high}
            y1={place(tick)}
            y2={place(tick)}
            stroke="var(--line)"
            strokeDasharray="2 3"
          />
          <text x={low - 6} y={place(tick) + SIZE * 0.36} textAnchor="end" fill="var(--ink-soft)">
            {text(tick)}
          </text>
        </g>
      ))}
      <text x={4} y={SIZE} fill="var(--ink)">
        {label}
      </text>
    </g>
  );
}
