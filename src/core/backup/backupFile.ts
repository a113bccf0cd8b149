// What a backup of a browser holds: its head, and rows as the browser's storage has them, each a packed JSON of its own. Reads
// and writes no storage; what rows mean is their own parsers'.
import { gzipped } from "../gzip.ts";
import * as v from "valibot";
import { DataError, SpecError } from "../inputError.ts";
import { gunzip } from "../formats/expandedStream.ts";
import { readText } from "../formats/readText.ts";
import { blobFile } from "../formats/sourceFile.ts";
import { messageOf } from "../messageOf.ts";
import { migrateStored, newestVersion, type Steps, type StoredObject } from "../migrate.ts";
import { issueText } from "../issueText.ts";

export const BACKUP_SCHEMA = "hybrid-batch-lab/backup@1";
export const HEAD_NAME = "backup.json";

/** `STEPS[n]` rewrites the head of a backup of format n. Rows go by their own formats, and names of entries by this one's. */
const STEPS: Steps<StoredObject> = {};
export const BACKUP_FORMAT = newestVersion(STEPS);

const headSchema = v.object({
  schema: v.literal(BACKUP_SCHEMA),
  format: v.literal(BACKUP_FORMAT),
  lab: v.pipe(v.string(), v.maxLength(100)), // version
  createdAt: v.pipe(v.number(), v.finite()), // ms since 1970
  draft: v.exactOptional(v.pipe(v.string(), v.maxLength(100_000))), // the form, as a link
  preferences: v.exactOptional(v.pipe(v.string(), v.maxLength(100_000))), // as the browser keeps them
});

export type BackupHead = v.InferOutput<typeof headSchema>;

/** @throws SpecError in one sentence: other schema, a newer format, a field that is not as written */
export function parseBackupHead(value: unknown, where: string): BackupHead {
  const { schema, format } = (typeof value === "object" && value !== null ? value : {}) as StoredObject;
  if (schema !== BACKUP_SCHEMA) {
    const got = JSON.stringify(schema)?.slice(0, 60) ?? "none";
    throw new SpecError(
      `${where}: is no backup of the lab; its "schema" must be "${BACKUP_SCHEMA}", got ${got}`,
    );
  }
  if (typeof format === "number" && format > BACKUP_FORMAT) {
    throw new SpecError(
      `${where}: its format is ${format}, but this lab reads backups up to ${BACKUP_FORMAT}; a newer lab wrote it`,
    );
  }
  const result = v.safeParse(headSchema, migrateStored(value, "format", STEPS));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new SpecError(
    `${where}: ${v.getDotPath(issue) ?? "the head"} is not as in ${BACKUP_SCHEMA} (${issueText(issue)})`,
  );
}

/** A row of the browser's storage as packed JSON; typed arrays become lists, which their parsers read as well. */
export function packRow(row: unknown): Promise<Blob> {
  const text = JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof Float32Array) return Array.from(value, exactly);
    return ArrayBuffer.isView(value) ? Array.from(value as Uint16Array) : value;
  });
  return gzipped(text);
}

/** 9 significant digits bring back the same float32; an undefined value is null. */
const exactly = (value: number) => (Number.isNaN(value) ? null : Number(value.toPrecision(9)));

/** @throws DataError in one sentence where it is not whole, expands beyond its bounds or is no JSON */
export async function unpackRow(packed: Blob, where: string): Promise<unknown> {
  const file = blobFile(where, packed);
  const text = await readText({ ...file, stream: () => gunzip(() => packed.stream(), where, packed.size) });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DataError(`${where}: is not JSON (${messageOf(cause)})`, { cause });
  }
}
