// Entry of the data worker: real network, storage and tokenizer for dataHost.ts.
import { openModelStore } from "../training/pretrained/modelStore.ts";
import { openTokenStore } from "../training/corpus/opfsTokens.ts";
import { openShardStore } from "../training/data/shardStore.ts";
import { openDownloadStore } from "../training/download/downloadStore.ts";
import { createShippedFiles } from "../training/hub/keptShipped.ts";
import { OPFS_VECTORS, openOpfsShelf } from "../training/hub/opfsShelf.ts";
import { sendPulsesTo } from "../training/engine/pulse.ts";
import { createTokenizer } from "../training/text/tokenizer.ts";
import { serveData } from "./data/dataHost.ts";
import { createPageSets } from "./data/pageSets.ts";
import { readPageText } from "./pageFiles.ts";
import { pagePlaces } from "./pagePlaces.ts";
import { pageOfWorker, placedFetch } from "./placedFetch.ts";
import { sendPulse } from "./rpc.ts";

sendPulsesTo((spareSeconds) => sendPulse(self, spareSeconds));
const models = openModelStore();
const shelf = openOpfsShelf();
const fetch = placedFetch(pageOfWorker(self.location), (url, init) => self.fetch(url, init));
const shipped = createShippedFiles(shelf);

serveData(self, {
  readText: (base, path) => readPageText(base, path, { fetch }),
  pageSet: createPageSets({ fetch }),
  tokenizer: createTokenizer,
  store: openShardStore(),
  tokens: openTokenStore(),
  models,
  shelf,
  vectors: openOpfsShelf(OPFS_VECTORS),
  places: (page) => pagePlaces(page, { models, shelf, shipped, fetch }),
  downloads: openDownloadStore(),
});
