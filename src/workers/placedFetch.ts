// Fetches files of the page from where they lie: its own folder, or where lab.json beside it or its build says. For page
// and workers alike.
import { parseLabSettings, PLACES, type LabSettings } from "../core/data/labSettings.ts";
import { DataError } from "../core/inputError.ts";
import { onceDone } from "../core/onceDone.ts";

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** What the page was built with, e.g. LAB_DATASETS=https://school.example/datasets/ */
const BUILT = {
  datasets: import.meta.env["LAB_DATASETS"] as unknown,
  models: import.meta.env["LAB_MODELS"] as unknown,
};

/**
 * @param base the page's folder, ending in "/"
 * @returns a fetch that asks for addresses below `base` at their place, and for all others as they are
 */
export function placedFetch(base: string, fetch: Fetch, built: unknown = BUILT): typeof globalThis.fetch {
  const settings = onceDone(async (): Promise<LabSettings> => {
    const own = parseLabSettings(built, base);
    const answer = await fetch(`${base}lab.json`).catch(() => undefined); // no network: the page's own folder
    if (!answer?.ok) return own;
    const given: unknown = await answer.json().catch((cause: unknown) => {
      throw new DataError("lab.json: is not JSON", { cause });
    });
    return { ...own, ...parseLabSettings(given, base) };
  });
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const place = PLACES.find((name) => url.startsWith(`${base}${name}/`));
    const elsewhere = place && (await settings())[place];
    return fetch(elsewhere ? elsewhere + url.slice(`${base}${place}/`.length) : url, init);
  };
}

/** The page's folder, of a worker whose script lies in a folder of it. */
export const pageOfWorker = (location: { readonly href: string }): string =>
  new URL("../", location.href).href;
