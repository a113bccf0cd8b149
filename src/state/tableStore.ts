// What the table of runs is asked at the moment: words, filters, which runs are chosen, which groups are open. Lasts until the
// page is closed; columns, order and grouping are preferences.
import { createStore } from "zustand/vanilla";
import { NONE_CHOSEN, type Chosen } from "../core/runTable/choosing.ts";
import type { ColumnFilter } from "../core/runTable/columnFilter.ts";

export interface TableState {
  readonly text: string;
  readonly filters: Readonly<Record<string, ColumnFilter>>; // by column id
  readonly filtersShown: boolean;
  readonly chosen: Chosen;
  readonly open: Readonly<Record<string, boolean>>; // groups, by row id
  setText(text: string): void;
  setFilter(columnId: string, filter: ColumnFilter): void;
  /** Filters that are not seen filter nothing. */
  showFilters(shown: boolean): void;
  setChosen(chosen: Chosen): void;
  openGroup(rowId: string, open: boolean): void;
}

export const tableStore = createStore<TableState>()((set) => ({
  text: "",
  filters: {},
  filtersShown: false,
  chosen: NONE_CHOSEN,
  open: {},
  setText: (text) => set({ text }),
  setFilter: (columnId, filter) => set(({ filters }) => ({ filters: { ...filters, [columnId]: filter } })),
  showFilters: (filtersShown) => set(filtersShown ? { filtersShown } : { filtersShown, filters: {} }),
  setChosen: (chosen) => set({ chosen }),
  openGroup: (rowId, open) => set((state) => ({ open: { ...state.open, [rowId]: open } })),
}));
