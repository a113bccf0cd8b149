// The studies of this browser, with real workers, storage and locks. Fetched when it is first needed.
import { estimateMemory } from "../core/encoders/estimateMemory.ts";
import { findShipped } from "../core/encoders/shippedEncoders.ts";
import type { Study } from "../core/study/study.ts";
import { createLabClient } from "../workers/pageClient.ts";
import { patience } from "./paceStore.ts";
import { pageCadence, preferencesStore } from "./preferencesStore.ts";
import { takeRunLock, whenRunFree } from "./run/runLock.ts";
import { tabs } from "./run/tabs.ts";
import { randomId, runStore } from "./runStore.ts";
import { PAGE_HUB, workersStore } from "./workersStore.ts";
import { createStudies } from "./study/createStudies.ts";
import { createLane } from "./study/lane.ts";
import type { Turn } from "./study/studiesState.ts";
import { openStudyStorage } from "./study/studyStorage.ts";
import { STUDY_PREFIX } from "./run/studyRunId.ts";
import { noteStudies } from "./studyTraces.ts";
import { thisMachine, trainersBeside } from "./study/trainersBeside.ts";

const cadence = () => pageCadence(preferencesStore.getState().snapshotSeconds);

const isFree = ({ trainingId, otherWork, isWanted }: ReturnType<typeof runStore.getState>) =>
  trainingId === undefined && !isWanted() && !otherWork;

const turn: Turn = {
  occupy: (work) => runStore.getState().occupy(work),
  vacate: () => runStore.getState().vacate(),
  isWanted: () => runStore.getState().isWanted(),
  onFree(listener) {
    runStore.subscribe((state) => {
      if (isFree(state)) listener();
    });
  },
};

export const studiesStore = createStudies({
  openStorage: openStudyStorage,
  openLane: (threads) =>
    createLane(createLabClient(preferencesStore.getState().hub || PAGE_HUB, patience, threads), cadence),
  besideFor: (study) => trainersBeside(thisMachine(), bytesOf(study)),
  turn,
  async sweepSnapshots(isNeeded) {
    const { trainer } = workersStore.getState().client();
    const kept = await trainer.request("listSnapshots", null);
    const ours = kept.map(({ runId }) => runId).filter((runId) => runId.startsWith(STUDY_PREFIX));
    const runIds = ours.filter((runId) => !isNeeded(runId));
    if (runIds.length > 0) await trainer.request("forgetSnapshots", { runIds });
  },
  takeLock: takeRunLock,
  whenFree: whenRunFree,
  tabs,
  nowMs: () => Date.now(),
  newId: randomId,
});

studiesStore.subscribe(({ studies, storage }, before) => {
  if (storage !== "open" || studies.length === before.studies.length) return;
  noteStudies(studies.length > 0);
});

/** A trainer with its two workers, before an encoder and a corpus: as measured in Chromium. */
const BASE_BYTES = 250 * 2 ** 20;
const USED_PIECES = 20_000;

/** Of one trainer: the largest of the study's cells differ little in it. */
function bytesOf({ spec: { encoder, batch } }: Study): number {
  const { layers, width, heads, feedForward, vocabRows } = findShipped(encoder.id)?.info ?? {
    layers: encoder.layers,
    width: encoder.width,
    heads: 1,
    feedForward: 4 * encoder.width,
    vocabRows: USED_PIECES,
  };
  const { maxTokens } = encoder;
  const vocabSize = Math.min(vocabRows, USED_PIECES);
  return (
    BASE_BYTES +
    estimateMemory({ layers, width, heads, feedForward, vocabSize, maxTokens }, 2 * batch.size).bytes
  );
}
