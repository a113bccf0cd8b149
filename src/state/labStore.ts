// The page's link to its workers: datasets, device, imports, crashes. Owns the LabClient; never trains or draws.
import { messageOf } from "../core/messageOf.ts";
import type { DeviceReport } from "../core/run/device.ts";
import type { RunProgress } from "../core/run/progress.ts";
import { createStore } from "zustand/vanilla";
import type { GivenSummary, ImportChoices } from "../core/collections/importChoices.ts";
import type { CatalogEntry } from "../core/data/catalog.ts";
import { HUB_ADDRESS } from "../core/encoders/hubAddress.ts";
import type { PreviewPair } from "../core/data/records.ts";
import type { UnfinishedDownload } from "../core/data/unfinishedDownload.ts";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import type { GivenFile, TrainerEvent } from "../workers/protocol.ts";
import { preferencesStore } from "./preferencesStore.ts";
import { createLabClient, type LabClient } from "../workers/labClient.ts";

export interface LabState {
  readonly datasets: readonly DatasetInfo[];
  readonly catalog: readonly CatalogEntry[];
  readonly tokenBytes: number; // of the cache of token lists
  readonly datasetNotes: readonly string[]; // e.g. why a dataset is not listed
  readonly datasetsState: "unknown" | "loading" | "ready" | "failed";
  readonly datasetsError?: string;
  readonly device?: DeviceReport; // of the latest run
  readonly crash?: string; // why the workers are gone; restart() clears it
  readonly unfinished: readonly UnfinishedDownload[]; // downloads that were cut or ended
  /** The one import or download under way. `about`: the catalogue's set it fetches. */
  readonly importing?: { readonly message: string; readonly about?: string; readonly progress?: RunProgress };
  readonly importError?: { readonly message: string; readonly about?: string };

  /** The workers, started at first use and again after a crash. */
  client(): LabClient;
  /** Never rejects: failure is in `datasetsState` and `datasetsError`. */
  refreshDatasets(): Promise<void>;
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
  removeDataset(id: string): Promise<void>;
  /** Ends both workers and starts new ones. A run that was going on fails. */
  restart(): Promise<void>;
}

export interface LabListeners {
  onTrainerEvent(listener: (event: TrainerEvent) => void): void;
  /** Told when the workers died or were ended: whatever ran there is lost. */
  onWorkersLost(listener: (message: string) => void): void;
}

export type LabStore = ReturnType<typeof createLabStore>;

const filesText = (n: number) => (n === 1 ? "1 file" : `${n} files`);
/** @param createClient injected, so that tests run against a worker in their own process */
export function createLabStore(createClient: () => LabClient) {
  let client: LabClient | undefined;
  const trainerListeners = new Set<(event: TrainerEvent) => void>();
  const lostListeners = new Set<(message: string) => void>();
  const lose = (message: string) => {
    client?.dispose();
    client = undefined;
    for (const listener of lostListeners) listener(message);
  };

  const store = createStore<LabState>()((set, get) => {
    const without = (...keys: ("crash" | "importing" | "importError" | "datasetsError")[]) =>
      set(
        (state) =>
          Object.fromEntries(
            Object.entries(state).filter(([key]) => !keys.some((gone) => gone === key)),
          ) as unknown as LabState,
        true,
      );
    /** One at a time; the page shows the one that is going on. */
    const importing = async <T>(
      message: string,
      ask: (data: LabClient["data"]) => Promise<T>,
      about?: string,
    ): Promise<T | undefined> => {
      if (get().importing) return undefined;
      without("importError");
      const whose = about === undefined ? {} : { about };
      set({ importing: { message, ...whose } });
      try {
        return await ask(get().client().data);
      } catch (error) {
        set({ importError: { message: messageOf(error), ...whose } });
        return undefined;
      } finally {
        without("importing");
      }
    };
    /** As importing; what is here is listed anew afterwards, also after a failure: a part of a download may be. */
    const adding = (...[message, ask, about]: Parameters<typeof importing<DatasetInfo>>) =>
      importing(message, (data) => ask(data).finally(() => get().refreshDatasets()), about);
    return {
      datasets: [],
      catalog: [],
      tokenBytes: 0,
      unfinished: [],
      datasetNotes: [],
      datasetsState: "unknown",

      client() {
        if (client) return client;
        const fresh = (client = createClient());
        without("crash");
        fresh.onCrash((crash) => {
          if (client !== fresh) return;
          set({ crash });
          lose(crash);
        });
        fresh.trainer.onEvent((event) => {
          if (client !== fresh) return; // a late word from ended workers
          if (event.type === "device") set({ device: event.device });
          for (const listener of trainerListeners) listener(event);
        });
        fresh.data.onEvent(({ message, progress }) => {
          const { importing } = get();
          if (importing) set({ importing: { ...importing, message, progress } });
        });
        return fresh;
      },
      async refreshDatasets() {
        set({ datasetsState: "loading" });
        without("datasetsError");
        try {
          const { notes, ...listed } = await get().client().data.request("list", null);
          set({ ...listed, datasetNotes: notes, datasetsState: "ready" });
        } catch (error) {
          set({ datasetsState: "failed", datasetsError: messageOf(error) });
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
      cancelImport: () => void get().client().data.request("cancelImport", null),
      async discardDownload(id) {
        without("importError");
        try {
          await get().client().data.request("discardDownload", { id });
        } catch (error) {
          set({ importError: { message: messageOf(error), about: id } });
        }
        await get().refreshDatasets();
      },
      preview: (id, lang) => get().client().data.request("preview", { id, lang }),
      dismissImportError: () => without("importError"),
      async removeDataset(id) {
        await get().client().data.request("remove", { id });
        await get().refreshDatasets();
      },
      async restart() {
        if (client) lose("the workers were restarted");
        without("crash");
        await get().refreshDatasets();
      },
    };
  });

  const listeners: LabListeners = {
    onTrainerEvent: (listener) => void trainerListeners.add(listener),
    onWorkersLost: (listener) => void lostListeners.add(listener),
  };
  return Object.assign(store, listeners);
}

/** Where the page looks for the hub if the person names no other place: LAB_HUB, where the page was built with that. */
export const PAGE_HUB = (import.meta.env["LAB_HUB"] as string | undefined) || HUB_ADDRESS; // text or nothing
export const labStore = createLabStore(() => createLabClient(preferencesStore.getState().hub || PAGE_HUB));
preferencesStore.subscribe(({ hub }, before) => {
  if (hub !== before.hub)
    labStore
      .getState()
      .client()
      .useHub(hub || PAGE_HUB);
});
