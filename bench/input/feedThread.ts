// A thread that keeps the data, as the page's data worker does: opens corpora and answers for tokens by row.
import { parentPort } from "node:worker_threads";
import { openDataset } from "../../src/cli/nodeShards.ts";
import { createFolderTokens } from "../../src/cli/nodeTokens.ts";
import { createTokenizer } from "../../src/training/text/tokenizer.ts";
import { serveFeed } from "../../src/workers/data/feedHost.ts";
import { toPort } from "./threadPort.ts";

serveFeed(toPort(parentPort!), openDataset, createTokenizer, Promise.resolve(createFolderTokens()));
