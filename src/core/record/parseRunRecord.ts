// A run record from a file or a store: hostile until every part has been checked here.
import * as v from "valibot";
import { AGE, AGES, type Age } from "../age.ts";
import { BATCH_KINDS } from "../spec/batchKind.ts";
import { notARun } from "../formats/labFile.ts";
import { migrate, type Steps, type StoredObject } from "../migrate.ts";
import { parseWrittenSpec } from "../spec/parseSpec.ts";
import { SpecError } from "../inputError.ts";
import { baselinesSchema } from "./baselines.ts";
import { trajectorySchema } from "./decisionSchema.ts";
import { engineSchema } from "./engine.ts";
import { finalTestSchema } from "./finalTest.ts";
import { finalSchema } from "./finalForm.ts";
import { parseParent } from "./parseParent.ts";
import { RUN_SCHEMA, type RunRecord } from "./runRecord.ts";
import { issueText } from "../issueText.ts";

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(200));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"));

export const pointSchema = v.strictObject({
  step: count,
  metric: name,
  value: finite,
  lang: v.exactOptional(name),
  kind: v.exactOptional(v.picklist(BATCH_KINDS)),
});

export const environmentSchema = v.object({
  backend: v.picklist(["webgpu", "wasm", "cpu"]),
  adapter: name,
  versions: v.record(name, name),
  arithmetic: v.exactOptional(count),
  dataSha256: v.record(name, sha256),
  encoderSha256: sha256,
  tokenizerSha256: v.exactOptional(sha256),
  teacherSha256: v.exactOptional(sha256),
});

const recordSchema = v.object({
  schema: v.literal(RUN_SCHEMA),
  format: v.exactOptional(v.picklist(Object.keys(AGES).map(Number) as Age[])),
  spec: v.unknown(),
  parent: v.exactOptional(v.unknown()),
  stoppedAt: v.exactOptional(count),
  trajectory: v.exactOptional(trajectorySchema),
  engine: v.exactOptional(engineSchema),
  environment: environmentSchema,
  points: v.pipe(v.array(pointSchema), v.maxLength(5_000_000)),
  realised: v.record(name, v.pipe(v.number(), v.minValue(0))),
  final: finalSchema,
  digest: sha256,
  finalTest: v.exactOptional(finalTestSchema),
  baselines: v.exactOptional(baselinesSchema),
});

const isObject = (value: unknown): value is StoredObject => typeof value === "object" && value !== null;

/**
 * `STEPS[n]` rewrites a record of format n, 1 where it states none; what its digest covers must stay. Fields, kinds and
 * metrics that came later need no step: their rows say what a record without them means.
 */
const STEPS: Steps<StoredObject> = {};

/**
 * @param where the file or store the value came from, for the message
 * @throws SpecError with one sentence: where, which field, what would be right
 */
export function parseRunRecord(value: unknown, where: string): RunRecord {
  const format: unknown = isObject(value) ? value["format"] : undefined;
  if (typeof format === "number" && format > AGE) {
    throw new SpecError(
      `${where}: format is ${format}, but this lab reads records up to ${AGE}; a newer lab wrote it`,
    );
  }
  const now = isObject(value) ? migrate(value, typeof format === "number" ? format : 1, STEPS) : value;
  const result = v.safeParse(recordSchema, now);
  if (!result.success) {
    const other = notARun(now);
    if (other !== undefined) throw new SpecError(`${where}: ${other}`);
    const issue = result.issues[0];
    const field = v.getDotPath(issue) ?? "the file";
    throw new SpecError(`${where}: ${field} is not as in a ${RUN_SCHEMA} record (${issueText(issue)})`);
  }
  const { parent, spec, ...record } = result.output;
  return {
    ...record,
    spec: parseWrittenSpec(spec, `${where}: spec`),
    ...(parent !== undefined && { parent: parseParent(parent, `${where}: parent`) }),
  };
}
