// Parameters on the device and the gradients of one step. Turns weights into tensors and back.
import * as tf from "@tensorflow/tfjs-core";
import { parameterSpecs, type ParameterSpec } from "./encoderConfig.ts";
import type { Checkpoint, ModelWeights } from "./weights.ts";

/** One parameter on the device with its AdamW moments; frozen ones have none. */
export interface Parameter {
  readonly spec: ParameterSpec;
  readonly value: tf.Tensor;
  readonly m: tf.Tensor | undefined;
  readonly v: tf.Tensor | undefined;
}

export type Parameters = ReadonlyMap<string, Parameter>;

/** @throws RangeError if a tensor is missing or has another shape */
export function uploadParameters(weights: ModelWeights, checkpoint?: Checkpoint): Parameters {
  const parameters = new Map<string, Parameter>();
  for (const spec of parameterSpecs(weights.config)) {
    const value = upload(spec, weights.tensors);
    let m: tf.Tensor | undefined;
    let v: tf.Tensor | undefined;
    if (spec.trains) {
      m = checkpoint ? upload(spec, checkpoint.firstMoments) : tf.zeros([...spec.shape]);
      v = checkpoint ? upload(spec, checkpoint.secondMoments) : tf.zeros([...spec.shape]);
    }
    parameters.set(spec.name, { spec, value, m, v });
  }
  return parameters;
}

export function disposeParameters(parameters: Parameters): void {
  for (const { value, m, v } of parameters.values()) tf.dispose([value, m, v].filter((t) => t !== undefined));
}

type Tensors = ModelWeights["tensors"];

function upload(spec: ParameterSpec, tensors: Tensors): tf.Tensor {
  const all = new Float32Array(spec.shape.reduce((a, b) => a * b, 1));
  const partShape = [spec.shape[0]! / spec.parts.length, ...spec.shape.slice(1)];
  const partSize = all.length / spec.parts.length;
  spec.parts.forEach((name, i) => {
    const tensor = tensors[name];
    if (!tensor)
      throw new RangeError(`Encoder weights lack "${name}", expected with shape (${partShape.join(", ")})`);
    if (tensor.shape.join() !== partShape.join() || tensor.data.length !== partSize) {
      const found = `(${tensor.shape.join(", ")}) with ${tensor.data.length} numbers`;
      throw new RangeError(`Encoder weight "${name}" has shape ${found}, expected (${partShape.join(", ")})`);
    }
    all.set(tensor.data, i * partSize);
  });
  // `all` is ours alone: the cpu backend keeps the array it is given, and updates happen in place.
  return tf.tensor(all, [...spec.shape], "float32");
}

/** Reads `pick` of every parameter back under the names of ModelWeights. */
export async function downloadParameters(
  parameters: Parameters,
  pick: "value" | "m" | "v",
): Promise<Record<string, { shape: readonly number[]; data: Float32Array }>> {
  const tensors: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  for (const { spec, ...tensorsOf } of parameters.values()) {
    const tensor = tensorsOf[pick];
    if (!tensor) continue;
    const all = await tensor.data<"float32">();
    const partShape = [spec.shape[0]! / spec.parts.length, ...spec.shape.slice(1)];
    const partSize = all.length / spec.parts.length;
    spec.parts.forEach((name, i) => {
      tensors[name] = { shape: partShape, data: all.slice(i * partSize, (i + 1) * partSize) };
    });
  }
  return tensors;
}

/** Gradients of one step by parameter name. Those of `byRow` parameters have a row per unique token of the batch. */
export class Gradients {
  private readonly tensors = new Map<string, tf.Tensor>();
  private readonly parameters: Parameters;

  constructor(parameters: Parameters) {
    this.parameters = parameters;
  }

  /** Whether the parameter exists and trains, so that its gradient is worth computing. */
  wants(name: string): boolean {
    return this.parameters.get(name)?.spec.trains ?? false;
  }

  get(name: string): tf.Tensor | undefined {
    return this.tensors.get(name);
  }

  /** The tensor stays the surrounding tidy's. */
  set(name: string, gradient: tf.Tensor): void {
    this.tensors.set(name, gradient);
  }
}
