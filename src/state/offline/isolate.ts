// The one reload after which the service worker's headers let threads share memory, on a host that sets none. Never a second
// one in a tab, never once something was touched or trains: the page works without.
import { isTraining } from "./quiet.ts";

const TRIED = "hybrid-batch-lab/isolation-tried";

/** What a page that reloads itself asks of its browser. */
export interface IsolationPorts {
  readonly isIsolated: boolean;
  /** Resolves once the worker answers for this page. */
  whenControlled(): Promise<void>;
  readonly tab: Pick<Storage, "getItem" | "setItem">; // remembers for this tab
  isTraining(): Promise<boolean>;
  wasTouched(): boolean;
  reload(): void; // keeps query and hash
}

/** @returns whether the page is being loaded again */
export async function isolate(ports: IsolationPorts): Promise<boolean> {
  try {
    if (ports.isIsolated || ports.tab.getItem(TRIED) !== null) return false;
    await ports.whenControlled();
    if (ports.wasTouched() || (await ports.isTraining())) return false; // the next visit is isolated
    ports.tab.setItem(TRIED, "1"); // or it could go round for ever
  } catch {
    return false; // storage refused: the lab runs without shared memory
  }
  ports.reload();
  return true;
}

export function browserIsolation(workers: ServiceWorkerContainer): IsolationPorts {
  let touched = false;
  for (const type of ["pointerdown", "keydown"])
    window.addEventListener(type, () => (touched = true), { once: true, capture: true });
  return {
    isIsolated: window.crossOriginIsolated,
    async whenControlled() {
      if (workers.controller) return;
      await new Promise((resolve) => workers.addEventListener("controllerchange", resolve, { once: true }));
    },
    tab: {
      getItem: (key) => sessionStorage.getItem(key),
      setItem: (key, text) => sessionStorage.setItem(key, text),
    },
    isTraining,
    wasTouched: () => touched,
    reload: () => window.location.reload(),
  };
}
