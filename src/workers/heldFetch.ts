// Fetches from files that are held, in place of a page's own: what workers read in a file that trains. Asks no network.

/** The folder that such files are said to lie in: an address of no place. */
export const HELD_BASE = "held:/";

/**
 * What is packed is sent as its text, as hosts do that label it as an encoding: it may have been packed anew.
 * @param files by their place in the page: "models/NAME/config.json"
 */
export function heldFetch(files: ReadonlyMap<string, Blob>): typeof globalThis.fetch {
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const file = url.startsWith(HELD_BASE) ? files.get(url.slice(HELD_BASE.length)) : undefined;
    if (!file) return new Response(null, { status: 404, statusText: "is not in this file" });
    return url.endsWith(".gz")
      ? new Response(file.stream().pipeThrough(new DecompressionStream("gzip")))
      : new Response(file, { headers: { "content-length": String(file.size) } });
  };
}

/** In a worker: waits for the files, which come before anything else, and then begins. */
export function withHeldFiles(
  port: Pick<EventTarget, "addEventListener">,
  begin: (fetch: typeof globalThis.fetch) => void,
): void {
  port.addEventListener(
    "message",
    (event) => begin(heldFetch((event as MessageEvent<ReadonlyMap<string, Blob>>).data)),
    { once: true },
  );
}
