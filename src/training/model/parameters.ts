// Parameters on the device and the gradients of one step. Turns weights into tensors and back.
import * as tf from "@tensorflow/tfjs-core";
import { letGo } from "../../core/letGo.ts";
import { arraysOf, readsCopies } from "../engine/arrays.ts";
import { SLICE_ALIGNMENT, type Operand, type TensorSlice } from "../engine/operand.ts";
import { parameterSpecs, type ParameterSpec } from "./encoderConfig.ts";
import type { Checkpoint, LentTensor, ModelWeights } from "./weights.ts";

/** One parameter on the device with its AdamW moments; frozen ones have none. */
export interface Parameter {
  readonly spec: ParameterSpec;
  readonly value: Operand;
  readonly m: Operand | undefined;
  readonly v: Operand | undefined;
  readonly gradient: TensorSlice | undefined; // of dense trained ones: where each step leaves it
}

/**
 * All dense parameters that train, end to end in one tensor, and their moments and gradients likewise: the optimiser
 * then needs one launch. Each starts at a multiple of SLICE_ALIGNMENT; what lies between is zero and stays so.
 */
export interface DenseArena {
  readonly value: tf.Tensor;
  readonly m: tf.Tensor;
  readonly v: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly decaying: number; // elements, from the first: those behind have no weight decay
}

export interface Parameters {
  get(name: string): Parameter | undefined;
  values(): Iterable<Parameter>;
  readonly dense: DenseArena | undefined; // absent where nothing dense trains
}

const sizeOf = ({ shape }: ParameterSpec) => shape.reduce((a, b) => a * b, 1);
/** Of each tensor that lies in a parameter, one under the other. */
const partOf = (spec: ParameterSpec) => ({
  shape: [spec.shape[0]! / spec.parts.length, ...spec.shape.slice(1)],
  size: sizeOf(spec) / spec.parts.length,
});

/**
 * Zeros are made where they are needed: an array of them would be as much memory once more.
 *
 * @param from a checkpoint to go on with; "encodes": nothing trains, so there are no moments and no gradients
 * @throws RangeError if a tensor is missing or has another shape
 */
export function uploadParameters(weights: ModelWeights, from?: Checkpoint | "encodes"): Parameters {
  const checkpoint = from === "encodes" ? undefined : from;
  const specs = parameterSpecs(weights.config).map((spec) =>
    from === "encodes" ? { ...spec, trains: false } : spec,
  );
  const shared = specs.filter(({ trains, byRow }) => trains && !byRow);
  const { offsets, size, decaying } = layOut(shared);
  const together = (tensors: Tensors) => {
    const all = new Float32Array(size);
    shared.forEach((spec) => all.set(joinParts(spec, tensors), offsets.get(spec.name)));
    return tf.tensor1d(all);
  };
  const dense = shared.length === 0 ? undefined : openArena();

  function openArena(): DenseArena {
    const value = together(weights.tensors);
    const moments = (tensors?: Tensors) => (tensors ? together(tensors) : tf.zerosLike(value));
    return {
      value,
      m: moments(checkpoint?.firstMoments),
      v: moments(checkpoint?.secondMoments),
      gradient: tf.zerosLike(value),
      decaying,
    };
  }

  const byName = new Map<string, Parameter>();
  for (const spec of specs) {
    const offset = offsets.get(spec.name);
    if (dense && offset !== undefined) {
      const slice = (tensor: tf.Tensor): TensorSlice => ({ tensor, offset, shape: spec.shape });
      const { value, m, v, gradient } = dense;
      byName.set(spec.name, {
        spec,
        value: slice(value),
        m: slice(m),
        v: slice(v),
        gradient: slice(gradient),
      });
      continue;
    }
    const upload = (tensors: Tensors) => tf.tensor(joinParts(spec, tensors), [...spec.shape]);
    const value = upload(weights.tensors);
    const moments = (tensors?: Tensors) =>
      !spec.trains ? undefined : tensors ? upload(tensors) : tf.zerosLike(value);
    byName.set(spec.name, {
      spec,
      value,
      m: moments(checkpoint?.firstMoments),
      v: moments(checkpoint?.secondMoments),
      gradient: undefined,
    });
  }
  return named(byName, dense);
}

