// What of the lab is shown: its page, the view on its stage, on a narrow page the pane. Never part of an experiment.
// A page's address begins with "#/", which none of our links does. The view stands in the query, before the hash: a
// lab that knows no views reads links from the hash and leaves the query alone (ADR 35).
import { isEmbed, VIEW_KEY, withoutView } from "../core/spec/linkPage.ts";
import { createStore, type StoreApi } from "zustand/vanilla";

export type View = "lab" | "data";

export const STAGE_VIEWS = ["watch", "compare", "table", "try", "languages", "study"] as const;
/** What the stage shows of runs; the first one where the address names none. */
export type StageView = (typeof STAGE_VIEWS)[number];

export const PANES = ["recipe", "stage", "runs"] as const;
/** Side by side where there is room, else one at a time. */
export type Pane = (typeof PANES)[number];

export interface ViewState {
  readonly view: View;
  readonly stage: StageView;
  readonly pane: Pane; // that a narrow page shows
  showStage(stage: StageView): void;
  showPane(pane: Pane): void;
}

/** The parts of the browser's address this store needs. */
export interface ViewAddress {
  read(): string; // the hash, with or without "#"
  onChange(listener: () => void): void;
  query(): string; // with or without "?"
  replaceQuery(query: string): void; // with "?", or ""; adds no history entry
}

export const DATA_ADDRESS = "#/data";

/** Whether a hash names a page rather than an experiment, before which some programs write a slash. */
export const isPageAddress = (hash: string): boolean => /^#?\/(?!\w+(?:=|%3D))/i.test(hash);

/** An address that no page has shows the lab. */
export function viewOf(hash: string): View {
  return /^#?\/data\/?$/.test(hash) ? "data" : "lab";
}

/** A name that no view has shows the first one. */
export function stageOf(query: string): StageView {
  const name = new URLSearchParams(query).get(VIEW_KEY);
  return STAGE_VIEWS.find((one) => one === name) ?? STAGE_VIEWS[0];
}

/** The query with another view; whatever else is in it stays. An embed has no stage, and stays as it is. */
export function withStage(query: string, stage: StageView): string {
  if (isEmbed(query)) return query;
  const rest = withoutView(query);
  if (stage === STAGE_VIEWS[0]) return rest;
  return `${rest === "" ? "?" : `${rest}&`}${VIEW_KEY}=${stage}`;
}

export function createViewStore(address: ViewAddress): StoreApi<ViewState> {
  const store = createStore<ViewState>()((set) => ({
    view: viewOf(address.read()),
    stage: stageOf(address.query()),
    pane: "stage",
    showStage(stage) {
      address.replaceQuery(withStage(address.query(), stage));
      set({ stage, pane: "stage" });
    },
    showPane: (pane) => set({ pane }),
  }));
  address.onChange(() => store.setState({ view: viewOf(address.read()) }));
  return store;
}

const browser: ViewAddress =
  typeof window === "undefined"
    ? { read: () => "", onChange: () => undefined, query: () => "", replaceQuery: () => undefined }
    : {
        read: () => window.location.hash,
        onChange: (listener) => window.addEventListener("hashchange", listener),
        query: () => window.location.search,
        replaceQuery: (query) => {
          const { pathname, hash } = window.location;
          window.history.replaceState(window.history.state, "", `${pathname}${query}${hash}`);
        },
      };

/** Whether this page is an embed: some parts of the lab within another page. */
export const isEmbedded = isEmbed(browser.query());

export const viewStore = createViewStore(browser);
