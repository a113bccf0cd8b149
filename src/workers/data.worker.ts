// Entry of the data worker: real network, storage and tokenizer for dataHost.ts.
import { openTokenStore } from "../training/corpus/opfsTokens.ts";
import { openShardStore } from "../training/data/shardStore.ts";
import { createTokenizer } from "../training/text/tokenizer.ts";
import { serveData } from "./dataHost.ts";
import { readPageText } from "./pageFiles.ts";

serveData(self, {
  readText: readPageText,
  tokenizer: createTokenizer,
  store: openShardStore(),
  tokens: openTokenStore(),
});
