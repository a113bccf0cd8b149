// What every figure of the stage has: title, what it shows, controls, n, a foot; and the whole stage at one click. Draws nothing.
import { Maximize2, Minimize2 } from "lucide-react";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button } from "../controls/Button.tsx";
import { Terms } from "../words/Terms.tsx";
import "./charts.css";

interface FigureProps {
  readonly title: string; // metric and unit
  readonly description: string; // one sentence: what it shows, which direction is good
  readonly kind: "lines" | "bars" | "grid" | "batch" | "histograms" | "map" | "marks"; // of its looks
  readonly controls?: ReactNode;
  readonly sample?: ReactNode; // what n is, how many seeds
  readonly foot?: ReactNode; // the numbers as a table, saving
  readonly children: ReactNode;
}

export function Figure({ title, description, kind, controls, sample, foot, children }: FigureProps) {
  const id = useId();
  const { figure, enlarged, toggle } = useEnlarged();
  return (
    <figure
      ref={figure}
      className={`chart chart-${kind}`}
      data-enlarged={enlarged || undefined}
      aria-label={title}
      aria-describedby={`${id}d`}
    >
      <figcaption className="chart-head">
        <div className="chart-words">
          <h3 title={description}>
            <Terms>{title}</Terms>
          </h3>
          <p id={`${id}d`}>{description}</p>
        </div>
        {Boolean(controls) && <div className="chart-controls">{controls}</div>}
        <Button
          look="quiet"
          className="chart-enlarge"
          icon={enlarged ? Minimize2 : Maximize2}
          iconOnly
          onClick={toggle}
        >
          {enlarged ? "Back to the view (Esc)" : "Enlarge"}
        </Button>
      </figcaption>
      {children}
      {Boolean(sample) && (
        <p className="chart-sample" title={typeof sample === "string" ? sample : undefined}>
          {typeof sample === "string" ? <Terms>{sample}</Terms> : sample}
        </p>
      )}
      {Boolean(foot) && <div className="chart-foot">{foot}</div>}
    </figure>
  );
}

/** One figure at a time: while it has the whole stage, no other can be reached. Escape gives the stage back. */
function useEnlarged() {
  const figure = useRef<HTMLElement>(null);
  const [enlarged, setEnlarged] = useState(false);
  useEffect(() => {
    if (!enlarged) return;
    const shrink = (event: KeyboardEvent) => {
      const isInside = document.querySelector("dialog[open], :popover-open") !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !isInside) setEnlarged(false);
    };
    const shown = figure.current;
    shown?.closest("[role=tabpanel]")?.scrollTo({ top: 0 });
    document.addEventListener("keydown", shrink);
    return () => {
      document.removeEventListener("keydown", shrink);
      requestAnimationFrame(() => shown?.scrollIntoView({ block: "nearest" })); // once all else is there again
    };
  }, [enlarged]);
  return { figure, enlarged, toggle: () => setEnlarged(!enlarged) };
}
