// A Web Lock per run: keeps the browser from freezing the tab, and tells other tabs that the run is alive.

const PREFIX = "hybrid-batch-lab/run/";

/** Holds the lock of a run until the returned function is called. Does nothing where locks are missing. */
export function holdRunLock(runId: string): () => void {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return () => undefined;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  // Rejected only where the page may not use locks (an opaque origin): training works without.
  navigator.locks.request(PREFIX + runId, () => held).catch(() => undefined);
  return release;
}

/** @returns the function that lets go of the lock, or undefined while another tab, or this one, holds it */
export function takeRunLock(runId: string): Promise<(() => void) | undefined> {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) =>
      lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined);
    navigator.locks
      .request(PREFIX + runId, { ifAvailable: true }, hold)
      .catch(() => resolve(() => undefined)); // the page may not use locks: nobody else does
  });
}

/** Resolves once no tab holds the lock of the run, since its training ended or its tab was closed. */
export async function whenRunFree(runId: string): Promise<void> {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return;
  // Shared, so that all that wait are let in at once, and none keeps another from taking the lock.
  await navigator.locks.request(PREFIX + runId, { mode: "shared" }, () => undefined).catch(() => undefined);
}

/** @returns ids of runs that some tab of this browser is training right now */
export async function runsGoingElsewhere(): Promise<ReadonlySet<string>> {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return new Set();
  try {
    const { held = [] } = await navigator.locks.query();
    const trained = held.filter(({ mode }) => mode === "exclusive"); // the others only wait for an end
    return new Set(
      trained.flatMap(({ name = "" }) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : [])),
    );
  } catch {
    return new Set();
  }
}
