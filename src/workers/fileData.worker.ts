// Entry of the data worker in a file that trains: its sets are held there, and nothing is kept.
import { createMemoryTokens } from "../training/corpus/tokenStore.ts";
import { createMemoryStore } from "../training/data/shardStore.ts";
import { createMemoryDownloads } from "../training/download/downloadStore.ts";
import { sendPulsesTo } from "../training/engine/pulse.ts";
import { memoryModels } from "../training/pretrained/modelStore.ts";
import { createTokenizer } from "../training/text/tokenizer.ts";
import { serveData } from "./data/dataHost.ts";
import { createPageSets } from "./data/pageSets.ts";
import { withHeldFiles } from "./heldFetch.ts";
import { heldPlaces } from "./heldPlaces.ts";
import { readPageText } from "./pageFiles.ts";
import { sendPulse } from "./rpc.ts";

sendPulsesTo((spareSeconds) => sendPulse(self, spareSeconds));
withHeldFiles(self, (fetch) => {
  const shelf = Promise.resolve(undefined);
  serveData(self, {
    readText: (base, path) => readPageText(base, path, { fetch }),
    pageSet: createPageSets({ fetch }),
    tokenizer: createTokenizer,
    store: Promise.resolve(createMemoryStore(null)),
    tokens: Promise.resolve(createMemoryTokens()),
    models: Promise.resolve(memoryModels(null)),
    shelf,
    vectors: shelf,
    places: heldPlaces(fetch),
    downloads: Promise.resolve(createMemoryDownloads()),
  });
});
