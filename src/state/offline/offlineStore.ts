// What of the page this browser keeps for use without a network, and what is going on about it. Registers nothing: startOffline.ts.
import { createStore } from "zustand/vanilla";
import { browserStorage, keepText, keptText, type TextStorage } from "../browserStorage.ts";
import { messageOf } from "../../core/messageOf.ts";
import {
  bytesOf,
  isWeights,
  keptName,
  partOf,
  visitFiles,
  type PageFile,
} from "../../core/offline/pageFiles.ts";
import { QUICK_START } from "../../core/offline/quickStart.ts";
import type { KeptDownload } from "../../core/encoders/encoderInfo.ts";
import { keepAll, type KeepPorts } from "./keepAll.ts";

/** Files that are kept and removed together. */
export interface OfflinePart {
  readonly id: string; // "page", "studies", "datasets/ID" or "models/ID"
  readonly bytes: number; // in all
  readonly keptBytes: number;
}

export interface OfflineState {
  /** "unasked": nothing more is kept unless somebody asks. */
  readonly standing: "unknown" | "refused" | "unasked" | "keeping" | "ready" | "failed";
  readonly why?: string | undefined; // it is refused or failed, in one sentence
  readonly isOlder: boolean; // what runs was kept by an earlier visit than the newest
  readonly parts: readonly OfflinePart[];
  readonly quickStart: "here" | "partly" | "removed"; // what it reads, and the page itself
  readonly progress?: { readonly done: number; readonly total: number } | undefined; // bytes
  readonly update?: (() => void) | undefined; // puts the new version in place, where one is here

  /** Looks at what is kept. Never rejects. */
  survey(): Promise<void>;
  /** @param what the id of a part, EVERYTHING, or VISIT: what one visit keeps. Never rejects: failure is in `why`. */
  keep(what: string): Promise<void>;
  /** Ends what `keep` does, after the file it is at. */
  stop(): void;
  remove(id: string): Promise<void>;
}

/** What `keep` may be asked for beside parts. */
export const EVERYTHING = "everything";
export const VISIT = "visit";

/** What the store works with once a service worker is there. */
export interface OfflinePorts extends Omit<KeepPorts, "turn"> {
  readonly files: readonly PageFile[];
  whenQuiet(): Promise<void>;
  listDownloads(): Promise<readonly KeptDownload[]>;
  removeDownload(id: string): Promise<void>;
}

/** Under which the ids of parts stand that a person removed: no visit brings them back unasked. */
const REMOVED_KEY = "hybrid-batch-lab/offline-removed";

const STOPPED = new Error("stopped");

export function createOfflineStore(storage: TextStorage | undefined) {
  let ports: OfflinePorts | undefined;
  let isStopped = false;
  const removed = () => new Set((keptText(storage, REMOVED_KEY) ?? "").split(" "));
  const note = (ids: Set<string>) => keepText(storage, REMOVED_KEY, [...ids].join(" "));

  const store = createStore<OfflineState>()((set, get) => {
    const here = async ({ kept, files, listDownloads }: OfflinePorts) => {
      const names = await kept.names();
      const weights = new Set((await listDownloads().catch(() => [])).map(({ id }) => id));
      const isHere = (file: PageFile) =>
        isWeights(file.path) ? weights.has(file.path.split("/")[1]!) : names.has(keptName(file));
      return { names, found: files.filter(isHere) };
    };
    return {
      standing: "unknown",
      isOlder: false,
      parts: [],
      quickStart: "partly",
      async survey() {
        if (!ports) return;
        try {
          const { files } = ports;
          const { names, found } = await here(ports);
          const ids = [...new Set(files.map(({ path }) => partOf(path)))];
          const own = (all: readonly PageFile[], id: string) =>
            bytesOf(all.filter(({ path }) => partOf(path) === id));
          const document = files.find(({ path }) => path === "index.html")!;
          set({
            parts: ids.map((id) => ({ id, bytes: own(files, id), keptBytes: own(found, id) })),
            quickStart: whatOf(visitFiles(files, QUICK_START), new Set(found), removed()),
            isOlder:
              !names.has(keptName(document)) && [...names].some((name) => name.startsWith("index.html?")),
          });
        } catch (error) {
          set({ standing: "refused", why: messageOf(error) });
        }
      },
      async keep(what) {
        if (!ports || get().standing === "keeping") return;
        const { files, kept, keepWeights, whenQuiet } = ports;
        isStopped = false;
        const gone = removed();
        if (what === EVERYTHING) gone.clear();
        gone.delete(what);
        note(gone);
        const asked =
          what === EVERYTHING
            ? files
            : what === VISIT
              ? visitFiles(files, QUICK_START).filter(({ path }) => !gone.has(partOf(path)))
              : files.filter(({ path }) => partOf(path) === what);
        const turn = async () => {
          if (what === VISIT) await whenQuiet();
          if (isStopped) throw STOPPED;
        };
        const before = get().standing === "ready" ? "ready" : "unasked";
        set({ standing: "keeping", why: undefined });
        try {
          const there = new Set((await here(ports)).found);
          const missing = asked.filter((file) => !there.has(file));
          const total = bytesOf(missing);
          let done = 0;
          if (total > 0) set({ progress: { done, total } });
          await keepAll(missing, { kept, keepWeights, turn }, ({ bytes }) => {
            done += bytes;
            set({ progress: { done, total } });
          });
          set({ standing: what === VISIT || what === EVERYTHING ? "ready" : before });
        } catch (error) {
          if (error === STOPPED) set({ standing: before });
          else set({ standing: "failed", why: messageOf(error) });
        }
        set({ progress: undefined });
        await get().survey();
      },
      stop: () => void (isStopped = true),
      async remove(id) {
        if (!ports) return;
        const { kept, files, removeDownload } = ports;
        const names = new Set(files.filter(({ path }) => partOf(path) === id).map(keptName));
        note(removed().add(id));
        try {
          await kept.removeExcept((name) => !names.has(name));
          if (id.startsWith("models/")) await removeDownload(id.slice("models/".length));
        } catch (error) {
          set({ why: messageOf(error) });
        }
        await get().survey();
      },
    };
  });
  return Object.assign(store, { connect: (given: OfflinePorts) => void (ports = given) });
}

function whatOf(
  needed: readonly PageFile[],
  found: ReadonlySet<PageFile>,
  removed: ReadonlySet<string>,
): OfflineState["quickStart"] {
  const missing = needed.filter((file) => !found.has(file));
  if (missing.length === 0) return "here";
  return missing.every(({ path }) => removed.has(partOf(path))) ? "removed" : "partly";
}

export const offlineStore = createOfflineStore(browserStorage());
