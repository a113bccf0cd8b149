// A study in a folder: study.json, a record of each run, what its questions came to, why a run failed, summary.json. Reads
// and writes files; decides nothing about the study.
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { givenJson } from "../../core/formats/givenText.ts";
import { InputError, SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { misfitSentence, misfitsOf } from "../../core/record/misfits.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import { writtenRecord, type RunRecord } from "../../core/record/runRecord.ts";
import { differingField } from "../../core/spec/differingField.ts";
import { parseQueryValues, queryValuesJson, type QueryValues } from "../../core/stats/queryValues.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { parseStudy, writtenStudy } from "../../core/study/parseStudy.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import { NOT_RUN, type CellRun, type NoRun, type StudyResult } from "../../core/study/studyResult.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { studySummary } from "../../core/study/results/studySummary.ts";
import { codeOf } from "../files/codeOf.ts";
import { readGiven } from "../files/readGiven.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { readCollected } from "./collectedRuns.ts";

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

type Key = Pick<StudyRun, "cell" | "seed">;

export const studyFile = (dir: string) => path.join(dir, "study.json");
export const summaryFile = (dir: string) => path.join(dir, "summary.json");
export const recordFile = (dir: string, run: Key) => path.join(dir, "runs", `${runKey(run)}.json`);
const failureFile = (dir: string, run: Key) => path.join(dir, "runs", `${runKey(run)}.failed`);
const queriesFile = (dir: string, run: Key) => path.join(dir, "queries", `${runKey(run)}.json.gz`);
/** Rankings of a run, where they were asked for. */
export const trecFolder = (dir: string, run: Key) => path.join(dir, "trec", runKey(run));

/** @returns undefined where there is none @throws SpecError where it cannot be read */
export async function readStudy(dir: string): Promise<Study | undefined> {
  const file = studyFile(dir);
  if (!existsSync(file)) return undefined;
  return parseStudy(givenJson(await readGiven(file, "a study.json"), file, "a study.json"), file);
}

export const writeStudy = (dir: string, study: Study): Promise<void> =>
  replaceFile(studyFile(dir), `${JSON.stringify(writtenStudy(study), null, 1)}\n`);

/** A record on one line, and beside it, packed, what its questions came to: a third of what `lab run --out` writes. */
export async function writeRun(
  dir: string,
  run: Key,
  record: RunRecord,
  values?: QueryValues,
): Promise<void> {
  if (values) {
    const { pools: _, ...kept } = values; // of each pair of languages: nine parts of ten, and not asked for
    await replaceFile(queriesFile(dir, run), await zip(JSON.stringify(queryValuesJson(kept))));
  }
  await replaceFile(recordFile(dir, run), `${JSON.stringify(writtenRecord(record))}\n`);
  await rm(failureFile(dir, run), { force: true });
}

export const writeFailure = (dir: string, run: Key, why: string): Promise<void> =>
  replaceFile(failureFile(dir, run), `${why}\n`);

/** A run's record; undefined where there is none. @throws SpecError where it is damaged, altered or another run's */
export async function readRecord(dir: string, run: StudyRun): Promise<RunRecord | undefined> {
  const file = recordFile(dir, run);
  if (!existsSync(file)) return undefined;
  const record = parseRunRecord(givenJson(await readGiven(file, "a run.json"), file, "a run.json"), file);
  const { spec } = await fedRun(run, (source) => readRecord(dir, source)).catch((error: unknown) => {
    throw error instanceof InputError ? new SpecError(`${file}: ${error.message}`, { cause: error }) : error;
  });
  const field = differingField(spec, record.spec);
  if (field) {
    throw new SpecError(`${file}: is of another run: its ${field.path} is ${field.is}, not ${field.was}`);
  }
  const misfits = misfitsOf({ record });
  if (misfits.length > 0) throw new SpecError(misfitSentence(file, misfits));
  return record;
}

/** Left out where they are not kept or cannot be read: no verdict hangs on them alone. From a study's zip they are not packed. */
export async function readValues(dir: string, run: Key): Promise<QueryValues | undefined> {
  const file = queriesFile(dir, run);
  const plain = file.replace(/\.gz$/, "");
  try {
    const bytes = existsSync(file) ? await unzip(await readFile(file)) : await readFile(plain);
    return parseQueryValues(JSON.parse(bytes.toString("utf8")), file);
  } catch {
    return undefined;
  }
}

async function whyNot(dir: string, run: Key): Promise<string> {
  return readFile(failureFile(dir, run), "utf8").then(
    (text) => text.trim(),
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return NOT_RUN;
      throw error;
    },
  );
}

/** All that a folder has of its study, in the study's order. @param withValues also of single questions */
export async function readResult(dir: string, study: Study, withValues = false): Promise<StudyResult> {
  const runs: CellRun[] = [];
  const missing: NoRun[] = [];
  const brief = await readCollected(dir);
  for (const run of studyRuns(study)) {
    const { cell, seed } = run;
    try {
      const record = await readRecord(dir, run);
      const collected = brief.get(runKey(run));
      if (record) runs.push(collectRun(run, record, withValues ? await readValues(dir, run) : undefined));
      else if (collected) runs.push(collected);
      else missing.push({ cell, seed, why: await whyNot(dir, run) });
    } catch (error) {
      missing.push({ cell, seed, why: messageOf(error) });
    }
  }
  return { runs, missing };
}

/** Written anew from what the folder has. */
export async function writeSummary(dir: string, study: Study): Promise<StudyResult> {
  const result = await readResult(dir, study);
  await replaceFile(summaryFile(dir), studySummary(study, result));
  return result;
}

/** From one study's folder to another. */
export async function copyRun(from: string, to: string, run: Key): Promise<void> {
  const values = await readFile(queriesFile(from, run)).catch(() => undefined); // not kept
  if (values) await replaceFile(queriesFile(to, run), values);
  await replaceFile(recordFile(to, run), await readFile(recordFile(from, run)));
  await rm(failureFile(to, run), { force: true });
}
