// A new version of the page: fetched beside the one that runs, offered once it is here, in place when the person says so
// and nothing trains.
import { isWeights, parsePageFiles, visitFiles, type PageFile } from "../../core/offline/pageFiles.ts";
import { QUICK_START } from "../../core/offline/quickStart.ts";
import { ASK_LIST, TAKE_OVER, type KeptPage } from "../../workers/offlineClient.ts";
import { keepAll } from "./keepAll.ts";
import { offlineStore } from "./offlineStore.ts";
import { whenQuiet } from "./quiet.ts";

/** The files of a worker's version. */
export function filesOf(worker: ServiceWorker): Promise<readonly PageFile[]> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage(ASK_LIST, [port2]);
  return answer.then(parsePageFiles);
}

export function watchUpdates(
  registration: ServiceWorkerRegistration,
  workers: ServiceWorkerContainer,
  kept: KeptPage,
): void {
  const offer = async (waiting: ServiceWorker) => {
    const files = visitFiles(await filesOf(waiting), QUICK_START).filter(({ path }) => !isWeights(path));
    await keepAll(files, { kept, keepWeights: () => Promise.resolve(true), turn: whenQuiet });
    const takeOver = async () => {
      await whenQuiet();
      // Another tab has put it in place, or a still newer one: no more word of it follows.
      if (waiting.state !== "installed") return window.location.reload();
      workers.addEventListener("controllerchange", () => window.location.reload(), { once: true });
      waiting.postMessage(TAKE_OVER);
    };
    offlineStore.setState({ update: () => void takeOver() });
  };
  const tell = (waiting: ServiceWorker) => void offer(waiting).catch(() => undefined); // tried again at the next visit
  if (registration.waiting) tell(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && registration.active) tell(fresh);
    });
  });
}
