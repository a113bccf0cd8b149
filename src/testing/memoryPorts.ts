// Ports for runs in tests: a corpus in memory, a stand-in tokenizer of numbered words, the cpu or wasm backend.
import type { Corpus } from "../core/data/corpus.ts";
import { startBackend } from "../training/engine/backend.ts";
import type { RunControl, RunPorts } from "../training/run/runPorts.ts";
import { randomEncoder } from "../training/run/startEncoder.ts";
import type { Tokenizer } from "../training/text/tokenizer.ts";

/** Encodes "t7 t9" as [7, 9]; pieces are equally likely. */
export function numberedTokenizer(vocabSize: number): Tokenizer {
  const none = new Int32Array(0);
  return {
    vocabSize,
    padId: 0,
    sha256: "f".repeat(64),
    logProbs: new Float32Array(vocabSize).fill(-Math.log(vocabSize)),
    prefixIds: none,
    suffixIds: none,
    normalize: (text) => text,
    encode: (text) => Int32Array.from(text.match(/t\d+/g) ?? [], (word) => Number(word.slice(1))),
    decode: (ids) => Array.from(ids, (id) => `t${id}`).join(" "),
    piece: (id) => `t${id}`,
  };
}

/** Ports over one corpus; languages asked for are assumed to be all of it. */
export function memoryPorts(corpus: Corpus, backend: "cpu" | "wasm" = "cpu"): RunPorts {
  const top = Math.max(...corpus.queries.tokens, ...corpus.passages.tokens) + 1;
  let ms = 0;
  return {
    openEncoder: () =>
      Promise.resolve(randomEncoder({ tokenizer: numberedTokenizer(top), json: "", framed: true })),
    startDevice: () => startBackend(backend),
    loadCorpus: () =>
      Promise.resolve({
        corpus,
        notices: [],
        texts: (side, rows) => Promise.resolve(rows.map((row) => corpus[side].ids[row]!)),
      }),
    nowMs: () => (ms += 1),
    versions: { test: "1" },
  };
}

/** Lets everything pass. */
export const openControl: RunControl = {
  gate: () => Promise.resolve(),
  trainGate: () => Promise.resolve(),
  stopped: false,
  paused: false,
};
