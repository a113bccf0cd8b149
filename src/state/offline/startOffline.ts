// Lets the page work without a network: its service worker, what one visit keeps, a new version. Interrupts no run, and
// fetches nothing unasked before the page is quiet.
import { keptName } from "../../core/offline/pageFiles.ts";
import { messageOf } from "../../core/messageOf.ts";
import { OFFLINE_WORKER, openKeptPage } from "../../workers/offlineClient.ts";
import { placedFetch } from "../../workers/placedFetch.ts";
import { workersStore } from "../workersStore.ts";
import { browserIsolation, isolate } from "./isolate.ts";
import { offlineStore, VISIT } from "./offlineStore.ts";
import { whenQuiet } from "./quiet.ts";
import { filesOf, watchUpdates } from "./updates.ts";

const REFUSED =
  "This browser keeps no page for use without a network here: a private window or its settings refuse it, or the address is neither https nor localhost";

/** What nobody waits for is fetched after that: a person who begins with a run has the network for it. */
const STILL_MS = 5000;

/**
 * Never rejects: what fails is in the store.
 * @param onStay told once the page is not about to be loaded again
 */
export async function startOffline(onStay: () => void = () => undefined): Promise<void> {
  if (window.top !== window) return onStay(); // in a frame nothing is kept unasked
  try {
    await start(onStay);
  } catch (error) {
    onStay();
    offlineStore.setState({ standing: "refused", why: `${REFUSED} (${messageOf(error)})` });
  }
}

async function start(onStay: () => void): Promise<void> {
  const { serviceWorker: workers } = navigator as Partial<Navigator>; // missing where the address is not secure
  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const asked = { scope: base, updateViaCache: "none" } as const;
  const registration: ServiceWorkerRegistration | undefined = // a browser under test may give nothing
    await workers?.register(base + OFFLINE_WORKER, asked);
  if (!workers || !registration) {
    onStay();
    return offlineStore.setState({ standing: "refused", why: REFUSED });
  }
  if (await isolate(browserIsolation(workers))) return;
  onStay();

  const { active } = await workers.ready;
  const kept = openKeptPage({ base, caches, fetch: placedFetch(base, (url) => fetch(url)), cached: loaded });
  const files = await filesOf(active!);
  const data = () => workersStore.getState().client().data;
  offlineStore.connect({
    files,
    kept,
    whenQuiet,
    keepWeights: (name) => data().request("keepWeights", { name }),
    listDownloads: () => data().request("listDownloads", null),
    removeDownload: (id) =>
      data()
        .request("removeDownload", { id })
        .then(() => undefined),
  });
  void offlineStore.getState().survey(); // for whoever looks before anything is fetched
  watchUpdates(registration, workers, kept);
  await new Promise((resolve) => setTimeout(resolve, STILL_MS));
  await whenQuiet();
  const { keep, survey } = offlineStore.getState();
  if (savesData()) {
    offlineStore.setState({ standing: "unasked" });
    return survey();
  }
  await keep(VISIT);
  if (offlineStore.getState().standing !== "ready" || registration.waiting) return;
  const own = new Set(files.map(keptName));
  await kept.removeExcept((name) => own.has(name)); // of older versions
}

/** What this page has loaded before its service worker was there lies in the browser's own cache. */
const loaded = async (url: string): Promise<Response | undefined> =>
  performance.getEntriesByName(url, "resource").length > 0 ? fetch(url) : undefined;

/** The person has asked for few bytes, in the browser's settings. */
const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
