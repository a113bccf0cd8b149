// Entry of the trainer worker in a file that trains: its encoder is held there, and nothing is kept. One thread: such a file
// has no shared memory.
import wasmSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { LAB_VERSION } from "../core/labVersion.ts";
import { startBackend } from "../training/engine/backend.ts";
import { sendPulsesTo } from "../training/engine/pulse.ts";
import { openEncoder } from "../training/pretrained/openEncoder.ts";
import { createBreathing } from "./breathing.ts";
import { heldPlaces } from "./heldPlaces.ts";
import { withHeldFiles } from "./heldFetch.ts";
import { sendPulse } from "./rpc.ts";
import { serveTrainer } from "./trainer/trainerHost.ts";

/** All are named, one is used: browsers that the lab is built for have SIMD. */
const wasmPaths = {
  "tfjs-backend-wasm.wasm": wasmSimd,
  "tfjs-backend-wasm-simd.wasm": wasmSimd,
  "tfjs-backend-wasm-threaded-simd.wasm": wasmSimd,
};

sendPulsesTo((spareSeconds) => sendPulse(self, spareSeconds));
withHeldFiles(self, (fetch) => {
  const places = heldPlaces(fetch);
  serveTrainer(self, {
    startDevice: (choice) => startBackend(choice, { wasmPaths }),
    openEncoder: (page, id, onTrouble) => openEncoder(id, places(page, onTrouble)),
    nowMs: () => performance.now(),
    breathe: createBreathing(),
    snapshots: Promise.resolve(undefined),
    versions: { lab: LAB_VERSION },
  });
});
