// Hands a training step's weights and batch to the PyTorch baseline through a folder of raw arrays.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StepOptions } from "../src/training/model/model.ts";
import type { TrainBatch } from "../src/training/model/trainBatch.ts";
import type { ModelWeights } from "../src/training/model/weights.ts";
import { startTorch, type TorchProcess } from "./torchProcess.ts";

/**
 * Every text of the batch must be `maxTokens` long: the baseline has no padding.
 * @returns null where there is no python3 with torch
 */
export function startTorchStep(
  { config, tensors }: ModelWeights,
  batch: TrainBatch,
  options: StepOptions,
  threads = 1,
): TorchProcess | null {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-step-"));
  const write = (name: string, array: Float32Array | Int32Array | Uint8Array) =>
    writeFileSync(path.join(folder, name), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  for (const [name, { data }] of Object.entries(tensors)) write(name, data);
  write("ids", Int32Array.from([...batch.queries.tokens, ...batch.passages.tokens]));
  write("negatives", batch.negatives);
  const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
  const shape = { config, options, pairs: batch.rowWeights.length, tensors: shapes };
  writeFileSync(path.join(folder, "shape.json"), JSON.stringify(shape));
  const torch = startTorch("step.py", [folder, String(threads)]);
  if (!torch) rmSync(folder, { recursive: true });
  return (
    torch && {
      round: () => torch.round(),
      end() {
        torch.end();
        rmSync(folder, { recursive: true });
      },
    }
  );
}
