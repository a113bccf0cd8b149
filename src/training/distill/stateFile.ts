// A stage's checkpoint as one safetensors file, and back. Opens and renames nothing.
import { readTensors, readWeightHeaders } from "../pretrained/weightFiles.ts";
import type { CheckpointFiles } from "../pretrained/checkpointFiles.ts";
import { writeSafetensors, type TensorToWrite } from "../tensorFile/writeSafetensors.ts";
import { checkpointOf, checkpointTensors } from "../model/checkpointTensors.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import type { Checkpoint, WeightTensor } from "../model/weights.ts";
import type { Translations } from "./translations.ts";

const STEPS = "steps"; // (1); float32 holds whole numbers up to 2^24

export function writeState(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const file: Record<string, TensorToWrite> = {
    [STEPS]: { dtype: "F32", shape: [1], data: Float32Array.of(checkpoint.steps) },
  };
  for (const [name, tensor] of Object.entries(checkpointTensors(checkpoint))) {
    file[name] = { ...tensor, dtype: "F32" };
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
  const tensors = await readAll(files);
  return tensors && checkpointOf(tensors, tensors[STEPS]!.data[0]!, config);
}

/** Rows are stored by their lengths: those and ids are whole numbers that float32 holds, offsets may not be. */
export function writeTranslations({ offsets, targets, shares }: Translations): Uint8Array<ArrayBuffer> {
  const lengths = Float32Array.from(offsets.subarray(1), (end, row) => end - offsets[row]!);
  const column = (data: Float32Array) => ({ dtype: "F32" as const, shape: [data.length], data });
  return writeSafetensors({
    lengths: column(lengths),
    targets: column(Float32Array.from(targets)),
    shares: column(shares),
  });
}

/** @returns undefined if the folder has none */
export async function readTranslations(files: CheckpointFiles): Promise<Translations | undefined> {
  const tensors = await readAll(files);
  if (!tensors) return undefined;
  const lengths = tensors["lengths"]!.data;
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, row) => (offsets[row + 1] = offsets[row]! + length));
  return { offsets, targets: Int32Array.from(tensors["targets"]!.data), shares: tensors["shares"]!.data };
}

async function readAll(files: CheckpointFiles): Promise<Record<string, WeightTensor> | undefined> {
  const opened = await files.open("model.safetensors");
  if (!opened) return undefined;
  await opened.stream.cancel();
  const [file] = await readWeightHeaders(files);
  const tensors: Record<string, WeightTensor> = {};
  await readTensors(
    files,
    file!,
    file!.tensors,
    (name, tensor) => (tensors[name] = tensor),
    () => undefined,
  );
  return tensors;
}
