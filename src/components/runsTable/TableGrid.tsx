// The table itself: headings that stay, and of its rows only those in sight. Chooses by mouse and keyboard.
import { useVirtualizer, defaultRangeExtractor } from "@tanstack/react-virtual";
import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent } from "react";
import { useStore } from "zustand";
import { choose, isChosen, NONE_CHOSEN, type Chosen, type Choosing } from "../../core/runTable/choosing.ts";
import { runStore } from "../../state/runStore.ts";
import { tableStore } from "../../state/tableStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { columnWidth } from "./cellText.ts";
import { GroupRow, RunRow } from "./TableRows.tsx";
import { TableHead } from "./TableHead.tsx";
import type { RunsTableRows, TableRow } from "./useRunsTable.ts";

const ROW_PX = 44;
const PAGE = 10; // rows that Page Up and Page Down pass

interface TableGridProps {
  readonly table: RunsTableRows;
  readonly chosen: Chosen;
}

export function TableGrid({ table, chosen }: TableGridProps) {
  const { shown, rows, listed, group } = table;
  const selectedId = useStore(runStore, (state) => state.selectedId);
  const filtersShown = useStore(tableStore, (state) => state.filtersShown);
  const scroll = useRef<HTMLDivElement>(null);
  const follow = useRef(false); // the keyboard goes to the active row once it is drawn
  const { setChosen, openGroup } = tableStore.getState();
  const activeAt = Math.max(
    0,
    rows.findIndex(({ id }) => id === chosen.active),
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- it returns functions, and nothing here memoizes them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 8,
    // The active row stays, so that it keeps the focus.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activeAt])].sort((a, b) => a - b),
  });
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    scroll.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
  });

  const show = ({ run }: TableRow) => {
    if (!run) return;
    runStore.getState().select(run.id);
    viewStore.getState().showStage("watch");
  };
  const open = (row: TableRow, isOpen: boolean) => openGroup(row.id, isOpen);
  const go = (at: number, how: Choosing | "move") => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, at))];
    if (!row) return;
    follow.current = true;
    setChosen(how === "move" ? { ...chosen, active: row.id } : choose(chosen, rows, row.id, how));
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[activeAt];
    if (!row || !(event.target as Element).matches('[role="row"]')) return; // boxes and buttons keep their keys
    const command = event.ctrlKey || event.metaKey;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: activeAt + 1,
      ArrowUp: activeAt - 1,
      PageDown: activeAt + PAGE,
      PageUp: activeAt - PAGE,
      Home: 0,
      End: rows.length - 1,
    };
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      " ": () => go(activeAt, "toggle"),
      Enter: () => (row.run ? show(row) : open(row, !row.isOpen)),
      ArrowRight: row.isOpen === false ? () => open(row, true) : undefined,
      ArrowLeft: row.isOpen ? () => open(row, false) : undefined,
      Escape: () => setChosen({ ...NONE_CHOSEN, active: row.id }),
      Delete: () => runStore.getState().remove([...chosen.items]),
      a: command ? () => setChosen({ ...chosen, items: new Set(listed.map(({ id }) => id)) }) : undefined,
    };
    const to = steps[event.key];
    const act = to === undefined ? acts[event.key] : () => go(to, how(event, command ? "move" : "alone"));
    if (!act) return;
    event.preventDefault();
    act();
  };
  const rowOf = ({ target }: MouseEvent) => {
    const id = (target as Element).closest<HTMLElement>("[data-row]")?.dataset["row"];
    return rows.find((row) => row.id === id);
  };
  const click = (event: MouseEvent) => {
    const row = rowOf(event);
    if (!row) return;
    const part = (event.target as Element).closest<HTMLElement>("[data-part]")?.dataset["part"];
    if (part === "name") show(row);
    else if (part === "open") open(row, !row.isOpen);
    else if (part === "star" && row.run) runStore.getState().toggleStar(row.run.id);
    else {
      const isToggle = event.ctrlKey || event.metaKey || part === "choose";
      setChosen(choose(chosen, rows, row.id, how(event, isToggle ? "toggle" : "alone")));
    }
  };
  const items = virtual.getVirtualItems();
  const size = chosen.items.size;
  const first = filtersShown ? 3 : 2; // aria-rowindex of the first row below the headings
  const widths = shown.map(columnWidth).join(" ");
  return (
    <div
      ref={scroll}
      className="runsTable-scroll"
      role={group ? "treegrid" : "grid"}
      aria-label="Runs"
      aria-multiselectable
      aria-rowcount={rows.length + first - 1}
      aria-colcount={shown.length + 1}
      style={{ "--columns": widths } as CSSProperties}
      onKeyDown={press}
    >
      <TableHead
        shown={shown}
        runs={listed}
        all={size === 0 ? "none" : size === listed.length ? "all" : "some"}
        onAll={() =>
          setChosen(size === listed.length ? NONE_CHOSEN : { items: new Set(listed.map(({ id }) => id)) })
        }
      />
      <div
        className="runsTable-body"
        role="rowgroup"
        style={{ height: virtual.getTotalSize() }}
        onClick={click}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()} // a stretch of rows, not of text
      >
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const common = { shown, start, at: index + first, isActive: index === activeAt };
          const taken = size > 0 && isChosen(chosen, row);
          return row.run ? (
            <RunRow
              key={row.id}
              run={row.run}
              isMember={row.isMember}
              isShown={row.run.id === selectedId}
              isChosen={taken}
              {...common}
            />
          ) : (
            <GroupRow key={row.id} row={row} group={group} isChosen={taken} {...common} />
          );
        })}
      </div>
    </div>
  );
}

const how = <C extends string>({ shiftKey }: { readonly shiftKey: boolean }, otherwise: C) =>
  shiftKey ? "stretch" : otherwise;
