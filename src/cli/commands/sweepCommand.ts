// `lab sweep`: all runs of a study, in a folder that can be gone on with, joined from parts, and summed up again.
import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { counted } from "../../core/counted.ts";
import { SpecError } from "../../core/inputError.ts";
import { AUTOMATIC, parseCadence } from "../../core/run/cadence.ts";
import { duration } from "../../core/run/duration.ts";
import { builtInStudy, STUDIES } from "../../core/study/studies.ts";
import { continuedStudy } from "../../core/study/moreSeeds.ts";
import { STUDY_SIZES } from "../../core/study/studySizes.ts";
import { studyIdentity } from "../../core/study/studyIdentity.ts";
import { sizeCost } from "../../core/study/sizeCost.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import { detectWords } from "../../core/study/words/detectWords.ts";
import { takeLock } from "../files/lockFile.ts";
import { checkFolderPlace } from "../files/outPlaces.ts";
import { createKeptPorts } from "../keptPorts.ts";
import { checkCells } from "../sweep/checkCells.ts";
import { readCollected } from "../sweep/collectedRuns.ts";
import { collectFolders, widenedStudy } from "../sweep/collectFolders.ts";
import { collectPlaces } from "../sweep/collectPlaces.ts";
import { checkCost, costOf, costText } from "../sweep/cost.ts";
import { namedRuns, runCommands } from "../sweep/runCommands.ts";
import { namedStudy, withSettings } from "../sweep/studySource.ts";
import {
  readRecord,
  readStudy,
  recordFile,
  summaryFile,
  writeStudy,
  writeSummary,
} from "../sweep/studyFolder.ts";
import { trainAll } from "../sweep/trainAll.ts";
import { QUIET, type CommandIo, type ExitCode } from "./commandIo.ts";
import { isStudy } from "./reportStudy.ts";

export const SWEEP_OPTIONS = {
  size: { type: "string" },
  set: { type: "string", multiple: true },
  out: { type: "string" },
  jobs: { type: "string" },
  "checkpoint-every": { type: "string" },
  "trec-depth": { type: "string" },
  resume: { type: "boolean" },
  collect: { type: "string", multiple: true },
  list: { type: "boolean" },
  run: { type: "string", multiple: true },
  yes: { type: "boolean" },
  ...QUIET,
} as const;

type Values = ReturnType<typeof parse>["values"];
const parse = (args: string[]) => parseArgs({ args, options: SWEEP_OPTIONS, allowPositionals: true });

export async function sweepCommand(args: string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parse(args);
  if (values.list) {
    for (const line of await listLines(positionals, values)) io.out(line);
    return 0;
  }
  const { out: dir } = values;
  // A shell's DIR/* gives --collect its first place, and the others stand alone.
  const parts = new Set<string>();
  for (const word of values.collect ? positionals : []) {
    if (statSync(word, { throwIfNoEntry: false })?.isDirectory() || (await isStudy(word))) parts.add(word);
  }
  const folders = values.collect && [...values.collect, ...parts];
  const [name, ...more] = positionals.filter((word) => !parts.has(word));
  if (dir === undefined || more.length > 0 || (name === undefined && !values.resume && !folders)) {
    throw new SpecError(
      "sweep: write it as: sweep <FILE | study:NAME> --out DIR; sweep --list shows the studies",
    );
  }
  const jobs = readJobs(values.jobs);
  const trecDepth = readDepth(values["trec-depth"]);
  await checkFolderPlace("--out", dir);
  const release = await takeLock(path.join(dir, "lock"), dir);
  try {
    const named =
      name === undefined ? undefined : withSettings(await namedStudy(name, values.size), values.set ?? []);
    return folders
      ? await collect(dir, named, folders, io)
      : await sweep(dir, await studyIn(dir, named, values), { jobs, trecDepth }, values, io);
  } finally {
    await release();
  }
}

/** The study that is asked for, or the one that is there; with more seeds it goes on. @throws SpecError where the two differ */
async function studyIn(dir: string, named: Study | undefined, { resume, set }: Values): Promise<Study> {
  const there = await readStudy(dir);
  if (!named && set) throw new SpecError("--set changes a study; name it beside --resume");
  const study = named ?? there;
  if (!study) throw new SpecError(`--resume: ${dir} has no study.json; name the study`);
  checkSame(dir, there, study);
  const collected = await readCollected(dir);
  const isThere: IsThere = (run) => existsSync(recordFile(dir, run)) || collected.has(runKey(run));
  if (there && !resume && studyRuns(there).some(isThere)) {
    throw new SpecError(`--out ${dir}: has runs of this study already; --resume goes on with them`);
  }
  return there && hasLook(there, isThere) ? continuedStudy(there, study) : study;
}

type IsThere = (run: Pick<StudyRun, "cell" | "seed">) => boolean;

/** Whether its first look may have been had: so many of its seeds have a run in every cell. */
function hasLook({ cells, seeds, looks }: Study, isThere: IsThere): boolean {
  const isWhole = (seed: number) => cells.every(({ name }) => isThere({ cell: name, seed }));
  return seeds.filter(isWhole).length >= (looks?.[0] ?? seeds.length);
}

function checkSame(dir: string, there: Study | undefined, study: Study): void {
  if (!there || studyIdentity(there) === studyIdentity(study)) return;
  throw new SpecError(
    `--out ${dir}: has another study ("${there.title}"), or its cells train something else; name a new folder`,
  );
}

