// The trainer's side of the feed: a loaded corpus whose tokens, names and texts stay with the data worker. Those of the last
// run are handed to the next where it asks for the same.
import type { Corpus } from "../../core/data/corpus.ts";
import { createKeptCorpora, type KeptCorpora } from "../../training/corpus/keptCorpora.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { FeedEvent, FeedRequests } from "../feed.ts";
import type { RpcClient } from "../rpc.ts";

export type CorpusFeed = KeptCorpora;

type RowsByMessage = Pick<LoadedCorpus, "tokens" | "names">;

export function createCorpusFeed(data: RpcClient<FeedRequests, FeedEvent>): CorpusFeed {
  let lastId = 0;
  return createKeptCorpora((request, { tokenizer, json, framed }, onProgress, early) => {
    const loadId = ++lastId;
    const rows: RowsByMessage = {
      tokens: (side, rows) => data.request("tokens", { loadId, side, rows }),
      names: (side, rows) => data.request("names", { loadId, side, rows }),
    };
    const useEarly = async (corpus: Corpus) => {
      try {
        await early?.({ corpus, ...rows });
      } finally {
        await data.request("readOn", { loadId });
      }
    };
    const load = async (): Promise<LoadedCorpus> => {
      let used: Promise<void> | undefined;
      const stopListening = data.onEvent((event) => {
        if (event.loadId !== loadId) return;
        if (event.type === "progress") return onProgress(event.progress);
        used = useEarly(event.corpus);
        used.catch(() => undefined); // told below
      });
      try {
        const { sha256 } = tokenizer;
        if (!(await data.request("hasTokenizer", { sha256 }))) {
          await data.request("addTokenizer", { sha256, json, framed });
        }
        const asked = { loadId, request, tokenizer: sha256, early: early !== undefined };
        const loaded = await data.request("load", asked);
        await used;
        return {
          ...loaded,
          ...rows,
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
