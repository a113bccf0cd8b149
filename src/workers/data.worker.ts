// Entry of the data worker: real network, storage and tokenizer for dataHost.ts.
import { openShardStore } from "../training/data/shardStore.ts";
import { serveData } from "./dataHost.ts";
import { readPageText, pageTokenizer } from "./pageFiles.ts";

serveData(self, { readText: readPageText, tokenizer: pageTokenizer, store: openShardStore() });
