// Where a study's runs are gathered from: folders of sweeps, studies' zips and compact files, folders that hold these, and loose
// records, which are told by what they trained. Reads; joins nothing.
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { parseRecordFile, type RecordFile } from "../../core/export/recordJson.ts";
import { givenJson } from "../../core/formats/givenText.ts";
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { misfitSentence, misfitsOf } from "../../core/record/misfits.ts";
import { RUN_SCHEMA } from "../../core/record/runRecord.ts";
import { differingField } from "../../core/spec/differingField.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { parseStudyResults, type StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import { RESULTS_SCHEMA } from "../../core/study/results/studyResults.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { readGiven } from "../files/readGiven.ts";
import { readCollected } from "./collectedRuns.ts";
import { openArchive } from "./studyArchiveFile.ts";
import { copyRun, readRecord, readStudy, writeRun } from "./studyFolder.ts";

export interface CollectPlace {
  readonly name: string;
  readonly study?: Study; // all have it but loose records
  /** @param dir where it is gathered @throws SpecError in one sentence for a record that cannot be counted */
  read(run: StudyRun, dir: string): Promise<CellRun | undefined>;
  /** Into `dir`, the record that was read before; left out where there are results alone. */
  readonly take?: (run: StudyRun, dir: string) => Promise<void>;
}

/**
 * @param say told of records that are damaged or were altered
 * @throws SpecError for a folder in which there is nothing to gather
 */
export async function collectPlaces(
  folder: string,
  say: (sentence: string) => void,
): Promise<CollectPlace[]> {
  const own = await studyPlaces(folder);
  if (own.length > 0) return own;
  const places: CollectPlace[] = [];
  const loose: string[] = [];
  await walk(folder, DEPTH, { places, loose, say });
  if (loose.length > 0) places.push(await loosePlace(folder, loose, say));
  if (places.length > 0) return places;
  throw new SpecError(
    `--collect ${folder}: has no study and no record of a run; name a folder of lab sweep, a study’s zip or results, or a folder of these or of records`,
  );
}

/** Of a folder of `lab sweep`, a study's zip or its results; none for what is none of them. */
async function studyPlaces(name: string): Promise<CollectPlace[]> {
  const study = await readStudy(name);
  if (study) {
    const runs = [...(await readCollected(name)).values()];
    const brief = runs.length > 0 ? [briefPlace(name, { study, result: { runs, missing: [] } })] : [];
    return [folderPlace(name, study), ...brief];
  }
  if (/\.zip$/i.test(name)) return [await archivePlace(name)];
  if (!(await startsWith(name, RESULTS_SCHEMA))) return [];
  const given = givenJson(await readGiven(name, "a study"), name, "a study");
  return [briefPlace(name, parseStudyResults(given, name))];
}

const folderPlace = (name: string, study: Study): CollectPlace => ({
  name,
  study,
  async read(run) {
    const record = await readRecord(name, run);
    return record && collectRun(run, record);
  },
  take: (run, dir) => copyRun(name, dir, run),
});

async function archivePlace(name: string): Promise<CollectPlace> {
  const opened = await openArchive(name);
  const { study, records } = opened;
  if (records.size === 0) return briefPlace(name, opened);
  return {
    name,
    study,
    read(run) {
      const record = records.get(runKey(run))?.record;
      return Promise.resolve(record && collectRun(run, record));
    },
    async take(run, dir) {
      const { record, queryValues } = records.get(runKey(run))!;
      await writeRun(dir, run, record, queryValues);
    },
  };
}

function briefPlace(name: string, { study, result }: StudyWithResult): CollectPlace {
  const runs = new Map(result.runs.map((run) => [runKey(run), run]));
  return { name, study, read: (run) => Promise.resolve(runs.get(runKey(run))) };
}

/** A project's record is in `out` of its folder. */
const DEPTH = 3;

async function walk(
  folder: string,
  depth: number,
  found: {
    readonly places: CollectPlace[];
    readonly loose: string[];
    readonly say: (sentence: string) => void;
  },
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) {
      const places = await studyPlaces(file);
      found.places.push(...places);
      if (places.length === 0) await walk(file, depth - 1, found);
    } else if (entry.isFile() && /\.(zip|json)$/i.test(entry.name)) {
      if (await startsWith(file, RUN_SCHEMA)) found.loose.push(file);
      else
        await studyPlaces(file).then(
          (places) => found.places.push(...places),
          (error: unknown) => found.say(`${messageOf(error)}; left out`),
        );
    }
  }
}

/** A record and a study's results say first what they are. @returns false of a folder, and of what cannot be read */
async function startsWith(file: string, schema: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  try {
    const { buffer, bytesRead } = await handle!.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.toString("latin1", 0, bytesRead).includes(schema);
  } catch {
    return false;
  } finally {
    await handle?.close();
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
    async read(run, dir) {
      const record = (await find(run, dir))?.record;
      return record && collectRun(run, record);
    },
    async take(run, dir) {
      const found = await find(run, dir);
      if (found) await writeRun(dir, run, found.record, found.queryValues);
    },
  };
}

const parsed = async (file: string): Promise<RecordFile> =>
  parseRecordFile(givenJson(await readGiven(file, "a run.json"), file, "a run.json"), file);
