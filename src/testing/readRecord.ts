// Reads a run.json that a command wrote, as the lab itself reads it.
import { readFile } from "node:fs/promises";
import { parseRecordFile } from "../core/export/recordJson.ts";
import type { RunRecord } from "../core/record/runRecord.ts";

export async function readRecord(file: string): Promise<RunRecord> {
  return parseRecordFile(JSON.parse(await readFile(file, "utf8")), file).record;
}
