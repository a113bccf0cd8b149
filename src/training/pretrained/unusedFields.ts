// Fields of a spec that a checkpoint leaves no room for: what the person set and what is there instead. Only such as differ.
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";

const SHAPE = ["layers", "width", "pooling", "tokenWeights"] as const;

/**
 * One sentence for each field that was set and is not used.
 * @param config of the checkpoint under this spec
 * @param hasPrompts whether the checkpoint brings its own
 */
export function unusedFields(
  spec: ExperimentSpec["encoder"],
  config: Pick<EncoderConfig, (typeof SHAPE)[number]>,
  hasPrompts: boolean,
): string[] {
  const is = (field: keyof ExperimentSpec["encoder"], instead: string) =>
    `encoder.${field} = ${String(spec[field])} is not used: ${spec.id} ${instead}`;
  const unused = SHAPE.filter(
    (field) => spec[field] !== DEFAULT_SPEC.encoder[field] && spec[field] !== config[field],
  ).map((field) => is(field, `has ${field} ${config[field]}`));
  return spec.prefixes && hasPrompts ? [...unused, is("prefixes", "has prompts of its own")] : unused;
}
