// Which page is shown: the lab or its data. A page's address begins with "#/", which none of our links does.
import { createStore, type StoreApi } from "zustand/vanilla";

export type View = "lab" | "data";

export interface ViewState {
  readonly view: View;
}

/** The part of the browser's address this store needs. */
export interface ViewAddress {
  read(): string; // with or without "#"
  onChange(listener: () => void): void;
}

export const DATA_ADDRESS = "#/data";

/** Whether a hash names a page rather than an experiment, before which some programs write a slash. */
export const isPageAddress = (hash: string): boolean => /^#?\/(?!\w+(?:=|%3D))/i.test(hash);

/** An address that no page has shows the lab. */
export function viewOf(hash: string): View {
  return /^#?\/data\/?$/.test(hash) ? "data" : "lab";
}

export function createViewStore(address: ViewAddress): StoreApi<ViewState> {
  const store = createStore<ViewState>()(() => ({ view: viewOf(address.read()) }));
  address.onChange(() => store.setState({ view: viewOf(address.read()) }));
  return store;
}

const browser: ViewAddress =
  typeof window === "undefined"
    ? { read: () => "", onChange: () => undefined }
    : {
        read: () => window.location.hash,
        onChange: (listener) => window.addEventListener("hashchange", listener),
      };

export const viewStore = createViewStore(browser);
