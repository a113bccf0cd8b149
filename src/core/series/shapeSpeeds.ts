// About how fast an encoder is that nobody has measured yet: by its work beside that of two that were. Measures nothing.
import type { EncoderInfo, Speeds } from "../encoders/encoderInfo.ts";
import { RANDOM_ENCODER } from "../encoders/encoderId.ts";
import { findShipped } from "../encoders/shippedEncoders.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

type Shape = Pick<EncoderInfo, "layers" | "width">;

const BAG = findShipped("distilled-bag-37k")!;
const SMALL = findShipped("distilled-small")!;

/**
 * seconds of a text = bag's · (width / bag's width) + small's · (layers · width²) / (small's layers · width²)
 * Vectors of pieces cost as wide as they are, a layer's products the square of that.
 */
function shapeSpeeds({ layers, width }: Shape): Speeds {
  const pieces = width / BAG.info.width;
  const products = (layers * width ** 2) / (SMALL.info.layers * SMALL.info.width ** 2);
  const speed = (of: keyof Speeds) => 1 / (pieces / BAG.speeds![of] + products / SMALL.speeds![of]);
  return { pairs: speed("pairs"), texts: speed("texts") };
}

/**
 * On two processors: as the encoder's row in the table was measured, else by its shape.
 * @param facts of encoders that are neither shipped nor random, where they are known
 * @returns undefined where nothing is known of it
 */
export function expectedSpeeds(
  { encoder }: Pick<ExperimentSpec, "encoder">,
  facts: Readonly<Record<string, Shape>> = {},
): Speeds | undefined {
  const { id } = encoder;
  const measured = findShipped(id)?.speeds;
  if (measured) return measured;
  const shape = id === RANDOM_ENCODER ? encoder : facts[id];
  return shape && shapeSpeeds(shape);
}
