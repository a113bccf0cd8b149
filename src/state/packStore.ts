// Fetching the model of the last run as a file: one at a time, and how it went. Saves nothing itself.
import { wholeText } from "../core/numbersIn.ts";
import { messageOf } from "../core/messageOf.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ModelDtype } from "../core/export/modelDtypes.ts";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import { fileName } from "../core/series/csv.ts";
import { datasetStore } from "./datasetStore.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";
import { detailOf, type Run } from "./run/run.ts";
import { runLink } from "./run/runLink.ts";

export interface PackState {
  readonly packing?: string | undefined; // id of the run whose model is being packed
  /** Of the last attempt: one sentence about what was packed, or why it was not. */
  readonly outcome?:
    { readonly runId: string; readonly message: string; readonly failed: boolean } | undefined;

  /**
   * @param page address of the page, for the README's link
   * @param dtype how its matrices are stored
   * @returns undefined after a failure, which `outcome` then tells
   */
  pack(
    run: Run,
    page: string,
    dtype: ModelDtype,
  ): Promise<{ readonly name: string; readonly zip: Blob } | undefined>;
}

export function createPackStore(
  workers: WorkersStore,
  listed: () => readonly DatasetInfo[],
): StoreApi<PackState> {
  return createStore<PackState>()((set, get) => ({
    async pack(run, page, dtype) {
      if (get().packing !== undefined) return undefined;
      const { id: runId, name } = run;
      const { record } = detailOf(run);
      set({ packing: runId, outcome: undefined });
      const end = (message: string, failed: boolean) =>
        set({ packing: undefined, outcome: { runId, message, failed } });
      try {
        const used = new Set(Object.keys(record?.environment.dataSha256 ?? {}));
        const datasets = listed().filter(({ id }) => used.has(id));
        const zipName = fileName(name, "zip");
        const { zip, pieces, fullPieces } = await workers
          .getState()
          .client()
          .trainer.request("exportModel", {
            runId,
            name,
            folder: zipName.replace(/\.zip$/, ""),
            link: runLink(run, page),
            dtype,
            datasets: datasets.map(({ id, title, licence, citation, manifest: { source } }) => ({
              id,
              title,
              licence,
              citation,
              source,
            })),
          });
        const size = `${(zip.size / 2 ** 20).toFixed(0)} MiB`;
        const cut =
          pieces < fullPieces
            ? `, with ${wholeText(pieces)} of ${wholeText(fullPieces)} pieces: those of the run’s texts`
            : "";
        end(`${zipName}, ${size}${cut}.`, false);
        return { name: zipName, zip };
      } catch (error) {
        end(messageOf(error), true);
        return undefined;
      }
    },
  }));
}

export const packStore = createPackStore(workersStore, () => datasetStore.getState().datasets);
