// The trainer's side of the feed: a loaded corpus whose tokens, names and texts stay with the data worker. Those of the last
// run are handed to the next where it asks for the same.
import { createKeptCorpora, type KeptCorpora } from "../../training/corpus/keptCorpora.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { FeedEvent, FeedRequests } from "../feed.ts";
import type { RpcClient } from "../rpc.ts";

export type CorpusFeed = KeptCorpora;

export function createCorpusFeed(data: RpcClient<FeedRequests, FeedEvent>): CorpusFeed {
  let lastId = 0;
  return createKeptCorpora((request, { tokenizer, json, framed }, onProgress) => {
    const loadId = ++lastId;
    const load = async (): Promise<LoadedCorpus> => {
      const stopListening = data.onEvent((event) => {
        if (event.loadId === loadId) onProgress(event.progress);
      });
      try {
        const { sha256 } = tokenizer;
        if (!(await data.request("hasTokenizer", { sha256 }))) {
          await data.request("addTokenizer", { sha256, json, framed });
        }
        const loaded = await data.request("load", { loadId, request, tokenizer: sha256 });
        return {
          ...loaded,
          tokens: (side, rows) => data.request("tokens", { loadId, side, rows }),
          names: (side, rows) => data.request("names", { loadId, side, rows }),
          texts: (side, rows) => data.request("texts", { loadId, side, rows }),
        };
      } finally {
        stopListening();
      }
    };
    return {
      loaded: load(),
      isCurrent: () => data.request("isCurrent", { loadId }),
      release: () => void data.request("release", { loadId }),
    };
  });
}
