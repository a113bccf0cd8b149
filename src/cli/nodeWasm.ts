// What the wasm backend needs in Node: where tfjs's files are, and leave to use relaxed SIMD. Starts nothing.
import { createRequire } from "node:module";
import path from "node:path";
import { setFlagsFromString } from "node:v8";

const FOLDER = path.dirname(
  createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"),
);

/** `startBackend`'s options; asked for before it compiles a module, they hold for all threads. */
export function nodeWasm(): { wasmPaths: string } {
  // Node 20 has relaxed SIMD behind a flag, later ones and browsers have it without.
  if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return { wasmPaths: path.join(FOLDER, "dist/") };
}
