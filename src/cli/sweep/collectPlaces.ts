// Where records of a study's runs are gathered from: folders of sweeps, folders that hold such folders, and loose records, which
// are told by what they trained. Reads; joins nothing.
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { parseRecordFile, type RecordFile } from "../../core/export/recordJson.ts";
import { givenJson } from "../../core/formats/givenText.ts";
import { SpecError } from "../../core/inputError.ts";
import { misfitSentence, misfitsOf } from "../../core/record/misfits.ts";
import { RUN_SCHEMA, type RunRecord } from "../../core/record/runRecord.ts";
import { differingField } from "../../core/spec/differingField.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import type { Study, StudyRun } from "../../core/study/study.ts";
import { readGiven } from "../files/readGiven.ts";
import { copyRun, readRecord, readStudy, writeRun } from "./studyFolder.ts";

export interface CollectPlace {
  readonly name: string;
  readonly study?: Study; // a folder of a sweep has it
  /** @param dir where it is gathered @throws SpecError in one sentence for a record that cannot be counted */
  read(run: StudyRun, dir: string): Promise<RunRecord | undefined>;
  /** Into `dir`, what was read before. */
  take(run: StudyRun, dir: string): Promise<void>;
}

/**
 * @param say told of records that are damaged or were altered
 * @throws SpecError for a folder in which there is nothing to gather
 */
export async function collectPlaces(
  folder: string,
  say: (sentence: string) => void,
): Promise<CollectPlace[]> {
  const own = await sweepPlace(folder);
  if (own) return [own];
  const places: CollectPlace[] = [];
  const loose: string[] = [];
  await walk(folder, DEPTH, { places, loose });
  if (loose.length > 0) places.push(await loosePlace(folder, loose, say));
  if (places.length > 0) return places;
  throw new SpecError(
    `--collect ${folder}: has no study.json and no record of a run; name a folder of lab sweep, one of such folders, or one of records`,
  );
}

async function sweepPlace(folder: string): Promise<CollectPlace | undefined> {
  const study = await readStudy(folder);
  if (!study) return undefined;
  return {
    name: folder,
    study,
    read: (run) => readRecord(folder, run),
    take: (run, dir) => copyRun(folder, dir, run),
  };
}

/** A project's record is in `out` of its folder. */
const DEPTH = 3;

async function walk(
  folder: string,
  depth: number,
  found: { readonly places: CollectPlace[]; readonly loose: string[] },
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) {
      const place = await sweepPlace(file);
      if (place) found.places.push(place);
      else await walk(file, depth - 1, found);
    } else if (entry.isFile() && entry.name.endsWith(".json") && (await isRecord(file)))
      found.loose.push(file);
  }
}

/** A record says first what it is. */
async function isRecord(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.toString("latin1", 0, bytesRead).includes(RUN_SCHEMA);
  } finally {
    await handle.close();
  }
}

/** Of each file only what it trained is held: a record with the values of single questions is long. */
async function loosePlace(
  folder: string,
  files: readonly string[],
  say: (sentence: string) => void,
): Promise<CollectPlace> {
  const trained: { readonly file: string; readonly spec: ExperimentSpec }[] = [];
  for (const file of files) {
    try {
      const whole = await parsed(file);
      const misfits = misfitsOf(whole);
      if (misfits.length > 0) throw new SpecError(misfitSentence(file, misfits));
      trained.push({ file, spec: whole.record.spec });
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      say(`${error.message}; left out`);
    }
  }
  const find = async (run: StudyRun, dir: string): Promise<RecordFile | undefined> => {
    const asked = await fedRun(run, (source) => readRecord(dir, source)).catch(() => undefined);
    const found = asked && trained.find(({ spec }) => !differingField(asked.spec, spec));
    return found && parsed(found.file);
  };
  return {
    name: folder,
    read: async (run, dir) => (await find(run, dir))?.record,
    async take(run, dir) {
      const found = await find(run, dir);
      if (found) await writeRun(dir, run, found.record, found.queryValues);
    },
  };
}

const parsed = async (file: string): Promise<RecordFile> =>
  parseRecordFile(givenJson(await readGiven(file, "a run.json"), file, "a run.json"), file);
