// The backup of this browser: what there is, the file that is being made, what restoring one came to. With real storage and
// workers; fetched when the Data page shows it.
import { createStore } from "zustand/vanilla";
import { counted } from "../../core/counted.ts";
import { kindsText, reportSentences, type RestoreReport } from "../../core/backup/restoreReport.ts";
import { messageOf } from "../../core/messageOf.ts";
import { datasetStore } from "../datasetStore.ts";
import { draftLink, draftStore } from "../draftStore.ts";
import { encoderStore } from "../encoderStore.ts";
import { adoptPreferences, preferencesText } from "./backedPreferences.ts";
import { openRunStorage, type RunStorage } from "../run/runStorage.ts";
import { tabs } from "../run/tabs.ts";
import { runStore } from "../runStore.ts";
import { studiesStore } from "../studiesStore.ts";
import { openStudyStorage, type StudyStorage } from "../study/studyStorage.ts";
import { workersStore } from "../workersStore.ts";
import { restoreBackup } from "./restoreBackup.ts";
import { estimateBackup, writeBackup, type BackupSources } from "./writeBackup.ts";

export interface BackupFacts {
  readonly holds: string; // "12 runs, 1 study, 90 runs of studies"
  readonly bytes: number; // about, without encoders
  readonly encoders: number;
  readonly encoderBytes: number;
}

export interface BackupState {
  readonly facts?: BackupFacts | undefined;
  readonly working?: { readonly words: string; readonly done: number; readonly total: number } | undefined;
  /** What restoring came to, or what is not in the backup; sentences. */
  readonly said: readonly string[];
  readonly trouble?: string | undefined; // one sentence: nothing was done

  /** Looks what there is. Never rejects. */
  survey(): Promise<void>;
  /** @returns the file, undefined after trouble */
  make(withEncoders: boolean): Promise<Blob | undefined>;
  restore(file: File): Promise<void>;
  dismiss(): void;
}

let opened: Promise<readonly [RunStorage, StudyStorage]> | undefined;
/** Connections of their own: rows are read and written here as they are. */
const storages = () => {
  opened ??= Promise.all([
    openRunStorage({ onLost: () => (opened = undefined), onLate: () => undefined }),
    openStudyStorage(),
  ]);
  return opened.catch((cause: unknown) => {
    opened = undefined;
    throw new Error(`What this browser keeps cannot be read: ${messageOf(cause)}`, { cause });
  });
};

const data = () => workersStore.getState().client().data;

async function sourcesHere(): Promise<BackupSources> {
  runStore.saveWaiting(); // what has not been written yet
  const [runStorage, studyStorage] = await storages();
  const runs = (await runStorage.list()).filter(({ deletedAt }) => deletedAt === undefined);
  const studies = await studyStorage.list();
  const kept = await data().request("listKept", null);
  const page = { draft: draftLink(draftStore.getState()), preferences: preferencesText() };
  return { runs, runStorage, studies, studyStorage, kept, page };
}

export const backupStore = createStore<BackupState>()((set, get) => {
  const working = async <T>(words: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (get().working) return undefined;
    set({ working: { words, done: 0, total: 0 }, said: [], trouble: undefined });
    try {
      return await work();
    } catch (error) {
      set({ trouble: messageOf(error) });
      return undefined;
    } finally {
      set({ working: undefined });
    }
  };
  const progress = (words: string) => (done: number, total: number) =>
    set({ working: { words, done, total } });
  return {
    said: [],
    async survey() {
      try {
        const sources = await sourcesHere();
        const { runs, studies, kept } = sources;
        const studyRuns = studies.reduce((sum, { done }) => sum + done.size, 0);
        const counts = {
          runs: runs.length,
          studies: studies.length,
          studyRuns,
          datasets: kept.datasets.length,
        };
        const bytes = await estimateBackup(sources, false);
        const files = kept.encoders.flatMap((one) => one.files.map(({ file }) => file.size));
        const encoderBytes = files.reduce((a, b) => a + b, 0);
        set({ facts: { holds: kindsText(counts), bytes, encoders: kept.encoders.length, encoderBytes } });
      } catch (error) {
        set({ facts: undefined, trouble: messageOf(error) });
      }
    },
    make: (withEncoders) =>
      working("Gathering", async () => {
        const sources = await sourcesHere();
        const { file, notes } = await writeBackup(sources, withEncoders, Date.now(), progress("Packing"));
        set({ said: notes });
        return file;
      }),
    restore: (file) =>
      working("Reading the backup", async () => {
        const [runs, studies] = await storages();
        await runStore.getState().open();
        await studiesStore.getState().open();
        const places = { runs, studies, data: data() };
        const restored = await restoreBackup(file, file.name, places, progress("Restoring"));
        const { head, relabelledIds, studyIds, report } = restored;
        await runStore.takeIn(relabelledIds);
        await studiesStore.getState().takeIn(studyIds);
        const page = adoptPage(head?.preferences, head?.draft);
        set({ said: [...reportWords(report), ...page] });
        for (const about of ["datasets", "encoders"] as const) tabs.tell({ about, ids: [] });
        await Promise.all([
          datasetStore.getState().refresh(),
          encoderStore.getState().refresh(),
          get().survey(),
        ]);
      }).then(() => undefined),
    dismiss: () => set({ said: [], trouble: undefined }),
  };
});

/** What a person has not set here is taken from the backup. */
function adoptPage(preferences: string | undefined, draft: string | undefined): string[] {
  const said: string[] = [];
  if (preferences !== undefined && adoptPreferences(preferences))
    said.push("Settings of the page were taken over.");
  const { origin, openLink } = draftStore.getState();
  if (draft?.includes("=") && origin === "none") {
    openLink(draft);
    said.push("The form was taken over.");
  }
  return said;
}

const MOST_SAID = 20;

function reportWords(report: RestoreReport): string[] {
  const more = report.said.length - MOST_SAID;
  return [
    ...reportSentences(report),
    ...report.said.slice(0, MOST_SAID),
    ...(more > 0 ? [`And ${counted(more, "more sentence")} of this kind.`] : []),
  ];
}
