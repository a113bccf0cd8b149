// The runs of a study that are still to come, beside each other, until all are trained or a person leaves.
import { availableParallelism } from "node:os";
import type { Cadence } from "../../core/run/cadence.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import { hasBaselines, type Study, type StudyRun } from "../../core/study/study.ts";
import { ENDING_SIGNALS } from "../files/isRunning.ts";
import { TWICE_MS } from "../interrupt.ts";
import { keepSpeeds } from "./cost.ts";
import { runLanes } from "./lanes.ts";
import { readRecord, writeFailure } from "./studyFolder.ts";
import { createSweepProgress } from "./sweepProgress.ts";

interface Options {
  readonly jobs: number; // runs at a time
  readonly checkpointEvery: Cadence;
  readonly trecDepth?: number | undefined;
  readonly say: (line: string) => void;
  readonly note: (line: string) => void; // also with --quiet
}

/** @returns false where a person left before the end: what is kept can be gone on with */
export async function trainAll(
  dir: string,
  study: Study,
  runs: readonly StudyRun[],
  { jobs, checkpointEvery, trecDepth, say, note }: Options,
): Promise<boolean> {
  const progress = createSweepProgress(study, runs.length, { say, note });
  const told = new Set<string>(); // what was said of a cell holds for all its seeds
  let isLeaving = false;
  const lanes = runLanes(runs, {
    dir,
    lanes: jobs,
    threads: Math.max(1, Math.floor(availableParallelism() / jobs)),
    checkpointEvery,
    trecDepth,
    hasBaselines: (run) => hasBaselines(study, run),
    isLeaving: () => isLeaving,
    prepare: (run) => fedRun(run, (source) => readRecord(dir, source)),
    onNotice({ cell }, sentence) {
      if (!told.has(`${cell} ${sentence}`)) say(`${cell}: ${sentence}`);
      told.add(`${cell} ${sentence}`);
    },
    async onOutcome(run, outcome) {
      if (outcome.type === "failed") await writeFailure(dir, run, outcome.why);
      progress.outcome(run, outcome);
    },
  });
  const unheard = () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, leave);
  };
  const leave = () => {
    if (isLeaving) return;
    isLeaving = true;
    setTimeout(unheard, TWICE_MS).unref();
    note(
      "The runs that are going on are left at their next step, to be gone on with; once more ends them at once.",
    );
    lanes.leave();
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, leave);
  try {
    await lanes.ended;
  } finally {
    unheard();
  }
  await keepSpeeds(progress.speeds);
  return !isLeaving;
}
