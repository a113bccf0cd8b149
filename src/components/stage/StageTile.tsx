// A tile of a view and what its figure is told of a run under way: all at once on the screen or near it, elsewhere now and then,
// as drawing what nobody sees takes time from training.
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { detailOf, type Run } from "../../state/run/run.ts";
import { ShownContext, useShown, type Shown } from "../charts/shown.ts";

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
      <ShownContext value={follows ? shown : told}>{children}</ShownContext>
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

/** Whether one of the runs trains, and all are in the state that was told, with the same metrics. */
function differInNumbersOnly(told: Shown, shown: Shown): boolean {
  const trains = ({ status }: Run) => status === "preparing" || status === "running";
  return shown.runs.some(trains) && outline(told) === outline(shown);
}

function outline({ selected, runs, apart, comparable, readAt }: Shown): string {
  const facts = ({ id, status, name }: Run) => [id, status, name].join();
  const measured = runs.map((run) => detailOf(run).points.size).join();
  return [
    selected?.id,
    measured,
    readAt,
    ...[runs, apart, comparable].map((list) => list.map(facts).join(";")),
  ].join("|");
}
