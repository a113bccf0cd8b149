// A stage's checkpoint as one safetensors file, and back. Opens and renames nothing.
import { readTensors, readWeightHeaders } from "../checkpoint/weightFiles.ts";
import type { CheckpointFiles } from "../checkpoint/checkpointFiles.ts";
import { writeSafetensors, type TensorToWrite } from "../export/safetensors.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import type { Checkpoint, WeightTensor } from "../model/weights.ts";

const STEPS = "steps"; // (1); float32 holds whole numbers up to 2^24

export function writeState({
  weights,
  firstMoments,
  secondMoments,
  steps,
}: Checkpoint): Uint8Array<ArrayBuffer> {
  const file: Record<string, TensorToWrite> = {
    [STEPS]: { dtype: "F32", shape: [1], data: Float32Array.of(steps) },
  };
  const parts = { value: weights.tensors, m: firstMoments, v: secondMoments };
  for (const [part, tensors] of Object.entries(parts)) {
    for (const [name, tensor] of Object.entries(tensors))
      file[`${part}/${name}`] = { ...tensor, dtype: "F32" };
  }
  return writeSafetensors(file);
}

/**
 * @param config of the stage; a file of other shapes is refused when the model is made
 * @returns undefined if the folder has no model.safetensors
 * @throws DataError if the file is damaged
 */
export async function readState(
  files: CheckpointFiles,
  config: EncoderConfig,
): Promise<Checkpoint | undefined> {
  if (!(await files.open("model.safetensors").then(async (file) => (await file?.stream.cancel(), file))))
    return undefined;
  const [file] = await readWeightHeaders(files);
  const parts: Record<string, Record<string, WeightTensor>> = { value: {}, m: {}, v: {} };
  let steps = 0;
  await readTensors(
    files,
    file!,
    file!.tensors,
    (name, tensor) => {
      const slash = name.indexOf("/");
      if (slash < 0) steps = tensor.data[0]!;
      else parts[name.slice(0, slash)]![name.slice(slash + 1)] = tensor;
    },
    () => undefined,
  );
  const { value, m, v } = parts;
  return { weights: { config, tensors: value! }, firstMoments: m!, secondMoments: v!, steps };
}
