// The kinds of batch, and numbers by kind: a mix of them, weights. What a kind is: kindFacts.ts.
import { KIND_FACTS, type KindFacts } from "./kindFacts.ts";

export type BatchKind = keyof typeof KIND_FACTS;

export const BATCH_KINDS = Object.keys(KIND_FACTS) as readonly BatchKind[];

export const kindFacts = (kind: BatchKind): KindFacts => KIND_FACTS[kind];

/** Whether a batch of the kind holds one language. */
export const asksInOne = (kind: BatchKind): boolean => kindFacts(kind).asks === "one";

/** A point of the simplex over the kinds: each in [0, 1], sum 1. */
export type Ratio = Readonly<Record<BatchKind, number>>;

export const eachKind = <T>(of: (kind: BatchKind) => T): Readonly<Record<BatchKind, T>> =>
  Object.fromEntries(BATCH_KINDS.map((kind) => [kind, of(kind)])) as Record<BatchKind, T>;

/** @param others of the kinds that are not named: none of a mix */
export const ofKinds = (named: Readonly<Partial<Ratio>>, others = 0): Ratio =>
  eachKind((kind) => named[kind] ?? others);
