// Several runs as one JSON file: of each its record, as a run.json has it, and beside it what a person said of it. Writes no file.
import * as v from "valibot";
import { SpecError } from "../inputError.ts";
import type { StoredRun } from "../record/storedRun.ts";
import { recordJson, type RecordFile } from "./recordJson.ts";
import { issueText } from "../issueText.ts";

export const RUNS_SCHEMA = "hybrid-batch-lab/runs@1";

/** Presentation: no part of the record. */
export type ExportedLabels = Pick<StoredRun, "name" | "named" | "starred" | "note" | "tags">;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const fileSchema = v.object({
  schema: v.literal(RUNS_SCHEMA),
  runs: v.array(
    v.object({
      labels: v.object({
        name: text(500),
        named: v.exactOptional(v.boolean()), // by a person
        starred: v.boolean(),
        note: v.exactOptional(text(10_000)),
        tags: v.exactOptional(v.pipe(v.array(text(500)), v.readonly())),
      }),
      run: v.unknown(), // a run.json
    }),
  ),
});

export type RunsFile = v.InferOutput<typeof fileSchema>;

/** One run's part of the file. */
export function runsFileEntry(labels: ExportedLabels, file: RecordFile): string {
  const { name, named, starred, note, tags } = labels;
  const run = recordJson(file.record, file.queryValues, file.startValues).trimEnd();
  return `{"labels": ${JSON.stringify({ name, named, starred, note, tags })},\n"run": ${run}}`;
}

/** The file in parts, to be joined: its whole text may be longer than a string can be. */
export function runsFile(entries: readonly string[]): readonly string[] {
  const parts = entries.flatMap((entry, i) => (i === 0 ? [entry] : [",\n", entry]));
  return [`{"schema": "${RUNS_SCHEMA}", "runs": [\n`, ...parts, "\n]}\n"];
}

/** Whether parsed JSON says that it is such a file. */
export const isRunsFile = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "schema" in value && value.schema === RUNS_SCHEMA;

/** @throws SpecError with one sentence: the file, the field, what is wrong. The records in it are not parsed yet. */
export function parseRunsFile(value: unknown, where: string): RunsFile {
  const result = v.safeParse(fileSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new SpecError(
    `${where}: ${v.getDotPath(issue) ?? "the file"} is not as exported (${issueText(issue)})`,
  );
}
