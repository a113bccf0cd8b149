// Starts the backend a case runs on, and remembers the GPU's name for its rows.
import { messageOf } from "../src/core/messageOf.ts";
import { installNodeGpu } from "../src/cli/nodeGpu.ts";
import { nodeWasm } from "../src/cli/nodeWasm.ts";
import { startBackend } from "../src/training/engine/backend.ts";

let adapter: string | undefined;

export async function startWasm(): Promise<void> {
  await startBackend("wasm", nodeWasm());
}

/** @returns why there is no WebGPU here, or nothing once it is the active backend */
export async function startGpu(): Promise<string | undefined> {
  try {
    await installNodeGpu();
    adapter = (await startBackend("webgpu")).adapter;
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** The adapter of this process, "none" if no case has started one. */
export function adapterName(): string {
  return adapter ?? "none";
}
