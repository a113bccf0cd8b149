// Fetching the model of the last run as a file: one at a time, and how it went. Saves nothing itself.
import { messageOf } from "../core/messageOf.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import { expectedResult } from "../core/record/expectedResult.ts";
import { fileName } from "../core/series/csv.ts";
import { encodeLink } from "../core/spec/link.ts";
import { DEFAULT_PRESET, findPreset } from "../core/spec/presets.ts";
import { labStore, type LabStore } from "./labStore.ts";
import type { Run } from "./run/run.ts";

export interface ModelState {
  readonly packing?: string | undefined; // id of the run whose model is being packed
  /** Of the last attempt: one sentence about what was packed, or why it was not. */
  readonly outcome?:
    { readonly runId: string; readonly message: string; readonly failed: boolean } | undefined;

  /**
   * @param page address of the page, for the README's link
   * @returns undefined after a failure, which `outcome` then tells
   */
  pack(run: Run, page: string): Promise<{ readonly name: string; readonly zip: Blob } | undefined>;
}

export function createModelStore(lab: LabStore): StoreApi<ModelState> {
  return createStore<ModelState>()((set, get) => ({
    async pack(run, page) {
      if (get().packing !== undefined) return undefined;
      const { id: runId, name, record } = run;
      set({ packing: runId, outcome: undefined });
      const end = (message: string, failed: boolean) =>
        set({ packing: undefined, outcome: { runId, message, failed } });
      try {
        const used = new Set(Object.keys(record?.environment.dataSha256 ?? {}));
        const datasets = lab.getState().datasets.filter(({ id }) => used.has(id));
        const expected = record && expectedResult(record);
        const preset = findPreset(run.presetName) ?? DEFAULT_PRESET;
        const zipName = fileName(name, "zip");
        const { zip, pieces, fullPieces } = await lab
          .getState()
          .client()
          .trainer.request("exportModel", {
            runId,
            name,
            folder: zipName.replace(/\.zip$/, ""),
            link: `${page.split("#")[0]}#${encodeLink(run.spec, preset, expected ? { expected } : {})}`,
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
          pieces < fullPieces ? `, with ${pieces} of ${fullPieces} pieces: those of the run’s texts` : "";
        end(`${zipName}, ${size}${cut}.`, false);
        return { name: zipName, zip };
      } catch (error) {
        end(messageOf(error), true);
        return undefined;
      }
    },
  }));
}

export const modelStore = createModelStore(labStore);
