// The language that a person looks at, the same in every figure, and how figures put languages together. Part of no experiment,
// kept nowhere.
import { createStore } from "zustand/vanilla";
import type { LanguageGrouping } from "../core/languages/languageChoice.ts";

export type Grouping = LanguageGrouping | "none";

export interface LanguageState {
  readonly highlighted?: string | undefined; // code
  readonly grouping?: Grouping | undefined; // of bars and curves, once it is chosen
  /** The group whose languages are shown one by one, by its title. */
  readonly openGroup?: string | undefined;
  /** Once more takes it back. */
  highlight(lang: string | undefined): void;
  groupBy(grouping: Grouping): void;
  open(group: string | undefined): void;
}

export const createLanguageStore = () =>
  createStore<LanguageState>()((set, get) => ({
    highlight: (lang) => set({ highlighted: lang === get().highlighted ? undefined : lang }),
    groupBy: (grouping) => set({ grouping, openGroup: undefined }),
    open: (openGroup) => set({ openGroup }),
  }));

/** More than these are no longer told apart as bars or lines of their own. */
const MANY = 20;

/** As it was chosen; else each language by itself, and many by resource class. */
export const groupingOf = (chosen: Grouping | undefined, nLangs: number): Grouping =>
  chosen ?? (nLangs > MANY ? "class" : "none");

export const languageStore = createLanguageStore();
