// Passes the events of a run to the page at a pace it can draw; points are gathered, never dropped, and of the batches the
// last one is always shown. Trains nothing.
import type { Batch } from "../../core/plan/batch.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { RunEvent } from "../../training/run/runPorts.ts";
import type { AboutRun } from "../protocol.ts";
import { viewBatch } from "./batchView.ts";

/** Each message redraws a part of the page, 20 to 40 ms on a slow machine: more of them would cost frames. */
const POINTS_EVERY_MS = 250;
const BATCH_EVERY_MS = 500;
/** Texts of a set larger than memory are read from their shards: showing them takes at most a twentieth of the time. */
const BATCH_REST = 20;
/** What a look-up takes may be the step that it waits for. */
const LONGEST_REST_MS = 5000;
const PROGRESS_EVERY_MS = 250;
/** A page that takes longer to draw is told as much less often, so that drawing leaves time to train. */
const MOST_RARE = 6; // times
const SLOW = 2; // times as long as a laptop

export interface Relay {
  /** @param train the training texts, for the batch that is shown; without them none is */
  pass(event: RunEvent, train: LoadedCorpus | undefined): Promise<void>;
  /** Sends what is held back. */
  flush(): void;
  /** The run is over, however it ended: of what is held back nothing is told by itself any more. */
  end(): void;
}

/**
 * @param pace how many times as long the page takes to draw as on a laptop
 * @param isPaused a paused run is shown whole: nothing of it is held back
 */
export function createRelay(
  runId: string,
  nowMs: () => number,
  isPaused: () => boolean,
  emit: (event: AboutRun) => void,
  pace = 1,
): Relay {
  const rare = Math.min(MOST_RARE, Math.max(1, pace));
  const isQuick = rare < SLOW; // each phase is shown each time, however short
  const begun = new Set<string>(); // phases: the first time they are shown at once on any page
  let points: Point[] = [];
  let trunk: Point[] = []; // comes before any of the points
  let progress: RunProgress | undefined; // held back
  let shownPhase = "";
  let batch: { readonly planned: Batch; readonly train: LoadedCorpus } | undefined; // held back
  let lookUpMs = 0; // what the last shown batch took
  const lastMs = { points: -Infinity, batch: -Infinity, progress: -Infinity };
  const due = (what: keyof typeof lastMs, everyMs: number, restMs = 0) => {
    const now = nowMs();
    if (!isPaused() && now - lastMs[what] < Math.max(rare * everyMs, restMs)) return false;
    lastMs[what] = now;
    return true;
  };
  let timer: ReturnType<typeof setTimeout> | undefined; // of what is held back, should nothing follow
  const flushProgress = () => {
    clearTimeout(timer);
    timer = undefined;
    lastMs.progress = nowMs();
    if (progress) emit({ type: "progress", runId, progress });
    shownPhase = progress?.phase ?? shownPhase;
    progress = undefined;
  };
  const showHeld = async () => {
    const held = batch;
    batch = undefined;
    if (!held) return;
    const startMs = nowMs();
    emit({ type: "batch", runId, batch: await viewBatch(held.planned, held.train) });
    lookUpMs = nowMs() - startMs;
  };
  let shown = Promise.resolve();
  /** One after the other; nothing else waits for them, and one that cannot be shown ends no run. */
  const showBatch = () => (shown = shown.then(showHeld).catch(() => undefined));
  const flush = () => {
    if (trunk.length > 0) emit({ type: "trunk", runId, points: trunk });
    trunk = [];
    if (points.length > 0) emit({ type: "points", runId, points });
    points = [];
    flushProgress();
  };
  const pass = async (event: RunEvent, train: LoadedCorpus | undefined): Promise<void> => {
    switch (event.type) {
      case "trunk":
      case "points":
        if (event.type === "trunk")
          trunk = trunk.concat(event.points); // a snapshot tells all of them at once
        else points.push(...event.points);
        if (due("points", POINTS_EVERY_MS)) flush();
        return;
      case "progress": {
        const { phase, done, total } = event.progress;
        if (isQuick && progress && progress.phase !== phase) flushProgress();
        progress = event.progress;
        const isTurn = isQuick ? done === total || phase !== shownPhase : !begun.has(phase);
        begun.add(phase);
        if (isTurn || due("progress", PROGRESS_EVERY_MS)) flushProgress();
        else timer ??= setTimeout(flushProgress, rare * PROGRESS_EVERY_MS - (nowMs() - lastMs.progress));
        return;
      }
      case "batch":
        batch = train && { planned: event.batch, train };
        if (due("batch", BATCH_EVERY_MS, Math.min(BATCH_REST * lookUpMs, LONGEST_REST_MS))) void showBatch();
        return;
      case "suspended":
        return; // the page leaves no run
      case "startValues":
      case "device":
      case "restored":
      case "snapshot":
      case "matrix":
      case "notice":
      case "queryValues":
        emit({ ...event, runId });
        return;
      case "finished":
        await showBatch();
        flush();
        emit({ ...event, runId });
        return;
    }
  };
  return {
    pass,
    flush() {
      flush();
      void showBatch();
    },
    end: () => clearTimeout(timer),
  };
}
