// Which settings a checkpoint brings with it, and what they are: such a field is shown, not set.
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import type { EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import type { SpecPath } from "../../core/spec/spec.ts";

const POOLING = { mean: "mean of all pieces", cls: "first position", max: "largest values" } as const;

const VALUES: Readonly<Partial<Record<SpecPath, (info: EncoderInfo) => string | undefined>>> = {
  "encoder.layers": ({ layers }) => `${layers}`,
  "encoder.width": ({ width, outputs }) => (width === outputs ? `${width}` : `${width}, vectors ${outputs}`),
  "encoder.pooling": ({ pooling, hasTokenWeights }) =>
    hasTokenWeights ? "weighted mean" : pooling === null ? undefined : POOLING[pooling],
  "encoder.prefixes": ({ prefixes }) => (prefixes === null ? undefined : "its own prompts"),
  "encoder.tokenWeights": ({ hasTokenWeights }) => (hasTokenWeights ? "its own" : "all alike"),
};

/** @returns the checkpoint's value in words; undefined for a field that the person sets */
export function checkpointValue(
  path: SpecPath,
  id: string,
  info: EncoderInfo | undefined,
): string | undefined {
  const value = VALUES[path];
  if (!value || id === RANDOM_ENCODER) return undefined;
  if (info) return value(info);
  return path === "encoder.prefixes" ? undefined : "the checkpoint’s"; // most have no prompts
}
