// Ports of a process that makes many runs: device, encoders, corpora and evaluations before training are had once and handed
// from run to run, as the page's workers do. Trains nothing.
import { openCorpus } from "../training/corpus/openCorpus.ts";
import { createKeptCorpora } from "../training/corpus/keptCorpora.ts";
import type { StartStore } from "../training/evaluate/startStore.ts";
import { createKeptEncoder } from "../training/pretrained/keptEncoder.ts";
import type { RunPorts } from "../training/run/runPorts.ts";
import { asDataError } from "../core/inputError.ts";
import { createNodePorts } from "./nodePorts.ts";
import { openDataset } from "./nodeShards.ts";
import { createFolderStarts } from "./nodeStarts.ts";
import { createFolderTokens } from "./nodeTokens.ts";

/** Encoders, and corpora beside those of the present run: a study's cells come in any order. */
const KEPT = 3;

export interface KeptPorts {
  readonly ports: RunPorts;
  /** Before each run, when the one before has ended. */
  beginRun(): void;
}

export function createKeptPorts(): KeptPorts {
  const own = createNodePorts();
  const encoders = createKeptEncoder(KEPT);
  const store = createFolderTokens();
  const corpora = createKeptCorpora(({ datasetId, ...rest }, { tokenizer }, onProgress) => {
    const source = openDataset(datasetId);
    const load = async () => {
      try {
        return await openCorpus(await source, { datasetId, ...rest }, tokenizer, { store, onProgress });
      } catch (error) {
        throw asDataError(error);
      }
    };
    const loaded = load();
    return {
      loaded,
      isCurrent: async () => (await (await source).manifest()).sha256 === (await loaded).corpus.sha256,
      release: () => undefined,
    };
  }, KEPT);
  const devices = new Map<string, ReturnType<RunPorts["startDevice"]>>();
  return {
    ports: {
      ...own,
      openEncoder: (id, onProgress) => encoders.open(id, () => own.openEncoder(id, onProgress)),
      startDevice(choice) {
        const device = devices.get(choice) ?? own.startDevice(choice);
        devices.clear(); // one is active at a time
        devices.set(choice, device);
        return device;
      },
      loadCorpus: corpora.load,
      starts: inMemory(createFolderStarts()),
    },
    beginRun: () => corpora.beginRun(),
  };
}

/** What was read or written once is not read again. */
function inMemory(store: StartStore): StartStore {
  const texts = new Map<string, string>();
  return {
    async read(key) {
      const text = texts.get(key) ?? (await store.read(key));
      if (text !== undefined) texts.set(key, text);
      return text;
    },
    async write(key, text) {
      texts.set(key, text);
      await store.write(key, text);
    },
  };
}
