// A checkpoint as tensors under one name each, for a file, and back. Writes and reads no file.
import type { EncoderConfig } from "./encoderConfig.ts";
import type { Checkpoint, WeightTensor } from "./weights.ts";

type Tensors = Readonly<Record<string, WeightTensor>>;

/** "value/<name>", and of what trains "m/<name>" and "v/<name>", its moments. The number of steps is not among them. */
export function checkpointTensors({ weights, firstMoments, secondMoments }: Checkpoint): Tensors {
  return partTensors({ value: weights.tensors, m: firstMoments, v: secondMoments });
}

/** The same of tensors that may be lent. */
export function partTensors<T>(
  parts: Readonly<Record<"value" | "m" | "v", Readonly<Record<string, T>>>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, tensors]) =>
      Object.entries(tensors).map(([name, tensor]) => [`${part}/${name}`, tensor]),
    ),
  );
}

/**
 * @param tensors as `checkpointTensors` named them; others are left out
 * @param config of the model; tensors of other shapes are refused when it is made
 */
export function checkpointOf(tensors: Tensors, steps: number, config: EncoderConfig): Checkpoint {
  const part = (prefix: string) =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([key, tensor]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), tensor]] : [],
      ),
    );
  return {
    weights: { config, tensors: part("value/") },
    firstMoments: part("m/"),
    secondMoments: part("v/"),
    steps,
  };
}
