// The question typed under "Try it" and its two rankings. Asks the worker; only the latest question counts.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SearchAnswer } from "../core/run/views.ts";
import { askLatest, type Asked } from "./askLatest.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export interface SearchState extends Asked {
  readonly text: string;
  readonly languages: readonly string[]; // of the answers; empty = all
  readonly answer?: SearchAnswer | undefined;
  readonly asked?: string | undefined; // the text that `answer` belongs to

  setText(text: string): void;
  toggleLanguage(lang: string): void;
  setLanguages(languages: readonly string[]): void;
  /** Ranks the pool for the present text; an empty one clears the answer. */
  search(): Promise<void>;
  clear(): void;
}

export const ANSWERS_SHOWN = 10;
export const MAX_QUERY_LENGTH = 500;

export function createSearchStore(workers: WorkersStore): StoreApi<SearchState> {
  return createStore<SearchState>()((set, get) => {
    const latest = askLatest<Pick<SearchState, "answer" | "asked">>(set);
    return {
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
        await latest.ask(async () => {
          const { trainer } = workers.getState().client();
          const answer = await trainer.request("search", { text: asked, languages, k: ANSWERS_SHOWN });
          return { answer, asked };
        });
      },
      clear: () => latest.forget({ answer: undefined, asked: undefined }),
    };
  });
}

export const searchStore = createSearchStore(workersStore);
