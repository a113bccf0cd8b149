// The data worker's side of the feed: opens corpora for the trainer and looks up their rows. Owns no tensors.
import { asDataError } from "../../core/inputError.ts";
import { createBlockCache, TOKEN_BUDGET } from "../../training/corpus/blockCache.ts";
import { openCorpus } from "../../training/corpus/openCorpus.ts";
import type { TokenStore } from "../../training/corpus/tokenStore.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";
import { pulse, pulseBeforeTokenizer } from "../../training/engine/pulse.ts";
import type { EarlyCorpus, LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import { withoutFrame, type Tokenizer } from "../../training/text/tokenizer.ts";
import type { FeedEvent, FeedRequests } from "../feed.ts";
import { serveRpc, type Port } from "../rpc.ts";
import type { PlanHost } from "./planHost.ts";

/** A student and its teacher, before and after a change of encoder. */
const KEPT_TOKENIZERS = 4;

/** A load from its request until it is released. */
interface Load {
  readonly ended: AbortController;
  early?: EarlyCorpus; // while it is not loaded
  readOn?: () => void;
  loaded?: LoadedCorpus;
}

/** @returns a function that lets go of all that was loaded: the trainer is gone */
export function serveFeed(
  port: Port,
  sourceOf: (id: string) => Promise<ShardSource>,
  createTokenizer: (json: string) => Tokenizer,
  tokens: Promise<TokenStore>,
  plans?: Pick<PlanHost, "counted" | "holdBack">,
): () => void {
  const tokenizers = new Map<string, Tokenizer>();
  const cache = createBlockCache(TOKEN_BUDGET);
  const loads = new Map<number, Load>();
  const gone = () => new Error("this corpus is no longer in the data worker; start the run again");
  const find = (loadId: number): LoadedCorpus => {
    const loaded = loads.get(loadId)?.loaded;
    if (!loaded) throw gone();
    return loaded;
  };
  const rowsOf = (loadId: number): EarlyCorpus => {
    const load = loads.get(loadId);
    const rows = load?.loaded ?? load?.early;
    if (!rows) throw gone();
    return rows;
  };
  const release = (loadId: number) => {
    loads.get(loadId)?.ended.abort(new Error("the run was ended"));
    loads.delete(loadId);
  };
  const emit = serveRpc<FeedRequests, FeedEvent>(port, {
    hasTokenizer: ({ sha256 }) => tokenizers.has(sha256),
    addTokenizer({ sha256, json, framed }) {
      pulseBeforeTokenizer(json.length);
      const made = createTokenizer(json);
      tokenizers.set(sha256, framed ? made : withoutFrame(made));
      for (const old of tokenizers.keys()) {
        if (tokenizers.size <= KEPT_TOKENIZERS) break;
        tokenizers.delete(old);
      }
      return null;
    },
    async load({ loadId, request, tokenizer, early }) {
      const load: Load = { ended: new AbortController() };
      loads.set(loadId, load);
      const goOn = plans?.holdBack();
      try {
        const own = tokenizers.get(tokenizer);
        if (!own) throw new Error("the tokenizer of this load was not sent");
        const loaded = await openCorpus(await sourceOf(request.datasetId), request, own, {
          store: await tokens,
          cache,
          onProgress(progress) {
            pulse(); // the page hears nothing of the feed
            emit({ type: "progress", loadId, progress });
          },
          ...(plans && { countedCorpora: plans.counted }),
          signal: load.ended.signal,
          ...(early && {
            early(corpus) {
              load.early = corpus;
              emit({ type: "numbers", loadId, corpus: corpus.corpus });
              return new Promise((resolve) => {
                load.readOn = resolve;
                load.ended.signal.addEventListener("abort", () => resolve());
              });
            },
          }),
        });
        load.loaded = loaded;
        delete load.early;
        const { corpus, usedPieces, longestText, notices } = loaded;
        return { corpus, usedPieces, longestText, notices };
      } catch (error) {
        throw asDataError(error);
      } finally {
        goOn?.();
      }
    },
    readOn({ loadId }) {
      loads.get(loadId)?.readOn?.();
      return null;
    },
    async isCurrent({ loadId }) {
      const corpus = loads.get(loadId)?.loaded?.corpus;
      if (!corpus) return false;
      return (await (await sourceOf(corpus.datasetId)).manifest()).sha256 === corpus.sha256;
    },
    tokens: ({ loadId, side, rows }) => rowsOf(loadId).tokens(side, rows),
    names: ({ loadId, side, rows }) => rowsOf(loadId).names(side, rows),
    texts: ({ loadId, side, rows }) => find(loadId).texts(side, rows),
    release({ loadId }) {
      release(loadId);
      return null;
    },
  });
  return () => [...loads.keys()].forEach(release);
}
