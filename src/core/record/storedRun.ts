// A run as the browser keeps it between visits. What comes back from a store is hostile until parsed here.
import * as v from "valibot";
import { migrateStored, newestVersion, type Steps, type StoredObject } from "../migrate.ts";
import { trajectorySchema } from "./decisionSchema.ts";
import { parseRunRecord, pointSchema } from "./parseRunRecord.ts";
import type { Point } from "./point.ts";
import { writtenRecord, type RunRecord } from "./runRecord.ts";
import type { Parent } from "../spec/lineage.ts";
import { parseParent } from "./parseParent.ts";
import { parseWrittenSpec } from "../spec/parseSpec.ts";
import { SpecError } from "../inputError.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { parseQueryValues, type QueryValues } from "../stats/queryValues.ts";
import { allPoints, appendPoints, NO_POINTS, type PointColumns } from "./pointColumns.ts";
import { issueText } from "../issueText.ts";

/**
 * `STEPS[n]` rewrites what format n stored, of the list or of the details. A shape below that changes gets one; a spec and a
 * record inside go by their own age.
 */
const STEPS: Steps<StoredObject> = {};
export const STORED_FORMAT = newestVersion(STEPS);

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const short = v.pipe(v.string(), v.maxLength(500));
const long = v.pipe(v.string(), v.maxLength(10_000));
const sentences = v.pipe(v.array(long), v.readonly());

export const RUN_STATUSES = [
  "preparing",
  "running",
  "paused",
  "finished",
  "stopped",
  "failed",
  "interrupted",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const change = v.object({ before: v.exactOptional(finite), now: finite, step: count });
const summarySchema = v.record(short, change);

const runSchema = v.object({
  format: v.literal(STORED_FORMAT),
  id: short,
  name: short,
  named: v.exactOptional(v.boolean()), // by a person; older labs did not say
  starred: v.boolean(),
  note: v.exactOptional(long), // a person's own words
  tags: v.exactOptional(v.pipe(v.array(short), v.readonly())),
  colour: count,
  createdAt: finite, // ms since 1970
  spec: v.unknown(),
  parent: v.exactOptional(v.unknown()), // of a branch
  parentId: v.exactOptional(short), // of the run of this browser that it branched off, which may be gone
  stopAt: v.exactOptional(count), // the step at which it was asked to stop before its end
  trajectory: v.exactOptional(trajectorySchema), // what a hand decided of its mix
  presetName: short,
  status: v.picklist(RUN_STATUSES),
  step: count, // training steps done
  summary: summarySchema,
  digest: v.exactOptional(short), // of its record, once that is known
  finalTest: v.exactOptional(v.object({ values: v.record(short, finite), queries: count, pool: count })),
  startKey: v.exactOptional(short), // of the values before training, which runs of one start share
  notices: sentences,
  misfits: v.exactOptional(sentences), // what in its record does not fit the rest of it
  error: v.exactOptional(
    v.object({
      kind: v.picklist(["input", "device", "storage", "internal"]),
      name: short,
      message: long,
      instead: v.exactOptional(v.literal("branch")),
    }),
  ),
  device: v.exactOptional(
    v.object({
      backend: v.picklist(["webgpu", "wasm", "cpu"]),
      adapter: short,
      notes: sentences,
      versions: v.record(short, short),
    }),
  ),
});

/** What the list shows: small, so that hundreds are read at once. */
export type StoredRun = Omit<v.InferOutput<typeof runSchema>, "spec" | "parent"> & {
  readonly spec: ExperimentSpec;
  readonly parent?: Parent;
};

const startSchema = v.object({ format: v.literal(STORED_FORMAT), queryValues: v.unknown() });

const matrixSchema = v.object({
  step: count,
  matrix: v.record(short, v.record(short, v.nullable(finite))),
});
const columnSchema = v.pipe(
  v.object({
    metric: pointSchema.entries.metric,
    lang: pointSchema.entries.lang,
    kind: pointSchema.entries.kind,
    steps: v.array(count),
    values: v.array(finite),
  }),
  v.check(({ steps, values }) => steps.length === values.length, "has steps and values of unequal number"),
);
const detailSchema = v.object({
  format: v.literal(STORED_FORMAT),
  id: short,
  columns: v.array(columnSchema), // empty where the record holds the points
  trunk: v.exactOptional(v.array(columnSchema)),
  record: v.exactOptional(v.unknown()),
  queryValues: v.exactOptional(v.unknown()),
  matrixBefore: v.exactOptional(matrixSchema),
  matrix: v.exactOptional(matrixSchema),
});

const tailSchema = v.object({
  format: v.literal(STORED_FORMAT),
  points: v.array(pointSchema),
  matrix: v.exactOptional(matrixSchema),
  record: v.exactOptional(v.unknown()),
  queryValues: v.exactOptional(v.unknown()),
  told: v.exactOptional(v.pick(runSchema, ["device", "notices"])),
});

export type StepMatrix = v.InferOutput<typeof matrixSchema>;

/** What is read on demand: every point, the matrices and, once the run has ended, its record. */
export interface RunDetail {
  readonly points: PointColumns;
  /** Of a branch: what the runs it comes from told up to its step. */
  readonly trunk?: PointColumns;
  readonly record?: RunRecord;
  readonly queryValues?: QueryValues; // absent from runs of older versions and of very large evaluations
  readonly startValues?: QueryValues; // the same before training; stored apart, under the run's `startKey`
  readonly matrixBefore?: StepMatrix;
  readonly matrix?: StepMatrix;
}

function parse<S extends v.GenericSchema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, migrateStored(value, "format", STEPS));
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new SpecError(
    `${where}: ${v.getDotPath(issue) ?? "the entry"} is not as stored (${issueText(issue)})`,
  );
}

