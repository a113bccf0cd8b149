// A trajectory from a file, a store or a message: hostile until every decision has been checked.
import * as v from "valibot";
import { eachKind, kindFacts } from "../spec/batchKind.ts";
import type { Decision } from "../spec/decision.ts";
import type { KindWeights } from "../spec/spec.ts";

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
/** @param absent what is meant where a kind is missing that came later */
const kinds = (absent: number) =>
  v.pipe(
    v.object(
      eachKind((kind) => (kindFacts(kind).since > 1 ? v.optional(amount, absent) : amount)),
    ) as unknown as v.GenericSchema<KindWeights>,
    v.check((weights) => Object.values(weights).some((weight) => weight > 0), "must not be all 0"),
  );

const decision: v.GenericSchema<Decision> = v.pipe(
  v.object({
    step: v.pipe(v.number(), v.integer(), v.minValue(0)),
    ratio: v.exactOptional(kinds(0)),
    weights: v.exactOptional(kinds(1)),
  }),
  v.check(({ ratio, weights }) => ratio !== undefined || weights !== undefined, "must decide something"),
);

/** Decisions of one run, each later than the one before. */
export const trajectorySchema = v.pipe(
  v.array(decision),
  v.maxLength(100_000),
  v.check((all) => all.every(({ step }, i) => i === 0 || step > all[i - 1]!.step), "must have rising steps"),
  v.readonly(),
);
