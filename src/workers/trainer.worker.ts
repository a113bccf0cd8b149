// Entry of the trainer worker: real device, clock and tokenizer for trainerHost.ts.
import wasmPlain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { LAB_VERSION } from "../core/labVersion.ts";
import { startBackend } from "../training/engine/backend.ts";
import { sendPulsesTo } from "../training/engine/pulse.ts";
import { createOpfsStarts } from "../training/evaluate/opfsStarts.ts";
import { openModelStore } from "../training/pretrained/modelStore.ts";
import { openEncoder } from "../training/pretrained/openEncoder.ts";
import { createShippedFiles } from "../training/hub/keptShipped.ts";
import { OPFS_VECTORS, openOpfsShelf } from "../training/hub/opfsShelf.ts";
import { openSnapshotShelf } from "../training/snapshot/opfsSnapshots.ts";
import { createBreathing } from "./breathing.ts";
import { pagePlaces } from "./pagePlaces.ts";
import { pageOfWorker, placedFetch } from "./placedFetch.ts";
import { sendPulse } from "./rpc.ts";
import { serveTrainer } from "./trainer/trainerHost.ts";

const wasmPaths = {
  "tfjs-backend-wasm.wasm": wasmPlain,
  "tfjs-backend-wasm-simd.wasm": wasmSimd,
  "tfjs-backend-wasm-threaded-simd.wasm": wasmSimd, // must be named, is never used: startBackend keeps tfjs to one thread
};

/** Threads can share memory on an isolated page only (vite.config.ts). Beyond eight, memory sets the pace. */
const threads = {
  count: crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) - 1 : 0,
  start(memory: WebAssembly.Memory) {
    const helper = new Worker(new URL("./product.worker.ts", import.meta.url), {
      type: "module",
      name: "product",
    });
    helper.postMessage(memory);
    return () => helper.terminate();
  },
};

sendPulsesTo((spareSeconds) => sendPulse(self, spareSeconds));
const shelf = openOpfsShelf();
const fetch = placedFetch(pageOfWorker(self.location), (url, init) => self.fetch(url, init));
const kept = { models: openModelStore(), shelf, shipped: createShippedFiles(shelf), fetch };

serveTrainer(self, {
  limitThreads: (count) => void (threads.count = Math.min(threads.count, count - 1)),
  startDevice: (choice) => startBackend(choice, { wasmPaths, threads }),
  openEncoder: (page, id, onTrouble) => openEncoder(id, pagePlaces(page, kept, onTrouble)),
  nowMs: () => performance.now(),
  breathe: createBreathing(),
  snapshots: openSnapshotShelf(),
  starts: createOpfsStarts(),
  vectors: openOpfsShelf(OPFS_VECTORS),
  versions: { lab: LAB_VERSION },
});
