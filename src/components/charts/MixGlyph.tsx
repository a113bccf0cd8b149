// A run's mix as a small bar in the colours of the kinds; one that moves as rows from its start down to its end.
import { mixRows } from "../../core/naming/mixRows.ts";
import { mixText } from "../../core/naming/mixText.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";

const WIDTH = 100; // of its own units: shares are percents

/** Decoration: the words are beside it, and in its title. */
export function MixGlyph({ spec }: { readonly spec: ExperimentSpec }) {
  const rows = mixRows(spec);
  const height = 12 / rows.length;
  return (
    <svg className="mixGlyph" viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden>
      <title>{mixText(spec)}</title>
      {rows.map((ratio, row) => {
        let from = 0;
        return BATCH_KINDS.filter((kind) => ratio[kind] > 0).map((kind) => {
          const x = from;
          from += WIDTH * ratio[kind];
          return (
            <rect
              key={`${row} ${kind}`}
              x={x}
              y={row * height}
              width={from - x}
              height={height}
              fill={`var(--kind-${kind})`}
            />
          );
        });
      })}
    </svg>
  );
}
