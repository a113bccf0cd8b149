// The control of every rule: shares that nothing decides.
import { createRandom } from "../random.ts";
import type { BatchKind } from "../spec/batchKind.ts";
import type { KindWeights } from "../spec/spec.ts";
import { softmax } from "./shares.ts";

interface RandomRule {
  readonly seed: number;
  readonly stream: "mix" | "weights";
  readonly every: number; // steps of one draw, at least 1
  readonly temperature: number; // 0 = 1
}

/**
 * softmax(z / T), z standard normal, one draw for `every` steps (Lin et al. 2021 draw at every step; a mix of which one kind
 * is drawn a step would then be an equal one).
 */
export function randomShares(kinds: readonly BatchKind[], step: number, rule: RandomRule): KindWeights {
  const draw = Math.floor(step / rule.every);
  const random = createRandom(rule.seed).fork(`random ${rule.stream}`).fork(draw);
  const z = new Map(kinds.map((kind) => [kind, random.normal() / (rule.temperature || 1)]));
  return softmax(kinds, (kind) => z.get(kind)!);
}
