// What tabs of this browser tell each other: that something kept here has changed. Carries no content: each reads for itself.

const TOPICS = ["runs", "datasets", "encoders", "studies"] as const;
export type Topic = (typeof TOPICS)[number];

export interface TabNews {
  readonly about: Topic;
  readonly ids: readonly string[]; // of runs and studies; empty for the others
}

export interface Tabs {
  tell(news: TabNews): void;
  /** Told of what other tabs tell, never of this one's own. */
  onTold(listener: (news: TabNews) => void): void;
}

const NAME = "hybrid-batch-lab";

/** @param open left out: the browser's channel, or nobody to talk to where there is none */
export function createTabs(
  open = typeof BroadcastChannel !== "undefined" && typeof document !== "undefined"
    ? () => new BroadcastChannel(NAME)
    : undefined,
): Tabs {
  const channel = open?.();
  return {
    tell: (news) => channel?.postMessage(news),
    onTold(listener) {
      channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const news = parseNews(data);
        if (news) listener(news);
      });
    },
  };
}

/** Another tab may be of another version. */
function parseNews(data: unknown): TabNews | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { about, ids } = data as Record<string, unknown>;
  const topic = TOPICS.find((one) => one === about);
  if (!topic || !Array.isArray(ids) || !ids.every((id) => typeof id === "string")) return undefined;
  return { about: topic, ids };
}

export const tabs = createTabs();
