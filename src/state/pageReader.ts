// Files of the page, read by the page itself, from where they lie. Keeps none.
import { DataError } from "../core/inputError.ts";
import { messageOf } from "../core/messageOf.ts";
import type { ReadFile } from "../core/offline/trainingOffer.ts";
import { placedFetch } from "../workers/placedFetch.ts";

/** @param base the page's folder, ending in "/" */
export function pageReader(base: string): ReadFile {
  const placed = placedFetch(base, (url, init) => fetch(url, init));
  return async (path) => {
    try {
      const answer = await placed(base + path);
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    } catch (cause) {
      throw new DataError(
        `${path} of the page could not be fetched (${messageOf(cause)}); connect to the network and try again`,
        { cause },
      );
    }
  };
}
