// The datasets of this browser and the one that is being added. Converts nothing: the data worker does.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { GivenSummary, ImportChoices } from "../core/collections/importChoices.ts";
import type { CatalogEntry } from "../core/data/catalog.ts";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import type { PreviewPair } from "../core/data/records.ts";
import type { UnfinishedDownload } from "../core/data/unfinishedDownload.ts";
import { messageOf } from "../core/messageOf.ts";
import type { RunProgress } from "../core/run/progress.ts";
import type { LabClient } from "../workers/labClient.ts";
import type { GivenFile } from "../workers/protocol.ts";
import { tabs, type Tabs } from "./run/tabs.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

/** The one import or download under way. `about`: the catalogue's set it fetches. */
export interface Importing {
  readonly message: string;
  readonly about?: string | undefined;
  readonly progress?: RunProgress; // in bytes
  readonly texts?: number | undefined; // written so far, of a conversion
}

export interface DatasetState {
  readonly datasets: readonly DatasetInfo[];
  readonly catalog: readonly CatalogEntry[];
  readonly tokenBytes: number; // of the cache of token lists
  readonly notes: readonly string[]; // e.g. why a dataset is not listed
  readonly status: "unknown" | "loading" | "ready" | "failed"; // of the list
  readonly error?: string | undefined;
  readonly unfinished: readonly UnfinishedDownload[]; // downloads that were cut or ended
  readonly importing?: Importing | undefined;
  readonly importError?: { readonly message: string; readonly about?: string | undefined } | undefined;

  /** Never rejects: failure is in `status` and `error`. */
  refresh(): Promise<void>;
  /** @returns what the files are, or undefined where they are nothing; `importError` then says so in one sentence */
  inspectFiles(files: readonly GivenFile[]): Promise<GivenSummary | undefined>;
  /** @returns the new dataset, or undefined after a failure, which `importError` then tells in one sentence */
  importFiles(files: readonly GivenFile[], choices?: ImportChoices): Promise<DatasetInfo | undefined>;
  /** As importFiles, from a catalogue entry's official addresses; one that was cut goes on where it stopped. */
  download(id: string, title: string, languages?: readonly string[]): Promise<DatasetInfo | undefined>;
  /** Ends the import that is under way; `importError` then says so. */
  cancelImport(): void;
  /** Never rejects: failure is in `importError`. */
  discardDownload(id: string): Promise<void>;
  /** A few pairs of one language. @throws Error with the worker's sentence */
  preview(id: string, lang: string): Promise<readonly PreviewPair[]>;
  dismissImportError(): void;
  /** @throws Error with the worker's sentence */
  remove(id: string): Promise<void>;
}

/** Whether this browser has no such dataset; not before its list is known. */
export const lacks =
  (id: string) =>
  ({ status, datasets }: DatasetState): boolean =>
    status === "ready" && !datasets.some((one) => one.id === id);

const filesText = (n: number) => (n === 1 ? "1 file" : `${n} files`);

export function createDatasetStore(workers: WorkersStore, tabs: Tabs): StoreApi<DatasetState> {
  const data = () => workers.getState().client().data;

  const store = createStore<DatasetState>()((set, get) => {
    /** One at a time; the page shows the one that is going on. */
    const importing = async <T>(
      message: string,
      ask: (data: LabClient["data"]) => Promise<T>,
      about?: string,
    ): Promise<T | undefined> => {
      if (get().importing) return undefined;
      set({ importing: { message, about }, importError: undefined });
      try {
        return await ask(data());
      } catch (error) {
        set({ importError: { message: messageOf(error), about } });
        return undefined;
      } finally {
        set({ importing: undefined });
      }
    };
    /** As importing; what is here is listed anew afterwards, also after a failure: a part of a download may be. */
    const adding = (...[message, ask, about]: Parameters<typeof importing<DatasetInfo>>) =>
      importing(message, (data) => ask(data).finally(changed), about);
    const changed = async () => {
      tabs.tell({ about: "datasets", ids: [] });
      await get().refresh();
    };
    return {
      datasets: [],
      catalog: [],
      tokenBytes: 0,
      unfinished: [],
      notes: [],
      status: "unknown",

      async refresh() {
        set({ status: "loading", error: undefined });
        try {
          set({ ...(await data().request("list", null)), status: "ready" });
        } catch (error) {
          set({ status: "failed", error: messageOf(error) });
        }
      },
      inspectFiles: (files) =>
        importing(`Looking into ${filesText(files.length)}`, (data) =>
          data.request("inspectFiles", { files }),
        ),
      importFiles: (files, choices = {}) =>
        adding(`Reading ${filesText(files.length)}`, (data) =>
          data.request("importFiles", { files, choices }),
        ),
      download: (id, title, languages) =>
        adding(
          `Downloading ${title}`,
          (data) => data.request("download", { id, ...(languages && { languages }) }),
          id,
        ),
      cancelImport: () =>
        void data()
          .request("cancelImport", null)
          .catch(() => undefined), // the worker died, which is told elsewhere
      async discardDownload(id) {
        set({ importError: undefined });
        try {
          await data().request("discardDownload", { id });
        } catch (error) {
          set({ importError: { message: messageOf(error), about: id } });
        }
        await changed();
      },
      preview: (id, lang) => data().request("preview", { id, lang }),
      dismissImportError: () => set({ importError: undefined }),
      async remove(id) {
        await data().request("remove", { id });
        await changed();
      },
    };
  });

  tabs.onTold(({ about }) => {
    if (about === "datasets") void store.getState().refresh();
  });
  workers.onDataEvent(({ message, progress, texts }) => {
    const { importing } = store.getState();
    if (importing) store.setState({ importing: { ...importing, message, progress, texts } });
  });
  return store;
}

export const datasetStore = createDatasetStore(workersStore, tabs);
