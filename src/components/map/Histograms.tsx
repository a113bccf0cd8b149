// Two histograms of cosines side by side, before training and now, with legend and finding. Knows no store.
import { Suspense, useMemo } from "react";
import { counted } from "../../core/counted.ts";
import { COSINE_GROUPS, type CosineView } from "../../core/run/views.ts";
import { barShares, histogramBars, medianCosine } from "../../core/stats/cosineCounts.ts";
import { Swatch } from "../charts/Swatch.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { useToggled } from "../controls/useToggled.ts";
import { findingWords, GROUP_LOOKS, medianWords, type When } from "./cosineWords.ts";

const HistogramPlot = lazyPart(async () => (await import("./HistogramPlot.tsx")).HistogramPlot);

const MOST_BARS = 40;

export function Histograms({ view }: { readonly view: CosineView }) {
  const [hidden, toggle] = useToggled();
  const { bars, groups, top } = useMemo(() => drawn(view, hidden), [view, hidden]);
  return (
    <>
      <p className="compare-words" role="status">
        {findingWords(view)}
      </p>
      <ul className="legend">
        {COSINE_GROUPS.map((group) => {
          const { label, colour, dash } = GROUP_LOOKS[group];
          return (
            <li key={group}>
              <button
                type="button"
                aria-pressed={!hidden.has(group)}
                title={hidden.has(group) ? "Show this group" : "Hide this group"}
                onClick={() => toggle(group)}
              >
                <Swatch colour={colour} dash={dash} />
                <span>{label}</span>
                <b title="Median before → now">{medianWords(view, group)}</b>
              </button>
            </li>
          );
        })}
      </ul>
      <div className="histograms">
        {(["before", "now"] as const).map((when) => (
          <div key={when} className="chart-plot">
            <Suspense fallback={<p className="chart-empty">Drawing …</p>}>
              <HistogramPlot
                title={when === "before" ? "Before training" : `Now, after ${counted(view.step, "step")}`}
                bars={bars}
                groups={groups[when]}
                top={top}
              />
            </Suspense>
          </div>
        ))}
      </div>
    </>
  );
}

/** Bars and scale are those of all groups, whichever are hidden. */
function drawn({ groups }: CosineView, hidden: ReadonlySet<string>) {
  const all = COSINE_GROUPS.flatMap((group) => [groups[group].before, groups[group].now]);
  const bars = histogramBars(all, MOST_BARS);
  const shares = { before: sharesOf("before"), now: sharesOf("now") };
  function sharesOf(when: When) {
    return COSINE_GROUPS.map((group) => ({
      id: group,
      ...GROUP_LOOKS[group],
      shares: barShares(groups[group][when], bars),
      median: medianCosine(groups[group][when]),
    })).filter(({ median }) => !Number.isNaN(median));
  }
  const top = Math.max(...[...shares.before, ...shares.now].flatMap((one) => one.shares), 0.01);
  const visible = (when: When) => shares[when].filter(({ id }) => !hidden.has(id));
  return { bars, top, groups: { before: visible("before"), now: visible("now") } };
}
