// What a snapshot says of its run beside tensors, from a file of unknown origin: hostile until every part has been checked.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { BATCH_KINDS } from "../spec/batchKind.ts";
import { parseWrittenSpec } from "../spec/parseSpec.ts";
import type { Parent } from "../spec/lineage.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { trajectorySchema } from "./decisionSchema.ts";
import { parseParent } from "./parseParent.ts";
import { environmentSchema, pointSchema } from "./parseRunRecord.ts";
import type { Environment } from "./runRecord.ts";
import type { RunState } from "./runState.ts";
import { issueText } from "../issueText.ts";

/** Raised when the meaning of a snapshot changes. One run's snapshots live as long as the run, so none is migrated. */
export const SNAPSHOT_FORMAT = "hybrid-batch-lab/snapshot@1";

export interface SnapshotFacts {
  readonly spec: ExperimentSpec;
  readonly parent?: Parent; // of a branch
  readonly stopAt?: number; // the step at which the run stops before its end
  readonly environment: Environment; // of the device, the data and the encoders that made it
  readonly state: RunState;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const counts = v.record(v.pipe(v.string(), v.maxLength(200)), amount);
/** Of a rule the progress; its own state is checked by the file's hash alone. */
const progress = v.object({ decidedAt: count, state: v.unknown() });
const rules = v.object({
  mix: v.exactOptional(progress),
  weights: v.exactOptional(progress),
  gradients: v.record(v.picklist(BATCH_KINDS), amount),
});

const factsSchema = v.object({
  spec: v.unknown(),
  parent: v.exactOptional(v.unknown()),
  stopAt: v.exactOptional(count),
  environment: environmentSchema,
  state: v.object({
    step: count,
    counts: v.object({ realised: counts, recent: counts }),
    points: v.pipe(v.array(pointSchema), v.maxLength(5_000_000)),
    trajectory: v.pipe(
      trajectorySchema,
      v.transform((all) => [...all]),
    ),
    rules: v.exactOptional(rules),
    measured: v.pipe(v.number(), v.integer(), v.minValue(-1)),
  }),
});

/**
 * @param where the file, for the message
 * @throws DataError with one sentence: where, which field, what would be right; SpecError if the spec cannot be read
 */
export function parseSnapshotFacts(value: unknown, where: string): SnapshotFacts {
  const result = v.safeParse(factsSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    const field = v.getDotPath(issue) ?? "its text";
    throw new DataError(`${where}: ${field} is not as in a ${SNAPSHOT_FORMAT} (${issueText(issue)})`);
  }
  const { spec, parent, ...facts } = result.output;
  return {
    ...facts,
    spec: parseWrittenSpec(spec, `${where}: spec`),
    ...(parent !== undefined && { parent: parseParent(parent, `${where}: parent`) }),
  };
}
