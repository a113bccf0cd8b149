// The curves that came with a link, drawn small. Their few points say the shape; the numbers beside them say the values.
import type { ExpectedCurve } from "../../core/spec/linkCurve.ts";
import { countText } from "../words/numberText.ts";

const WIDTH = 260; // with room for the names at the lines' ends
const HEIGHT = 92;
const LINE = { left: 2, right: WIDTH - 30, top: 6, bottom: HEIGHT - 6 };
const NAME = 11; // least distance of two names

interface NamedLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly dash?: string;
}

export function SharedCurves({ curve }: { readonly curve: ExpectedCurve }) {
  const { steps, mono, cross, multi, rankDistance } = curve;
  const last = countText(steps.at(-1)!);
  return (
    <figure className="shared-curves">
      <Plot
        title={`mAP over ${last} steps, from 0 up`}
        steps={steps}
        lines={[
          { name: "Mo", values: mono },
          { name: "Cr", values: cross, dash: "7 3" },
          { name: "Mul", values: multi, dash: "2 3" },
        ]}
      />
      <Plot
        title="Rank distance, lower: less bias"
        steps={steps}
        lines={[{ name: "", values: rankDistance }]}
      />
    </figure>
  );
}

interface PlotProps {
  readonly title: string;
  readonly steps: readonly number[];
  readonly lines: readonly NamedLine[];
}

function Plot({ title, steps, lines }: PlotProps) {
  const most = Math.max(1, ...lines.flatMap(({ values }) => values));
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const x = (step: number) => LINE.left + ((step - first) / (last - first)) * (LINE.right - LINE.left);
  const y = (value: number) => LINE.bottom - (value / most) * (LINE.bottom - LINE.top);
  const names = apart(lines.map(({ values }) => y(values.at(-1)!)));
  return (
    <div>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <path className="shared-axis" d={`M${LINE.left} ${LINE.bottom}H${LINE.right}`} />
        {lines.map(({ name, values, dash }, i) => (
          <g key={name}>
            <polyline
              points={values
                .map((value, at) => `${x(steps[at]!).toFixed(1)},${y(value).toFixed(1)}`)
                .join(" ")}
              strokeDasharray={dash}
            />
            <text x={LINE.right + 5} y={names[i]! + 4}>
              {name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Heights of names, moved down where two would touch. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  for (const [n, i] of order.entries())
    if (n > 0) moved[i] = Math.max(moved[i]!, moved[order[n - 1]!]! + NAME);
  return moved;
}
