// Ports for runs in tests: a corpus in memory, a stand-in tokenizer of numbered words, the cpu or wasm backend.
import type { Side } from "../core/data/records.ts";
import { startBackend } from "../training/engine/backend.ts";
import type { LoadedCorpus } from "../training/corpus/loadedCorpus.ts";
import type { RunControl } from "../core/run/control.ts";
import type { RunPorts } from "../training/run/runPorts.ts";
import { randomEncoder } from "../training/pretrained/startEncoder.ts";
import type { Tokenizer } from "../training/text/tokenizer.ts";
import type { HeldCorpus } from "./smallCorpus.ts";

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

/** A corpus all of which is in memory, as a run sees it; a text is shown by its id. */
export function heldCorpus(corpus: HeldCorpus, vocabSize: number): LoadedCorpus {
  const usedPieces = new Uint8Array(vocabSize);
  for (const side of ["queries", "passages"] as const) {
    for (const piece of corpus[side].tokens) usedPieces[piece] = 1;
  }
  const rowOf = (side: Side, row: number) => {
    const { offsets, tokens } = corpus[side];
    return tokens.subarray(offsets[row], offsets[row + 1]);
  };
  return {
    corpus,
    usedPieces,
    longestText: Infinity,
    notices: [],
    tokens(side, rows) {
      const lists = Array.from(rows, (row) => rowOf(side, row));
      const offsets = new Int32Array(rows.length + 1);
      lists.forEach((list, i) => (offsets[i + 1] = offsets[i]! + list.length));
      return Promise.resolve({ offsets, tokens: Int32Array.from(lists.flatMap((list) => [...list])) });
    },
    names(side, rows) {
      const { ids, conceptOffsets, concepts } = corpus[side];
      const named = (row: number) => ({
        id: ids[row]!,
        concepts: Array.from(
          concepts.subarray(conceptOffsets[row], conceptOffsets[row + 1]),
          (c) => corpus.conceptNames[c]!,
        ),
      });
      return Promise.resolve(Array.from(rows, named));
    },
    texts: (side, rows) => Promise.resolve(rows.map((row) => corpus[side].ids[row]!)),
  };
}

/** A tokenizer.json with the pieces of `numberedTokenizer`, for what only looks at the file. */
export function numberedJson(vocabSize: number): string {
  const vocab = Array.from({ length: vocabSize }, (_, i) => [`t${i}`, -1]);
  return JSON.stringify({ added_tokens: [], model: { type: "Unigram", unk_id: 0, vocab } });
}

/** Ports over one corpus; languages asked for are assumed to be all of it. */
export function memoryPorts(corpus: HeldCorpus, backend: "cpu" | "wasm" = "cpu"): RunPorts {
  const vocabSize = Math.max(...corpus.queries.tokens, ...corpus.passages.tokens) + 1;
  let ms = 0;
  return {
    openEncoder: () =>
      Promise.resolve(randomEncoder({ tokenizer: numberedTokenizer(vocabSize), json: "", framed: true })),
    startDevice: () => startBackend(backend),
    loadCorpus: () => Promise.resolve(heldCorpus(corpus, vocabSize)),
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
