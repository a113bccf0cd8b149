// Choosing rows of a list as lists everywhere do: a click, Shift for a stretch, Ctrl for one more. Pure; knows no run.

/** A row as it is listed: of one item, or of a group of several. */
export interface ListRow {
  readonly id: string;
  readonly items: readonly string[]; // ids
}

export interface Chosen {
  readonly items: ReadonlySet<string>;
  /** The row at which a stretch begins: the last one that was not the end of one. */
  readonly anchor?: string | undefined;
  /** The row that has the keyboard. */
  readonly active?: string | undefined;
}

export const NONE_CHOSEN: Chosen = { items: new Set() };

/** How a row is chosen: alone; with all between it and the anchor; besides the others, or no longer. */
export type Choosing = "alone" | "stretch" | "toggle";

/** @param rows as they are listed; one that is not there is chosen by nothing */
export function choose(chosen: Chosen, rows: readonly ListRow[], id: string, how: Choosing): Chosen {
  const to = rows.findIndex((row) => row.id === id);
  const row = rows[to];
  if (!row) return chosen;
  const from = rows.findIndex((one) => one.id === chosen.anchor);
  if (how === "stretch" && from >= 0) {
    const stretch = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ...chosen, items: new Set(stretch.flatMap(({ items }) => items)), active: id };
  }
  const after = { anchor: id, active: id };
  if (how === "toggle" && isChosen(chosen, row)) {
    return { ...after, items: new Set([...chosen.items].filter((item) => !row.items.includes(item))) };
  }
  return { ...after, items: new Set(how === "toggle" ? [...chosen.items, ...row.items] : row.items) };
}

/** Whether all of a row is chosen. */
export const isChosen = ({ items }: Chosen, row: ListRow): boolean =>
  row.items.every((item) => items.has(item));

/** Without what is not there any more: nothing unseen is deleted or exported. */
export function stillThere(chosen: Chosen, items: ReadonlySet<string>): Chosen {
  const kept = [...chosen.items].filter((item) => items.has(item));
  return kept.length === chosen.items.size ? chosen : { ...chosen, items: new Set(kept) };
}
