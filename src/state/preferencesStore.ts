// How the page looks to this person: theme, folded groups, the introduction. Never part of an experiment or a link.
import type { Cadence } from "../core/run/cadence.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import { browserStorage, keepText, keptText, type TextStorage } from "./browserStorage.ts";
import type { Pane } from "./viewStore.ts";
import { parseTableChoices, type TableChoices } from "./tableChoices.ts";
import { migrateStored, newestVersion, type Steps, type StoredObject } from "../core/migrate.ts";

export type Theme = "system" | "light" | "dark";

/** Under which name `folded` has a pane of the page. */
export const paneKey = (pane: Pane) => `pane/${pane}`;

export interface Preferences {
  readonly theme: Theme;
  readonly bigText: boolean; // for a room that reads along
  readonly folded: Readonly<Record<string, boolean>>; // panel id -> folded, where the person chose
  readonly introductionHidden: boolean;
  readonly runsWidth: number; // of the pane of runs, in px
  readonly runsTable: TableChoices;
  readonly hub: string; // another address of the hub than the page's; "" for none
  readonly snapshotSeconds: number; // a run in training is kept this often; 0 = never
}

export interface PreferencesState extends Preferences {
  setTheme(theme: Theme): void;
  setBigText(bigText: boolean): void;
  setFolded(panelId: string, folded: boolean): void;
  setIntroductionHidden(hidden: boolean): void;
  /** Out of bounds it is the nearest that is within. */
  setRunsWidth(width: number): void;
  setRunsTable(choices: Partial<TableChoices>): void;
  /** @param hub an address as parseHubAddress gives it, or "" */
  setHub(hub: string): void;
  setSnapshotSeconds(seconds: number): void;
}

const STORAGE_KEY = "hybrid-batch-lab/preferences";
/** `STEPS[n]` rewrites what version n kept. A preference that is new needs none: its default stands where it is missing. */
const STEPS: Steps<StoredObject> = {};
export const PREFERENCES_VERSION = newestVersion(STEPS);
const MAX_FOLDED = 100;
/** Bounds of the pane of runs, in px. */
export const RUNS_WIDTH = { least: 240, usual: 288, most: 640 };
/** What is made of a stored value: whatever is not as expected, or not there, gives the default. */
const READ: { readonly [Key in keyof Preferences]: (stored: unknown) => Preferences[Key] } = {
  theme: (stored) => (stored === "light" || stored === "dark" ? stored : "system"),
  bigText: (stored) => stored === true,
  folded: foldedOf,
  introductionHidden: (stored) => stored === true,
  runsWidth: (stored) => (typeof stored === "number" ? widthWithin(stored) : RUNS_WIDTH.usual),
  runsTable: parseTableChoices,
  hub: (stored) => (typeof stored === "string" ? stored : ""),
  snapshotSeconds: (stored) => (isSeconds(stored) ? stored : 30),
};
const KEYS = Object.keys(READ) as (keyof Preferences)[];

/** Reads stored text; whatever is not as expected is left at its default. Never throws. */
export function parsePreferences(text: string | null): Preferences {
  let stored: unknown;
  try {
    stored = migrateStored(JSON.parse(text ?? "null"), "version", STEPS);
  } catch {
    // Nothing of it can be read.
  }
  const values = isObject(stored) && stored["version"] === PREFERENCES_VERSION ? stored : {};
  const read = KEYS.map((key) => [key, READ[key](values[key])] as const);
  return Object.fromEntries(read) as unknown as Preferences; // a value for each key, of its type
}

function foldedOf(stored: unknown): Preferences["folded"] {
  const entries = isObject(stored) ? Object.entries(stored) : [];
  const booleans = entries.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
  return Object.fromEntries(booleans.slice(0, MAX_FOLDED));
}

/**
 * @param storage undefined where the browser has none: preferences then last until the page is closed
 * @param onOther calls back with what another tab of this browser has written
 */
export function createPreferencesStore(
  storage: TextStorage | undefined,
  onOther: (listener: (text: string | null) => void) => void = otherTabs,
): StoreApi<PreferencesState> {
  const store = createStore<PreferencesState>()((set) => ({
    ...parsePreferences(keptText(storage, STORAGE_KEY)),
    setTheme: (theme) => set({ theme }),
    setBigText: (bigText) => set({ bigText }),
    setFolded: (panelId, folded) => set((state) => ({ folded: { ...state.folded, [panelId]: folded } })),
    setIntroductionHidden: (introductionHidden) => set({ introductionHidden }),
    setRunsWidth: (width) => set({ runsWidth: widthWithin(width) }),
    setRunsTable: (choices) => set(({ runsTable }) => ({ runsTable: { ...runsTable, ...choices } })),
    setHub: (hub) => set({ hub }),
    setSnapshotSeconds: (snapshotSeconds) => set({ snapshotSeconds }),
  }));
  store.subscribe((state) => {
    const kept = Object.fromEntries(KEYS.map((key) => [key, state[key]]));
    keepText(storage, STORAGE_KEY, JSON.stringify({ version: PREFERENCES_VERSION, ...kept }));
  });
  onOther((written) => store.setState(parsePreferences(written)));
  return store;
}

/** Calls back with what other tabs write: each writes all preferences, so it must know those of the others. */
function otherTabs(listener: (text: string | null) => void): void {
  if (typeof window === "undefined") return;
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === STORAGE_KEY) listener(newValue);
  });
}

/** What snapshots may take of the training time in the page, whatever was chosen. */
const SNAPSHOT_SHARE = 0.02;
const LONGEST_SECONDS = 3600;

/** @returns undefined where none is wanted */
export function pageCadence(seconds: number): Cadence | undefined {
  return seconds > 0 ? { seconds, share: SNAPSHOT_SHARE } : undefined;
}

const isSeconds = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LONGEST_SECONDS;

const widthWithin = (width: number): number =>
  Math.min(RUNS_WIDTH.most, Math.max(RUNS_WIDTH.least, Math.round(width)));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const preferencesStore = createPreferencesStore(browserStorage());
