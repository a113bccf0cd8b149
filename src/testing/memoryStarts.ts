// A store of evaluations before training that forgets with the test.
import type { StartStore } from "../training/evaluate/startStore.ts";

export interface MemoryStarts extends StartStore {
  readonly texts: Map<string, string>;
}

export function memoryStarts(): MemoryStarts {
  const texts = new Map<string, string>();
  return {
    texts,
    read: (key) => Promise.resolve(texts.get(key)),
    write: (key, text) => Promise.resolve(void texts.set(key, text)),
  };
}
