// The scores of a run's last batch, asked for anew with each batch that is shown, until a row is held to be read.
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { BatchScores } from "../../core/run/views.ts";
import type { Run } from "../../state/run/run.ts";
import { scoresStore } from "../../state/scoresStore.ts";

export interface SeenScores {
  readonly scores: BatchScores | undefined; // of this run
  readonly error: string | undefined;
  readonly row: number | undefined; // held
  readonly hold: (row: number | undefined) => void;
}

/** @param wanted false: nothing is asked for */
export function useBatchScores(run: Run | undefined, wanted: boolean): SeenScores {
  const { scores, error } = useStore(scoresStore);
  const [held, setHeld] = useState<{ readonly runId: string; readonly row: number }>();
  const runId = run?.live?.batch && run.id;
  const row = held !== undefined && held.runId === runId ? held.row : undefined;
  // A step taken by hand is done only after its batch was shown.
  const moment = `${run?.live?.batch?.step} ${run?.status === "running" ? "" : run?.step}`;
  const holds = row !== undefined;
  const own = scores?.runId === runId ? scores : undefined;
  const isLast = own !== undefined && own.step === run?.live?.batch?.step;
  useEffect(() => {
    if (wanted && runId !== undefined && !holds && !isLast) void scoresStore.getState().look(runId);
  }, [wanted, runId, moment, holds, isLast]);
  return {
    scores: own,
    error: own && holds ? undefined : error,
    row: own && row !== undefined && row < own.rows.length ? row : undefined,
    hold: (next) => setHeld(next === undefined || runId === undefined ? undefined : { runId, row: next }),
  };
}
