// What a run needs, in Node: device, tokenizer and datasets from this machine. Trains nothing.
import { asDataError } from "../core/inputError.ts";
import { LAB_VERSION } from "../core/labVersion.ts";
import { openCorpus } from "../training/corpus/openCorpus.ts";
import { openEncoder, type EncoderPlaces } from "../training/pretrained/openEncoder.ts";
import { startBackend } from "../training/engine/backend.ts";
import type { RunPorts } from "../training/run/runPorts.ts";
import { installNodeGpu } from "./nodeGpu.ts";
import { nodePlaces } from "./nodeModels.ts";
import { openDataset } from "./nodeShards.ts";
import { productHelpers } from "./nodeThreads.ts";
import { createFolderTokens } from "./nodeTokens.ts";
import { nodeWasm } from "./nodeWasm.ts";

/**
 * Ports of one process.
 * @param fused as `startBackend` has it
 */
export function createNodePorts(places: EncoderPlaces = nodePlaces(), fused = true): RunPorts {
  const threads = productHelpers();
  return {
    openEncoder: (id) => openEncoder(id, places),
    async startDevice(choice) {
      if (choice === "auto" || choice === "webgpu") await installNodeGpu();
      return startBackend(choice, { ...nodeWasm(), threads, fused });
    },
    async loadCorpus(request, { tokenizer }, onProgress) {
      try {
        const source = await openDataset(request.datasetId);
        return await openCorpus(source, request, tokenizer, { store: createFolderTokens(), onProgress });
      } catch (error) {
        throw asDataError(error);
      }
    },
    nowMs: () => performance.now(),
    versions: { lab: LAB_VERSION, node: process.version },
  };
}
