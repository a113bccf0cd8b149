// Entry of the data worker: real network, storage and tokenizer for dataHost.ts.
import { openModelStore } from "../training/checkpoint/modelStore.ts";
import { openTokenStore } from "../training/corpus/opfsTokens.ts";
import { openShardStore } from "../training/data/shardStore.ts";
import { createMemoryPart } from "../training/download/fetchFiles.ts";
import { createOpfsPart } from "../training/download/opfsPart.ts";
import { createTokenizer } from "../training/text/tokenizer.ts";
import { serveData } from "./data/dataHost.ts";
import { readPageText } from "./pageFiles.ts";
import { pagePlaces } from "./pagePlaces.ts";

const models = openModelStore();

/** Unfinished downloads, a folder for each dataset. */
const downloads = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("downloads", { create: true });

serveData(self, {
  readText: readPageText,
  tokenizer: createTokenizer,
  store: openShardStore(),
  tokens: openTokenStore(),
  models,
  places: (base) => pagePlaces(base, models),
  async part(id, name) {
    const folder = await downloads()
      .then((root) => root.getDirectoryHandle(id, { create: true }))
      .catch(() => undefined); // no private storage: a download then lives as long as the page
    return folder ? createOpfsPart(folder, name) : createMemoryPart(name);
  },
  async discardParts(id) {
    await downloads()
      .then((root) => root.removeEntry(id, { recursive: true }))
      .catch(() => undefined); // none were kept
  },
});
