// Rows of the list as they are drawn: all of a short list, or those in sight of a long one. Chooses none.
import type { CSSProperties, RefCallback, RefObject } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { runStore } from "../../state/runStore.ts";
import { RunItem } from "./RunItem.tsx";
import type { ListRow } from "./listRows.ts";

interface RunRowsProps {
  readonly rows: readonly ListRow[];
  readonly listRef?: RefObject<HTMLUListElement | null>;
  readonly rowRef?: RefCallback<HTMLElement>;
  readonly from?: number; // of the first of these rows among all
  readonly count?: number; // of all rows; left out: these are all
  readonly style?: CSSProperties;
}

export function RunRows({ rows, listRef, rowRef, from = 0, count, style }: RunRowsProps) {
  const { selectedId, overlaidIds } = useStore(
    runStore,
    useShallow(({ selectedId, overlaidIds }) => ({ selectedId, overlaidIds })),
  );
  return (
    <ul className="runList-items" ref={listRef} style={style}>
      {rows.map((row, i) => {
        const place = {
          "data-index": from + i,
          ref: rowRef,
          ...(count !== undefined && { "aria-setsize": count, "aria-posinset": from + i + 1 }),
        };
        if (!("run" in row)) {
          return (
            <li key={row.key} className="runList-test" {...place}>
              <h3>{row.test}</h3>
            </li>
          );
        }
        const { run } = row;
        return (
          <li key={row.key} {...place}>
            <RunItem run={run} selected={run.id === selectedId} overlaid={overlaidIds.includes(run.id)} />
          </li>
        );
      })}
    </ul>
  );
}
