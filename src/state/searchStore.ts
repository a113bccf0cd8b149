// The question typed under "Try it" and its two rankings. Asks the worker; only the latest question counts.
import { messageOf } from "../core/messageOf.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SearchAnswer } from "../core/run/views.ts";
import { labStore, type LabStore } from "./labStore.ts";

export interface SearchState {
  readonly text: string;
  readonly languages: readonly string[]; // of the answers; empty = all
  readonly status: "idle" | "searching" | "answered" | "failed";
  readonly answer?: SearchAnswer | undefined;
  readonly asked?: string | undefined; // the text that `answer` belongs to
  readonly error?: string | undefined;

  setText(text: string): void;
  toggleLanguage(lang: string): void;
  setLanguages(languages: readonly string[]): void;
  /** Ranks the pool for the present text; an empty one clears the answer. */
  search(): Promise<void>;
  clear(): void;
}

export const ANSWERS_SHOWN = 10;
export const MAX_QUERY_LENGTH = 500;

export function createSearchStore(lab: LabStore): StoreApi<SearchState> {
  let latest = 0;
  return createStore<SearchState>()((set, get) => ({
    text: "",
    languages: [],
    status: "idle",
    setText: (text) => set({ text: text.slice(0, MAX_QUERY_LENGTH) }),
    toggleLanguage(lang) {
      const { languages } = get();
      get().setLanguages(
        languages.includes(lang) ? languages.filter((other) => other !== lang) : [...languages, lang],
      );
    },
    setLanguages: (languages) => set({ languages }),
    async search() {
      const { text, languages } = get();
      const asked = text.trim();
      if (asked === "") return get().clear();
      const turn = ++latest;
      set({ status: "searching", error: undefined });
      try {
        const { trainer } = lab.getState().client();
        const answer = await trainer.request("search", { text: asked, languages, k: ANSWERS_SHOWN });
        if (turn === latest) set({ status: "answered", answer, asked });
      } catch (error) {
        const message = messageOf(error);
        if (turn === latest) set({ status: "failed", error: message });
      }
    },
    clear() {
      latest++;
      set({ status: "idle", answer: undefined, asked: undefined, error: undefined });
    },
  }));
}

export const searchStore = createSearchStore(labStore);
