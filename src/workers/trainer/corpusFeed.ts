// The trainer's side of the feed: a loaded corpus whose tokens, names and texts stay with the data worker. Those of the last
// run are handed to the next where it asks for the same.
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
  /** A run begins, the one before has ended: what that loaded is kept until something else is asked for. */
  beginRun(): void;
}

interface Held {
  readonly loadId: number;
  readonly asked: string;
  isWanted: boolean; // by the present run
  loaded?: LoadedCorpus;
}

export function createCorpusFeed(data: RpcClient<FeedRequests, FeedEvent>): CorpusFeed {
  let lastId = 0;
  let held: Held[] = [];
  const release = (gone: readonly Held[]) => {
    held = held.filter((one) => !gone.includes(one));
    for (const { loadId } of gone) void data.request("release", { loadId });
  };
  return {
    async load(request, { tokenizer, json, framed }, onProgress) {
      const asked = JSON.stringify([request, tokenizer.sha256, framed]);
      const here = held.find((one) => one.asked === asked);
      if (here?.loaded && (await data.request("isCurrent", { loadId: here.loadId }))) {
        here.isWanted = true;
        return here.loaded;
      }
      const isStale = (one: Held) => one === here && one.loaded !== undefined;
      release(held.filter((one) => !one.isWanted || isStale(one))); // room for what comes
      const loadId = ++lastId;
      const own: Held = { loadId, asked, isWanted: true };
      held.push(own);
      const stopListening = data.onEvent((event) => {
        if (event.loadId === loadId) onProgress(event.progress);
      });
      try {
        const { sha256 } = tokenizer;
        if (!(await data.request("hasTokenizer", { sha256 }))) {
          await data.request("addTokenizer", { sha256, json, framed });
        }
        own.loaded = {
          ...(await data.request("load", { loadId, request, tokenizer: sha256 })),
          tokens: (side, rows) => data.request("tokens", { loadId, side, rows }),
          names: (side, rows) => data.request("names", { loadId, side, rows }),
          texts: (side, rows) => data.request("texts", { loadId, side, rows }),
        };
        return own.loaded;
      } finally {
        stopListening();
      }
    },
    beginRun() {
      for (const one of held) one.isWanted = false;
      release(held.filter(({ loaded }) => !loaded)); // it failed, or was left
    },
  };
}
