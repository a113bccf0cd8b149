// A stand-in for the browser's Cache Storage, which Node lacks. Holds the part of it that the page uses.

interface MemoryCaches {
  readonly caches: Pick<CacheStorage, "open">;
  /** From now on nothing more can be put. */
  fill(): void;
}

const addressOf = (request: RequestInfo | URL) =>
  typeof request === "string" ? request : request instanceof URL ? request.href : request.url;
const withoutQuery = (url: string) => url.replace(/\?.*$/, "");

export function memoryCaches(): MemoryCaches {
  const all = new Map<string, Map<string, Response>>();
  let isFull = false;
  const open = (name: string): Promise<Cache> => {
    const kept = all.get(name) ?? new Map<string, Response>();
    all.set(name, kept);
    const cache: Pick<Cache, "match" | "put" | "keys" | "delete"> = {
      async match(request, { ignoreSearch = false } = {}) {
        const url = addressOf(request);
        const found = [...kept].find(([one]) =>
          ignoreSearch ? withoutQuery(one) === withoutQuery(url) : one === url,
        );
        return found?.[1].clone();
      },
      async put(request, response) {
        if (isFull) throw new DOMException("no room", "QuotaExceededError");
        kept.set(addressOf(request), response);
      },
      keys: async () => [...kept.keys()].map((url) => new Request(url)),
      delete: async (request) => kept.delete(addressOf(request)),
    };
    return Promise.resolve(cache as Cache);
  };
  return { caches: { open }, fill: () => void (isFull = true) };
}
