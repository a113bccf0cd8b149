// What a moving rule is: a pure pair from what training measured to shares of the kinds. Holds no rule.
import type { BatchKind } from "../spec/batchKind.ts";
import type { KindMatrix, KindWeights } from "../spec/spec.ts";

/** What training tells a rule when a decision is due. */
export interface Observed {
  /** Of each batch of a kind since the last decision, oldest first: mean loss of its rows, in nats, unweighted. */
  readonly losses: Readonly<Partial<Record<BatchKind, readonly number[]>>>;
  readonly trained: KindWeights; // batches of each kind so far, mixed ones in parts
  readonly share: KindWeights; // of the batches, as asked just now
  /** Of the latest evaluation: mAP of the kind's own setting, Mo, Cr or Mul. */
  readonly dev: Readonly<Partial<Record<BatchKind, number>>>;
  /** Norm of the last shared layer's gradient at the kind's last batch, by its weight of then. */
  readonly gradients: Readonly<Partial<Record<BatchKind, number>>>;
}

/** What of a spec a rule goes by. */
export interface RuleSetting {
  readonly kinds: readonly BatchKind[]; // those that it moves: at least two
  readonly start: KindWeights; // shares that it starts from: the mix, or equal ones for weights; sum 1
  readonly rate: number; // 0 = the rule's own
  readonly temperature: number; // 0 = the rule's own
  readonly reference: KindWeights;
  readonly transfer: KindMatrix;
}

/**
 * `next` gives shares of the kinds, summing to 1: of a mix what is left above the floor, of loss weights each times the
 * number of kinds. States are plain JSON: a snapshot keeps them. Neither changes what it is given.
 */
export interface Rule<S> {
  init(setting: RuleSetting): S;
  next(state: S, observed: Observed, setting: RuleSetting): readonly [KindWeights, S];
}
