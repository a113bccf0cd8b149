// A long list of runs: of its rows only those in sight are there, whatever scrolls: the pane, or the page where panes are tabs.
import { measureElement, useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useBench } from "../controls/useBench.ts";
import { RunRows } from "./RunRows.tsx";
import type { ListRow } from "./listRows.ts";

const ROW_PX = 122; // of a run that is not chosen
const GAP_PX = 8; // as in runs.css

export function ManyRuns({ rows }: { readonly rows: readonly ListRow[] }) {
  const list = useRef<HTMLUListElement>(null);
  const wide = useBench();
  const [above, setAbove] = useState(0); // px from the top of what scrolls to the first row
  // Whenever the list is drawn, as what stands above comes and goes; it settles, since the same place is not set again.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    const pane = wide ? list.current?.closest(".pane-body") : null;
    const top = list.current?.getBoundingClientRect().top ?? 0;
    const now = pane ? top - pane.getBoundingClientRect().top + pane.scrollTop : top + window.scrollY;
    if (Math.abs(now - above) > 1) setAbove(now);
  });
  return <RowsInSight {...{ rows, list, wide, above }} />;
}

interface RowsInSightProps {
  readonly rows: readonly ListRow[];
  readonly list: RefObject<HTMLUListElement | null>;
  readonly wide: boolean;
  readonly above: number;
}

function RowsInSight({ rows, list, wide, above }: RowsInSightProps) {
  const shared = {
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (at: number) => rows[at]?.key ?? at,
    gap: GAP_PX,
    overscan: 6,
    scrollMargin: above,
    // A pane behind a tab has no height: its rows keep the one they had.
    measureElement: ((row, entry, virtual) =>
      measureElement(row, entry, virtual) ||
      (virtual.itemSizeCache.get(virtual.options.getItemKey(virtual.indexFromElement(row))) ??
        ROW_PX)) satisfies typeof measureElement,
  };
  // eslint-disable-next-line react-hooks/incompatible-library -- it returns functions, and nothing here memoizes them
  const inPane = useVirtualizer<Element, HTMLElement>({
    ...shared,
    enabled: wide,
    getScrollElement: () => list.current?.closest(".pane-body") ?? null,
  });
  const inPage = useWindowVirtualizer<HTMLElement>({ ...shared, enabled: !wide });
  const virtual = wide ? inPane : inPage;
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return (
    <RunRows
      rows={first && last ? rows.slice(first.index, last.index + 1) : []}
      from={first?.index ?? 0}
      count={rows.length}
      listRef={list}
      rowRef={virtual.measureElement}
      style={{
        paddingTop: first ? first.start - above : 0,
        paddingBottom: last ? virtual.getTotalSize() - (last.end - above) : 0,
      }}
    />
  );
}
