// Encoders to start from: those kept here, and what is known of them and of all that the lab names. Never loads weights.
import { messageOf } from "../core/messageOf.ts";
import { createStore } from "zustand/vanilla";
import { catalogInfo, HUB_ENCODERS } from "../core/encoders/encoderCatalog.ts";
import { SHIPPED } from "../core/encoders/shippedEncoders.ts";
import type { EncoderInfo, KeptDownload } from "../core/encoders/encoderInfo.ts";
import type { GivenFile } from "../workers/protocol.ts";
import { tabs, type Tabs } from "./run/tabs.ts";
import { workersStore, type WorkersState } from "./workersStore.ts";

export interface EncoderState {
  readonly here: readonly EncoderInfo[]; // kept in this browser
  readonly notes: readonly string[];
  readonly facts: Readonly<Record<string, EncoderInfo>>; // by id: of the lab's tables, here, or looked up
  readonly downloads: readonly KeptDownload[]; // of the hub, kept in this browser; the last used first
  readonly busy?: string | undefined; // what is going on, e.g. "Storing my-model"
  readonly problem?: string | undefined; // why the last action failed, in one sentence

  /** Never rejects: failure is in `notes`. */
  refresh(): Promise<void>;
  /** Asks the encoder's own files. @returns whether they could be read; `problem` then says why not */
  lookUp(id: string): Promise<boolean>;
  /** @returns the id of the encoder, or undefined after a failure, which `problem` tells */
  add(name: string, files: readonly GivenFile[]): Promise<string | undefined>;
  remove(name: string): Promise<void>;
  /** Never rejects: where they cannot be listed, none are shown. */
  refreshDownloads(): Promise<void>;
  removeDownload(id: string): Promise<void>;
  dismissProblem(): void;
}

const byId = (infos: readonly EncoderInfo[]) => Object.fromEntries(infos.map((info) => [info.id, info]));

/** @param client of the workers, asked at each action: it changes after a crash */
export function createEncoderStore(client: WorkersState["client"], tabs: Tabs) {
  const store = createStore<EncoderState>()((set, get) => {
    /** Runs one action and keeps its failure as a sentence. */
    const attempt = async <T>(busy: string, work: () => Promise<T>): Promise<T | undefined> => {
      set({ busy, problem: undefined });
      try {
        return await work();
      } catch (error) {
        set({ problem: messageOf(error) });
        return undefined;
      } finally {
        set({ busy: undefined });
      }
    };
    const changed = async () => {
      tabs.tell({ about: "encoders", ids: [] });
      await get().refresh();
    };
    return {
      here: [],
      notes: [],
      downloads: [],
      facts: byId([...SHIPPED.map(({ info }) => info), ...HUB_ENCODERS.map(catalogInfo)]),
      async refresh() {
        try {
          const { encoders, notes } = await client().data.request("listEncoders", null);
          set({ here: encoders, notes, facts: { ...get().facts, ...byId(encoders) } });
        } catch (error) {
          set({ notes: [messageOf(error)] });
        }
        await get().refreshDownloads();
      },
      async refreshDownloads() {
        const downloads = await client()
          .data.request("listDownloads", null)
          .catch(() => []);
        set({ downloads });
      },
      async removeDownload(id) {
        await attempt(`Removing the download of ${id}`, () =>
          client().data.request("removeDownload", { id }),
        );
        await get().refreshDownloads();
      },
      async lookUp(id) {
        const info = await attempt(`Reading what ${id} says of itself`, () =>
          client().data.request("inspectEncoder", { id }),
        );
        if (info) set({ facts: { ...get().facts, [id]: info } });
        return info !== undefined;
      },
      async add(name, files) {
        const info = await attempt(`Storing ${name}`, () =>
          client().data.request("addEncoder", { name, files }),
        );
        if (info) await changed();
        return info?.id;
      },
      async remove(name) {
        await attempt(`Removing ${name}`, () => client().data.request("removeEncoder", { name }));
        await changed();
      },
      dismissProblem: () => set({ problem: undefined }),
    };
  });
  tabs.onTold(({ about }) => {
    if (about === "encoders") void store.getState().refresh();
  });
  return store;
}

export const encoderStore = createEncoderStore(() => workersStore.getState().client(), tabs);
workersStore.onTrainerEvent(({ type }) => {
  if (type === "finished" || type === "failed") void encoderStore.getState().refreshDownloads();
});
