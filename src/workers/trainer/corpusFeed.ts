// The trainer's side of the feed: a loaded corpus whose tokens, names and texts stay with the data worker.
import type { CorpusRequest, LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { EncoderTexts } from "../../training/text/encoderTexts.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { FeedEvent, FeedRequests } from "../feed.ts";
import type { RpcClient } from "../rpc.ts";

export interface CorpusFeed {
  load(
    request: CorpusRequest,
    texts: EncoderTexts,
    onProgress: (progress: RunProgress) => void,
  ): Promise<LoadedCorpus>;
  /** Lets the data worker forget every load so far. */
  releaseAll(): void;
}

export function createCorpusFeed(data: RpcClient<FeedRequests, FeedEvent>): CorpusFeed {
  let lastId = 0;
  const held = new Set<number>();
  return {
    async load(request, { tokenizer, json, framed }, onProgress) {
      const loadId = ++lastId;
      held.add(loadId);
      const stopListening = data.onEvent((event) => {
        if (event.loadId === loadId) onProgress(event.progress);
      });
      try {
        const { sha256 } = tokenizer;
        if (!(await data.request("hasTokenizer", { sha256 }))) {
          await data.request("addTokenizer", { sha256, json, framed });
        }
        return {
          ...(await data.request("load", { loadId, request, tokenizer: sha256 })),
          tokens: (side, rows) => data.request("tokens", { loadId, side, rows }),
          names: (side, rows) => data.request("names", { loadId, side, rows }),
          texts: (side, rows) => data.request("texts", { loadId, side, rows }),
        };
      } finally {
        stopListening();
      }
    },
    releaseAll() {
      for (const loadId of held) void data.request("release", { loadId });
      held.clear();
    },
  };
}
