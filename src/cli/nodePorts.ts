// What a run needs, in Node: device, tokenizer and datasets from this machine. Trains nothing.
import { createRequire } from "node:module";
import path from "node:path";
import { asDataError } from "../core/data/dataError.ts";
import { LAB_VERSION } from "../core/labVersion.ts";
import { createCorpusBuilder } from "../training/data/corpusBuilder.ts";
import { openEncoder, type EncoderPlaces } from "../training/checkpoint/openEncoder.ts";
import { openCorpus } from "../training/data/loadTexts.ts";
import { startBackend } from "../training/engine/backend.ts";
import type { RunPorts } from "../training/run/runPorts.ts";
import { installNodeGpu } from "./nodeGpu.ts";
import { nodePlaces } from "./nodeModels.ts";
import { openDataset } from "./nodeShards.ts";

/** Where tfjs finds its wasm files. */
export const WASM_FOLDER = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist/",
);

/** Ports of one process. */
export function createNodePorts(places: EncoderPlaces = nodePlaces()): RunPorts {
  return {
    openEncoder: (id) => openEncoder(id, places),
    async startDevice(choice) {
      if (choice === "auto" || choice === "webgpu") await installNodeGpu();
      return startBackend(choice, { wasmPaths: WASM_FOLDER });
    },
    async loadCorpus(request, { tokenizer }, onProgress) {
      try {
        const opened = await openCorpus(await openDataset(request.datasetId), request, tokenizer);
        const builder = createCorpusBuilder(opened.manifest, opened.languages);
        for await (const chunk of opened.chunks(onProgress)) builder.add(chunk.columns);
        const { cutRows } = builder;
        return {
          corpus: builder.build(),
          notices: cutRows > 0 ? [cutNotice(cutRows, request)] : [],
          texts: (side, rows) => Promise.resolve(opened.texts(side, rows)),
        };
      } catch (error) {
        throw asDataError(error);
      }
    },
    nowMs: () => performance.now(),
    versions: { lab: LAB_VERSION, node: process.version },
  };
}

const cutNotice = (cutRows: number, request: { datasetId: string; maxTokens: number }) =>
  `${cutRows} texts of ${request.datasetId} are longer than ${request.maxTokens} pieces and were cut`;
