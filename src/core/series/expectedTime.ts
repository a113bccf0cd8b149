// About how long a run takes, from its lengths and from speeds measured before. Measures nothing.
import { DEV_SHARE } from "../data/devPart.ts";
import type { Manifest } from "../data/manifest.ts";
import type { Speeds } from "../encoders/encoderInfo.ts";
import { matchLanguages } from "../languages/sameLanguage.ts";
import { leavesDevOut, trainLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { EvalSize } from "./evalSize.ts";

/** Seconds of training and of all evaluations, the one before training among them; without loading and without a teacher. */
export function expectedSeconds(spec: ExperimentSpec, size: EvalSize, { pairs, texts }: Speeds): number {
  const { steps, evalEvery } = spec;
  const live = evalEvery === 0 ? 0 : Math.ceil(steps / evalEvery) - 1; // between the first and the last
  const asked = 2 * (size.queries + size.pool) + live * (size.live + size.pool);
  return (steps * spec.batch.size) / pairs + asked / texts;
}

/**
 * About how many texts a run's teacher reads before training: the pool, and each text of its batches once, which are drawn
 * with repetition. Fewer, where it has read some for another run; 0 without a teacher.
 * @param manifest of the training data
 */
export function teacherTexts(
  spec: ExperimentSpec,
  { pool }: EvalSize,
  manifest: Pick<Manifest, "languages" | "shards">,
): number {
  if (spec.loss.distillation === "off") return 0;
  const languages = new Set(matchLanguages(trainLanguages(spec), manifest.languages).values());
  const own = manifest.shards.filter(({ lang, split }) => languages.has(lang) && /^(train|any)$/.test(split));
  const there = own.reduce((sum, { count }) => sum + count, 0) * (leavesDevOut(spec) ? 1 - DEV_SHARE : 1);
  const { size, ratio, positives } = spec.batch;
  const drawn = spec.steps * size * (2 + ratio.multi * (positives - 1));
  return Math.round(pool + (there > 0 ? there * (1 - Math.exp(-drawn / there)) : 0));
}