async function sweep(
  dir: string,
  study: Study,
  { jobs, trecDepth }: { readonly jobs: number; readonly trecDepth: number | undefined },
  values: Values,
  io: CommandIo,
): Promise<ExitCode> {
  const say = values.quiet ? () => undefined : io.err;
  const every = values["checkpoint-every"];
  const checkpointEvery = every === undefined ? AUTOMATIC : parseCadence(every, "--checkpoint-every");
  const runs = values.run ? namedRuns(study, values.run) : studyRuns(study);
  const lacking = await waitingRuns(dir, runs, io.err);
  const waiting = values.run ? lacking : withoutCollected(lacking, await readCollected(dir));
  if (runs.length > waiting.length)
    say(`${counted(runs.length - waiting.length, "run")} of ${runs.length} are there already`);
  if (waiting.length > 0) {
    const cells = new Set(
      waiting.flatMap(({ cell, fedBy }) => [cell, ...(fedBy?.runs ?? []).map((run) => run.cell)]),
    );
    const asked = { ...study, cells: study.cells.filter(({ name }) => cells.has(name)) };
    const manifest = await checkCells(asked, createKeptPorts().ports, io.err);
    const cost = await costOf(waiting, manifest, jobs);
    checkCost(cost, values.yes === true);
    say(
      `${study.title}: ${counted(study.cells.length, "cell")} × ${counted(study.seeds.length, "seed")}, ${costText(cost)}, ${counted(jobs, "run")} at a time`,
    );
    say(detectWords(study));
  }
  await writeStudy(dir, study);
  const isWhole =
    waiting.length === 0 ||
    (await trainAll(dir, study, waiting, { jobs, checkpointEvery, trecDepth, say, note: io.err }));
  const code = values.run ? await told(dir, runs, io) : await summarise(dir, study, io);
  return isWhole ? code : 130;
}

/** Of runs that were named alone: a part of the study is summed up with the others. @returns 1 where one has no record */
async function told(dir: string, runs: readonly StudyRun[], io: CommandIo): Promise<0 | 1> {
  const waiting = await waitingRuns(dir, runs, io.err);
  for (const run of runs) if (!waiting.includes(run)) io.out(`run\t${recordFile(dir, run)}`);
  return waiting.length === 0 ? 0 : 1;
}

async function collect(
  dir: string,
  named: Study | undefined,
  folders: readonly string[],
  io: CommandIo,
): Promise<ExitCode> {
  const there = await readStudy(dir);
  if (named) checkSame(dir, there, named);
  const places = (await Promise.all(folders.map((folder) => collectPlaces(folder, io.err)))).flat();
  const study = widenedStudy(named ?? there, places);
  await writeStudy(dir, study);
  const joined = await collectFolders(dir, study, places, io.err);
  const { records, brief } = joined;
  const what = brief > 0 ? ` and the results alone of ${counted(brief, "run")}` : "";
  io.out(`joined\t${counted(records, "record")}${what} from ${folders.join(", ")}`);
  return summarise(dir, study, io);
}

/** @returns 1 where the study is not whole */
async function summarise(dir: string, study: Study, io: CommandIo): Promise<0 | 1> {
  const { runs, missing } = await writeSummary(dir, study);
  for (const run of missing) io.err(`missing: ${runKey(run)}: ${run.why}`);
  io.out(`runs\t${runs.length} of ${runs.length + missing.length}`);
  io.out(`summary\t${summaryFile(dir)}`);
  return missing.length === 0 ? 0 : 1;
}

/** Those without a record; one that is damaged is trained again. */
async function waitingRuns(
  dir: string,
  runs: readonly StudyRun[],
  say: (line: string) => void,
): Promise<StudyRun[]> {
  const waiting: StudyRun[] = [];
  for (const run of runs) {
    try {
      if (!(await readRecord(dir, run))) waiting.push(run);
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      say(`${error.message}; it is trained again`);
      waiting.push(run);
    }
  }
  return waiting;
}

/** Without those of which results are there, as far as no other run is made from their record. */
function withoutCollected(runs: readonly StudyRun[], collected: ReadonlyMap<string, unknown>): StudyRun[] {
  const waiting = runs.filter((run) => !collected.has(runKey(run)));
  const sources = new Set(waiting.flatMap(({ fedBy }) => (fedBy?.runs ?? []).map(runKey)));
  return runs.filter((run) => waiting.includes(run) || sources.has(runKey(run)));
}

function readJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (/^\d{1,3}$/.test(text) && jobs >= 1) return jobs;
  throw new SpecError(`--jobs must be a whole number from 1 to 999, got "${text}"`);
}

/** Of the rankings that each run leaves; undefined: none. */
function readDepth(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new SpecError(`--trec-depth must be a whole number from 1, got "${text}"`);
}

/** Of a study that is named the command of each run; else name and title of those that there are, and what each size takes. */
async function listLines(
  names: readonly string[],
  { size, set = [], out = "runs" }: Values,
): Promise<string[]> {
  const [name, ...more] = names;
  if (more.length > 0) throw new SpecError("sweep: --list is of one study, or of all that come with the lab");
  if (name !== undefined) {
    const study = withSettings(await namedStudy(name, size), set);
    return runCommands(study, { name, size, set, out });
  }
  return STUDIES.flatMap(({ name, title, sizes }) => [
    `study:${name}\t${title}`,
    ...STUDY_SIZES.map((size) => {
      const study = builtInStudy(name, size);
      const runs = studyRuns(study).length;
      const { hours, basis } = sizeCost(runs, study.spec, sizes[size]);
      const time = hours === undefined ? "time" : `about ${duration(3600 * hours)},`;
      return `\t${size}: ${study.cells.length} cells × ${study.seeds.length} seeds = ${counted(runs, "run")} on ${study.spec.data.train}: ${time} ${basis}`;
    }),
  ]);
}
