// While a run goes on, asks the browser how much memory the page and its workers hold: to answer, it collects what nobody uses
// any more, which workers else leave for minutes. No number is read. Only Chromium can be asked, on a page that is isolated.
import type { StoreApi } from "zustand/vanilla";
import type { Run } from "../run/run.ts";

/** The browser answers about ten seconds after it was asked. Most is made, and most left over, before the first step. */
const EVERY_MS: Partial<Record<Run["status"], number>> = { preparing: 5_000, running: 30_000 };

/** Never rejects; a question that is still open does no harm. */
export function askForMemory(): void {
  const { measureUserAgentSpecificMemory: measure } = performance as {
    measureUserAgentSpecificMemory?(): Promise<unknown>;
  };
  if (globalThis.crossOriginIsolated) measure?.call(performance).catch(() => undefined);
}

interface Training {
  readonly runs: readonly Pick<Run, "id" | "status">[];
  readonly trainingId?: string | undefined;
}

/** @param ask called at a run's start, when its training begins, and from time to time */
export function collectWhileTraining(store: Pick<StoreApi<Training>, "subscribe">, ask = askForMemory): void {
  let known: Run["status"] | undefined; // of the run in training
  let timer: ReturnType<typeof setInterval> | undefined;
  store.subscribe(({ runs, trainingId }) => {
    const status = runs.find(({ id }) => id === trainingId)?.status;
    if (status === known) return;
    known = status;
    clearInterval(timer);
    const everyMs = status && EVERY_MS[status];
    if (!everyMs) return;
    ask();
    timer = setInterval(ask, everyMs);
  });
}