/** @throws SpecError with one sentence naming `where` and the field */
export function parseStoredRun(value: unknown, where: string): StoredRun {
  const { parent, ...stored } = parse(runSchema, value, where);
  return {
    ...stored,
    spec: parseWrittenSpec(stored.spec, `${where}: spec`),
    ...(parent !== undefined && { parent: parseParent(parent, `${where}: parent`, "part") }),
  };
}

/** @throws SpecError with one sentence naming `where` and the field */
export function parseStoredDetail(value: unknown, where: string): RunDetail {
  const { columns, trunk, record, queryValues, matrixBefore, matrix } = parse(detailSchema, value, where);
  const end = parseEnd({ record, queryValues }, where);
  return {
    points: end.record ? appendPoints(NO_POINTS, end.record.points) : fromColumns(columns),
    ...(trunk && { trunk: fromColumns(trunk) }),
    ...end,
    ...(matrixBefore && { matrixBefore }),
    ...(matrix && { matrix }),
  };
}

function parseEnd(
  { record, queryValues }: { readonly record?: unknown; readonly queryValues?: unknown },
  where: string,
): Pick<RunDetail, "record" | "queryValues"> {
  return {
    ...(record !== undefined && { record: parseRunRecord(record, where) }),
    ...(queryValues !== undefined && {
      queryValues: parseQueryValues(queryValues, `${where}: queryValues`),
    }),
  };
}

const fromColumns = (columns: readonly v.InferOutput<typeof columnSchema>[]): PointColumns =>
  columns.reduce<PointColumns>((all, { steps, values, ...of }) => {
    const points = steps.map((step, i) => ({ ...of, step, value: values[i]! }));
    return appendPoints(all, points);
  }, NO_POINTS);

const toColumns = (points: PointColumns) =>
  [...points.values()].map(({ steps, values, length, ...of }) => ({
    ...of,
    steps: steps.slice(0, length),
    values: values.slice(0, length),
  }));

/** The stored form of a detail; a record's points are not written twice. */
export function storedDetail(id: string, detail: RunDetail) {
  const { points, trunk, record, queryValues, matrixBefore, matrix } = detail;
  return {
    format: STORED_FORMAT,
    id,
    columns: record ? [] : toColumns(points),
    ...(trunk && { trunk: toColumns(trunk) }),
    ...(record && { record: writtenRecord(record) }),
    ...(queryValues && { queryValues }),
    ...(matrixBefore && { matrixBefore }),
    ...(matrix && { matrix }),
  };
}

/** What a run told after its details were last written: kept word by word, so that a page which dies loses none of it. */
export interface RunTail {
  readonly points: readonly Point[];
  readonly matrix?: StepMatrix;
  /** Its end. */
  readonly record?: RunRecord;
  readonly queryValues?: QueryValues | undefined;
  /** What it had told by then, which the list shows. */
  readonly told?: Pick<StoredRun, "device" | "notices">;
}

/** @throws SpecError with one sentence naming `where` and the field */
export function parseStoredTail(value: unknown, where: string): RunTail {
  const { points, matrix, record, queryValues, told } = parse(tailSchema, value, where);
  const end = parseEnd({ record, queryValues }, where);
  return { points, ...(matrix && { matrix }), ...end, ...(told && { told }) };
}

/** The stored form of a tail's part. */
export const storedTail = ({ record, queryValues, ...tail }: RunTail) => ({
  format: STORED_FORMAT,
  ...tail,
  ...(record && { record: writtenRecord(record) }),
  ...(queryValues && { queryValues }),
});

/** @throws SpecError with one sentence naming `where` and the field */
export function parseStoredStart(value: unknown, where: string): QueryValues {
  return parseQueryValues(parse(startSchema, value, where).queryValues, `${where}: queryValues`);
}

/** The stored form of the values before training. */
export const storedStart = (queryValues: QueryValues) => ({ format: STORED_FORMAT, queryValues });

/** The points of a run for a file: as the record has them, or column by column while there is none. */
export function detailPoints({ record, points }: Pick<RunDetail, "record" | "points">) {
  return record ? record.points : allPoints(points);
}
