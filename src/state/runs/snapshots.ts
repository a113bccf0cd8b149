// Which runs can go on, and which snapshots nobody needs any more. Keeps and reads none: the trainer worker does.
import type { TrainerRequests } from "../../workers/protocol.ts";
import { STUDY_PREFIX } from "../run/studyRunId.ts";
import type { RunsContext, Snapshots } from "./runsState.ts";

export function createSnapshots({
  store,
  deps,
  keeper,
  find,
  change,
}: Omit<RunsContext, "snapshots">): Snapshots {
  const ask = <K extends keyof TrainerRequests>(name: K, params: TrainerRequests[K]["params"]) =>
    deps.link
      .trainer()
      .request(name, params)
      .catch(() => undefined); // the worker died, which is told elsewhere
  const forget = (runIds: readonly string[]) => {
    if (runIds.length > 0) void ask("forgetSnapshots", { runIds });
  };
  /** A run with a record has its end, whatever was left behind when the page closed. */
  const hasEnd = async (id: string): Promise<boolean> => {
    const status = find(id)?.status;
    if (status === "interrupted" || status === "failed") return false;
    const detail = await keeper.detail(id).catch(() => undefined);
    return detail?.record !== undefined;
  };

  return {
    async refresh(ids) {
      const kept = await ask("listSnapshots", null);
      if (!kept) return;
      const steps = new Map(kept.map(({ runId, step }) => [runId, step]));
      const isLoose = (id: string) => !ids?.has(id) && !id.startsWith(STUDY_PREFIX); // studies sweep their own
      const needless = ids ? [...steps.keys()].filter(isLoose) : [];
      for (const { id, status, elsewhere } of store.getState().runs) {
        const step = steps.get(id);
        if (id === store.getState().trainingId || elsewhere) continue; // its own events tell, here or there
        if (step !== undefined && (await hasEnd(id))) needless.push(id);
        else if (step !== undefined && status !== "failed") {
          change(id, (run) => ({ ...run, status: "interrupted", snapshotStep: step }));
        } else change(id, (run) => (run.snapshotStep === step ? run : { ...run, snapshotStep: step }));
      }
      forget(needless);
    },
    keepNow() {
      const run = find(store.getState().trainingId);
      if (run?.status === "running") void ask("keepSnapshot", { runId: run.id });
    },
    forget,
  };
}