/** Gives back the arrays of uploaded weights that nobody reads again, where the device has copies of them. */
export function letGoOfUploaded({ tensors }: ModelWeights): void {
  if (readsCopies()) for (const { data } of Object.values(tensors)) letGo(data);
}

/** A function of its own: ones made where weights are uploaded would hold those, too, as long as the model is there. */
const named = (byName: ReadonlyMap<string, Parameter>, dense: DenseArena | undefined): Parameters => ({
  get: (name) => byName.get(name),
  values: () => byName.values(),
  dense,
});

/** Where each parameter starts: those that decay first. */
function layOut(specs: readonly ParameterSpec[]) {
  const offsets = new Map<string, number>();
  let size = 0;
  const place = (decays: boolean) => {
    for (const spec of specs.filter((one) => one.decays === decays)) {
      offsets.set(spec.name, size);
      size = Math.ceil((size + sizeOf(spec)) / SLICE_ALIGNMENT) * SLICE_ALIGNMENT;
    }
  };
  place(true);
  const decaying = size;
  place(false);
  return { offsets, size, decaying };
}

export function disposeParameters(parameters: Parameters): void {
  const { dense } = parameters;
  if (dense) tf.dispose([dense.value, dense.m, dense.v, dense.gradient]);
  for (const { value, m, v, gradient } of parameters.values()) {
    if (!gradient) tf.dispose([value, m, v].filter((t) => t !== undefined) as tf.Tensor[]);
  }
}

type Tensors = ModelWeights["tensors"];

/** Not the array that was given but on wasm, which copies: the cpu backend keeps what it gets, and updates happen in place. */
function joinParts(spec: ParameterSpec, tensors: Tensors): Float32Array {
  const whole = spec.parts.length === 1 && readsCopies() ? tensors[spec.parts[0]!] : undefined;
  if (whole?.shape.join() === spec.shape.join() && whole.data.length === sizeOf(spec)) return whole.data;
  const all = new Float32Array(sizeOf(spec));
  const { shape: partShape, size: partSize } = partOf(spec);
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
  return all;
}

/** Reads `pick` of every parameter back under the names of ModelWeights. */
export async function downloadParameters(
  parameters: Parameters,
  pick: "value" | "m" | "v",
): Promise<Record<string, { shape: readonly number[]; data: Float32Array }>> {
  const tensors: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  const shared = await parameters.dense?.[pick].data<"float32">(); // one read for all of them
  for (const { spec, ...operands } of parameters.values()) {
    const operand = operands[pick];
    if (!operand) continue;
    const all =
      "tensor" in operand
        ? shared!.subarray(operand.offset, operand.offset + sizeOf(spec))
        : await operand.data<"float32">();
    const { shape, size } = partOf(spec);
    const isOwn = readsCopies() && size === all.length && !("tensor" in operand);
    spec.parts.forEach((name, i) => {
      tensors[name] = { shape, data: isOwn ? all : all.slice(i * size, (i + 1) * size) };
    });
  }
  return tensors;
}

/** As `downloadParameters`, of memory that is at hand: each tensor where it lies, looked up anew at every call. */
export function lendParameters(
  parameters: Parameters,
  pick: "value" | "m" | "v",
): Record<string, LentTensor> {
  const tensors: Record<string, LentTensor> = {};
  for (const { spec, ...operands } of parameters.values()) {
    const operand = operands[pick];
    if (!operand) continue;
    const { shape, size } = partOf(spec);
    spec.parts.forEach((name, i) => {
      const lent = () => (arraysOf([operand])[0] as Float32Array).subarray(i * size, (i + 1) * size);
      tensors[name] = { shape, lent };
    });
  }
  return tensors;
}

/**
 * Gradients of one step by parameter name. Dense ones are written into the arena, by way of `place`; those of `byRow`
 * parameters have a row per unique token of the batch and are set.
 */
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

  /** Where to write the gradient of a dense parameter. @throws Error for one that does not train */
  place(name: string): TensorSlice {
    const slice = this.parameters.get(name)?.gradient;
    if (!slice) throw new Error(`Gradients: "${name}" is not a dense parameter that trains`);
    return slice;
  }

  get(name: string): tf.Tensor | undefined {
    return this.tensors.get(name);
  }

  /** The tensor stays the surrounding tidy's. */
  set(name: string, gradient: tf.Tensor): void {
    this.tensors.set(name, gradient);
  }
}
