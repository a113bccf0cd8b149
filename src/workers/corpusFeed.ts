// The trainer's side of the feed: puts the chunks of a load together and grants credit as it takes them in.
import { createCorpusBuilder, type CorpusBuilder } from "../training/data/corpusBuilder.ts";
import type { CorpusRequest, EncoderTexts, LoadedCorpus, RunProgress } from "../training/run/runPorts.ts";
import type { FeedEvent, FeedRequests } from "./feed.ts";
import type { RpcClient } from "./rpc.ts";

export interface CorpusFeed {
  load(
    request: CorpusRequest,
    texts: EncoderTexts,
    onProgress: (progress: RunProgress) => void,
  ): Promise<LoadedCorpus>;
  /** Lets the data worker forget the texts of every load so far. */
  releaseAll(): void;
}

export function createCorpusFeed(data: RpcClient<FeedRequests, FeedEvent>): CorpusFeed {
  let lastId = 0;
  const held = new Set<number>();
  return {
    async load(request, { tokenizer, json, framed }, onProgress) {
      const loadId = ++lastId;
      held.add(loadId);
      let builder: CorpusBuilder | undefined;
      const stopListening = data.onEvent((event) => {
        if (event.loadId !== loadId) return;
        if (event.type === "opened") builder = createCorpusBuilder(event.manifest, event.languages);
        else if (event.type === "progress") onProgress(event.progress);
        else {
          builder!.add(event.columns); // "opened" comes first
          void data.request("credit", { loadId, n: 1 });
        }
      });
      try {
        const { sha256 } = tokenizer;
        if (!(await data.request("hasTokenizer", { sha256 }))) {
          await data.request("addTokenizer", { sha256, json, framed });
        }
        await data.request("load", { loadId, request, tokenizer: sha256 });
      } finally {
        stopListening();
      }
      const { cutRows } = builder!;
      const notices =
        cutRows > 0
          ? [
              `${cutRows} texts of ${request.datasetId} are longer than ${request.maxTokens} pieces and were cut`,
            ]
          : [];
      return {
        corpus: builder!.build(),
        notices,
        texts: (side, rows) => data.request("texts", { loadId, side, rows }),
      };
    },
    releaseAll() {
      for (const loadId of held) void data.request("release", { loadId });
      held.clear();
    },
  };
}
