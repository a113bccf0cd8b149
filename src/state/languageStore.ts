// The language that a person looks at, the same in every figure, and how figures put languages together. Part of no experiment,
// kept nowhere.
import { createStore } from "zustand/vanilla";
import type { LanguageGrouping } from "../core/languages/languageChoice.ts";

export type Grouping = LanguageGrouping | "none";

export interface LanguageState {
  readonly highlighted?: string | undefined; // code
  readonly grouping: Grouping; // of bars and curves
  /** The group whose languages are shown one by one, by its title. */
  readonly openGroup?: string | undefined;
  /** Once more takes it back. */
  highlight(lang: string | undefined): void;
  groupBy(grouping: Grouping): void;
  open(group: string | undefined): void;
}

export const createLanguageStore = () =>
  createStore<LanguageState>()((set, get) => ({
    grouping: "none",
    highlight: (lang) => set({ highlighted: lang === get().highlighted ? undefined : lang }),
    groupBy: (grouping) => set({ grouping, openGroup: undefined }),
    open: (openGroup) => set({ openGroup }),
  }));

export const languageStore = createLanguageStore();
