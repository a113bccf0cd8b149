// Both workers in one process, joined as in the page, over 32 invented concepts in two languages.
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import type { SidedRecord } from "../core/data/records.ts";
import { randomEncoder } from "../training/pretrained/startEncoder.ts";
import { createMemoryTokens } from "../training/corpus/tokenStore.ts";
import { createMemoryDownloads } from "../training/download/downloadStore.ts";
import { createMemoryStore } from "../training/data/shardStore.ts";
import { writeShards } from "../training/data/writeShards.ts";
import { startBackend } from "../training/engine/backend.ts";
import { memoryModels } from "../training/pretrained/modelStore.ts";
import { serveData } from "../workers/data/dataHost.ts";
import {
  PROTOCOL_VERSION,
  type DataEvent,
  type DataRequests,
  type TrainerEvent,
  type TrainerRequests,
} from "../workers/protocol.ts";
import { createRpcClient } from "../workers/rpc.ts";
import { serveTrainer } from "../workers/trainer/trainerHost.ts";
import { numberedJson, numberedTokenizer } from "./memoryPorts.ts";
import { memoryShelf } from "./memorySnapshots.ts";

export const languages = ["de", "en"];
const catalog = JSON.stringify({ datasets: [] });

/** Concept c in language l: the question "t(10 + 2c + l)", the passage "t(4 + l) t(10 + 2c + l)"; every fourth is a test one. */
function* records(nConcepts: number): Generator<SidedRecord> {
  for (const [l, lang] of languages.entries()) {
    for (let c = 0; c < nConcepts; c++) {
      const split = c % 4 === 3 ? ("test" as const) : ("train" as const);
      const text = `t${4 + l} t${10 + c * 2 + l}`;
      const concept = `c${c}`;
      yield { side: "passages", record: { _id: `${lang}:${c}`, text, lang, concepts: [concept], split } };
      yield {
        side: "queries",
        record: { _id: `${lang}:${c}:q`, text: `t${10 + c * 2 + l}`, lang, concept, split },
      };
    }
  }
}

const open: MessagePort[] = [];
/** After each test. */
export const closeChannels = (): void => open.splice(0).forEach((port) => port.close());

export function channel(): MessageChannel {
  const made = new MessageChannel();
  open.push(made.port1, made.port2);
  return made;
}

export async function connect(shelf = memoryShelf()) {
  const store = createMemoryStore(null);
  const facts = {
    id: "small",
    title: "Small",
    licence: "MIT",
    citation: "none",
    source: "invented",
    languages,
  };
  await writeShards(facts, records(32), await store.sink("small"));
  const tokenizer = numberedTokenizer(100);
  const page2 = channel();
  serveData(page2.port2, {
    readText: () => Promise.resolve(catalog),
    pageSet: (_, id) => {
      throw new Error(`${id} is asked of no server here`);
    },
    tokenizer: () => tokenizer,
    store: Promise.resolve(store),
    tokens: Promise.resolve(createMemoryTokens()),
    models: Promise.resolve(memoryModels(null)),
    shelf: Promise.resolve(undefined),
    vectors: Promise.resolve(undefined),
    places: () => {
      throw new Error("no encoder is asked for here");
    },
    downloads: Promise.resolve(createMemoryDownloads()),
  });
  const data = createRpcClient<DataRequests, DataEvent>(page2.port1);
  page2.port1.start();
  page2.port2.start();

  /** A trainer beside that data worker; the one before is left to itself, as if it were gone. */
  const addTrainer = async () => {
    const [page1, feed] = [channel(), channel()];
    serveTrainer(page1.port2, {
      startDevice: () => startBackend("cpu"),
      openEncoder: () => Promise.resolve(randomEncoder({ tokenizer, json: numberedJson(100), framed: true })),
      nowMs: () => performance.now(),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      snapshots: Promise.resolve(shelf),
      versions: { lab: "test" },
    });
    const trainer = createRpcClient<TrainerRequests, TrainerEvent>(page1.port1);
    page1.port1.start();
    page1.port2.start();
    const events: TrainerEvent[] = [];
    trainer.onEvent((event) => events.push(event));
    const hello = { version: PROTOCOL_VERSION, base: "/", hub: "https://hub.example" };
    await Promise.all([
      trainer.request("connect", { ...hello, data: feed.port1 }, [feed.port1]),
      data.request("connect", { ...hello, trainer: feed.port2 }, [feed.port2]),
    ]);
    const until = async (wanted: (event: TrainerEvent) => boolean) => {
      for (;;) {
        const found = events.find(wanted);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    return { trainer, events, until };
  };
  return { ...(await addTrainer()), data, addTrainer };
}

export const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 8 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  steps: 20,
  evalEvery: 10,
};
