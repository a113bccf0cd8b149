// A tile of a view and what its figure is told of a run under way: all at once on the screen or near it, elsewhere now and then,
// as drawing what nobody sees takes time from training.
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { ShownContext, useShown, type Shown } from "../charts/shown.ts";
import { onlyNumbersDiffer } from "../runs/onlyNumbersDiffer.ts";

const NEAR = "75%"; // of the window's height, above it and below
const FAR_MS = 30_000; // between two redraws of what is far

interface StageTileProps {
  readonly wide?: boolean | undefined; // has a row for itself
  readonly children: ReactNode;
}

export function StageTile({ wide = false, children }: StageTileProps) {
  const shown = useShown();
  const [told, setTold] = useState(shown);
  const tile = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(tile);
  const follows = isNear || !differInNumbersOnly(told, shown);
  if (follows && told !== shown) setTold(shown);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  }, [shown]);
  useEffect(() => {
    if (follows) return;
    const timer = setInterval(() => setTold(latest.current), FAR_MS);
    return () => clearInterval(timer);
  }, [follows]);
  return (
    <div ref={tile} className="stageTile" data-wide={wide || undefined}>
      <ShownContext value={told}>{children}</ShownContext>
    </div>
  );
}

/** Where the browser cannot tell, everything is. */
function useIsNear(tile: RefObject<HTMLDivElement | null>): boolean {
  const [isNear, setNear] = useState(true);
  useEffect(() => {
    if (typeof IntersectionObserver === "undefined") return;
    const look = (entries: readonly IntersectionObserverEntry[]) => setNear(entries.at(-1)!.isIntersecting);
    const margin = `${NEAR} 0px`;
    const options = { rootMargin: margin, scrollMargin: margin }; // the second where the stage itself scrolls
    const observer = new IntersectionObserver(look, options);
    observer.observe(tile.current!);
    return () => observer.disconnect();
  }, [tile]);
  return isNear;
}

/** Whether one of the runs trains, and nothing else is another than was told. */
function differInNumbersOnly(told: Shown, shown: Shown): boolean {
  return (
    shown.runs.some(({ status }) => status === "preparing" || status === "running") &&
    told.selected?.id === shown.selected?.id &&
    told.readAt === shown.readAt &&
    (["runs", "apart", "comparable"] as const).every((list) => onlyNumbersDiffer(told[list], shown[list]))
  );
}
