// A model that only encodes: weights on the device without moments or gradients. Never trains.
import { encodeRows } from "./encodeRows.ts";
import { checkEncoderConfig } from "./encoderConfig.ts";
import type { Model } from "./model.ts";
import { disposeParameters, uploadParameters } from "./parameters.ts";
import type { ModelWeights } from "./weights.ts";

/** Whatever turns texts into vectors; who gives it lets go of it. */
export type Encodes = Pick<Model, "config" | "encode">;
export type Encoder = Encodes & Pick<Model, "dispose">;

/** On the active backend; its vectors are those of `createModel` on the same weights, bit for bit. */
export function createEncoder(weights: ModelWeights): Encoder {
  const { config } = weights;
  checkEncoderConfig(config);
  const parameters = uploadParameters(weights, "encodes");
  return {
    config,
    encode: (texts, signal, told) => encodeRows(config, parameters, texts, signal, told),
    dispose: () => disposeParameters(parameters),
  };
}
