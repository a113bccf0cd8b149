// Whether a worker still lives: asked once a second, counted in the page's own seconds. Replaces nothing itself.

/** A worker as it is listened to; an RpcConnection is one. */
export interface Heard {
  ping(): void;
  onHeard(listener: (spareSeconds: number) => void): void;
}

export interface SilenceWatch {
  /** Another worker has taken its place, whose files may have to be loaded first. */
  again(): void;
  end(): void;
}

export type OnSilent = (after: { readonly seconds: number; readonly hadSpoken: boolean }) => void;

/** Calls `tick` about once a second until the returned function is called. */
export type Ticking = (tick: () => void) => () => void;

/** Ticks without a word after which a worker that has spoken before counts as dead. */
export const SILENT_TICKS = 8;
/** And one that never has: its files may come over a slow line. */
export const LOADING_TICKS = 60;

/**
 * Silence is counted in ticks that the page itself lived through, never in time that passed: a lid that was closed, a page
 * in the background or one that a debugger holds makes no worker dead. A worker in the middle of a long computation says
 * beforehand how much longer it may need (`spareSeconds`).
 *
 * @param onSilent told once, until `again`
 * @param patience how many times as long as a laptop's worker it may be silent, asked at each tick
 */
export function watchSilence(
  worker: Heard,
  ticking: Ticking,
  onSilent: OnSilent,
  patience: () => number = () => 1,
): SilenceWatch {
  let silent = 0; // ticks
  let allowed = LOADING_TICKS;
  let isTold = false;
  worker.onHeard((spareSeconds) => {
    silent = 0;
    allowed = SILENT_TICKS + spareSeconds;
  });
  const end = ticking(() => {
    if (isTold) return;
    silent++;
    if (silent < allowed * patience()) return worker.ping();
    isTold = true;
    onSilent({ seconds: silent, hadSpoken: allowed !== LOADING_TICKS });
  });
  return {
    again() {
      silent = 0;
      allowed = LOADING_TICKS;
      isTold = false;
    },
    end,
  };
}

/** The page's clock. */
export const everySecond: Ticking = (tick) => {
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
};
