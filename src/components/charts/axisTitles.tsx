// What a chart of recharts calls its axes, as pictures of marks have it: under the numbers of one, above those of the other. A
// saved chart stands alone, where its heading may be gone.

export const TITLE_ROOM = 14; // px of the page's own letters
export const NUMBERS_ROOM = 24; // px below a plot
const SIZE = 11;

/** The `label` of an XAxis, in `TITLE_ROOM` more below its numbers. @param scale of the letters */
export const titleBelow = (text: string, scale = 1) =>
  ({ value: text, position: "insideBottom", offset: 4, fontSize: SIZE * scale, fill: "var(--ink)" }) as const;

interface TitleAboveProps {
  readonly text: string;
  readonly scale?: number;
  readonly top?: number; // px of what stands above it
}

/** Of the upright axis, in `TITLE_ROOM` more above it. */
export function TitleAbove({ text, scale = 1, top = 0 }: TitleAboveProps) {
  return (
    <text x={2} y={top + SIZE * scale} fontSize={SIZE * scale} fill="var(--ink)">
      {text}
    </text>
  );
}
