// Parameters on the device and the gradients of one step. Turns weights into tensors and back.
import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../engine/kernel.ts";
import { parameterSpecs, type ParameterSpec } from "./parameterSpecs.ts";
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
    const all = (await tensor.data<"float32">()) as Float32Array;
    const partShape = [spec.shape[0]! / spec.parts.length, ...spec.shape.slice(1)];
    const partSize = all.length / spec.parts.length;
    spec.parts.forEach((name, i) => {
      tensors[name] = { shape: partShape, data: all.slice(i * partSize, (i + 1) * partSize) };
    });
  }
  return tensors;
}

/** Gradients of one step, each made on first use. Tensors belong to the surrounding tidy. */
export class Gradients {
  private readonly tensors = new Map<string, tf.Tensor>();
  private readonly parameters: Parameters;
  private readonly rows: number;

  /** @param rows leading size for parameters updated by row (unique tokens, bucketed) */
  constructor(parameters: Parameters, rows: number) {
    this.parameters = parameters;
    this.rows = rows;
  }

  wants(name: string): boolean {
    return this.parameters.get(name)?.spec.trains ?? false;
  }

  get(name: string): tf.Tensor | undefined {
    return this.tensors.get(name);
  }

  /** The tensor to write into, and whether it holds a sum to add to. */
  target(name: string): { tensor: tf.Tensor; accumulate: 0 | 1 } {
    const known = this.tensors.get(name);
    if (known) return { tensor: known, accumulate: 1 };
    const { spec } = this.parameters.get(name)!;
    const tensor = emptyTensor(spec.byRow ? [this.rows, ...spec.shape.slice(1)] : spec.shape);
    this.tensors.set(name, tensor);
    return { tensor, accumulate: 0 };
  }

  /** Like `target`, but starting from zeros. */
  sum(name: string): tf.Tensor {
    let tensor = this.tensors.get(name);
    if (!tensor) this.tensors.set(name, (tensor = tf.zeros([...this.parameters.get(name)!.spec.shape])));
    return tensor;
  }

  add(name: string, gradient: tf.Tensor): void {
    const known = this.tensors.get(name);
    this.tensors.set(name, known ? tf.add(known, gradient) : gradient);
  }
}
