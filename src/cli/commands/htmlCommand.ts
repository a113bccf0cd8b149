// `lab export --to html`: a run, a recipe or a study as one file that any browser shows. Trains nothing.
import { megabytes } from "../../core/megabytes.ts";
import path from "node:path";
import { SpecError } from "../../core/inputError.ts";
import { parseRecordFile, type RecordFile } from "../../core/export/recordJson.ts";
import { givenJson } from "../../core/formats/givenText.ts";
import { recipePage } from "../../core/pages/recipePage.ts";
import { runPage } from "../../core/pages/runPage.ts";
import { studyPage } from "../../core/pages/studyPage.ts";
import { misfitsOf } from "../../core/record/misfits.ts";
import { stopOf } from "../../core/record/stepsDone.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { intervalsOf } from "../../core/stats/compareQueries.ts";
import { finishResampling } from "../../core/stats/resampling.ts";
import { cellCourses } from "../../core/study/studyRuns.ts";
import { analyse } from "../../core/study/analysis/analyse.ts";
import { checkFilePlace } from "../files/outPlaces.ts";
import { readTraining } from "../pageTraining.ts";
import { readGiven } from "../files/readGiven.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { runVerdict } from "../runVerdict.ts";
import { applySettings, readSpec } from "../specSource.ts";
import { namesStudy } from "../sweep/studySource.ts";
import type { CommandIo } from "./commandIo.ts";
import { isStudy, readStudyResult } from "./reportStudy.ts";

interface Asked {
  readonly train?: boolean | undefined; // with all that trains it
  readonly set?: string[] | undefined;
  readonly address?: string | undefined; // of a copy of the lab, to which the page's link leads
}

export async function htmlCommand(name: string, out: string, asked: Asked, io: CommandIo): Promise<0> {
  const { address } = asked;
  if (address !== undefined && !/^https?:\/\/\S+$/i.test(address))
    throw new SpecError(`export: --address must be a copy of the lab, as https://… , got "${address}"`);
  await checkFilePlace("--out", out, "page.html");
  const isRun = !(await isStudy(name));
  if (isRun && (await namesStudy(name)))
    throw new SpecError(`export: ${name} has no results yet; run it by lab sweep and name its folder`);
  const text = isRun ? await ofRun(name, asked, io) : await ofStudy(name, asked, io);
  await replaceFile(out, text);
  io.out(`page\t${out}`);
  io.out(`bytes\t${Buffer.byteLength(text)}`);
  return 0;
}

async function ofStudy(name: string, { set = [], train }: Asked, io: CommandIo): Promise<string> {
  if (set.length > 0) throw new SpecError("export: --set is for a recipe; a study has been run as it is");
  const { study, result } = await readStudyResult(name, true);
  if (result.runs.length === 0) throw new SpecError(`${name}: has no run yet; nothing can be said of it`);
  const analysis = analyse(study, result);
  const { figureFiles } = await import("../../components/study/figureFiles.tsx");
  const figures = figureFiles({ study, analysis, runs: result.runs });
  const courses = cellCourses(
    study,
    result.runs.map(({ cell }) => cell),
  );
  const training = train ? await readTraining(courses, sayBytes(io)) : undefined;
  return studyPage({ study, result, analysis, figures, training });
}

async function ofRun(name: string, { set = [], address, train }: Asked, io: CommandIo): Promise<string> {
  const { record, ...named } = await readSpec(name, io.err);
  const spec = applySettings(named.spec, set);
  const { parent, stopAt, trajectory } = named;
  const course = { parent, ...(stopAt !== undefined && { stopAt }), ...(trajectory && { trajectory }) };
  const hash = encodeLink(spec, DEFAULT_PRESET, course);
  if (record && set.length > 0)
    throw new SpecError("export: --set is for a recipe; this is the record of a run");
  const training = train ? await readTraining([{ spec, ...course }], sayBytes(io)) : undefined;
  const again = { hash, page: address, training };
  return record
    ? runPage({ ...(await runParts(name)), ...again })
    : recipePage({ spec, ...course, ...again });
}

const sayBytes = (io: CommandIo) => (bytes: number) =>
  io.err(`training adds ${megabytes(bytes)} to the page`);

async function runParts(name: string) {
  const file = parseRecordFile(givenJson(await readGiven(name, "a run.json"), name, "a run.json"), name);
  const { record, queryValues } = file;
  return {
    name: path.basename(name).replace(/\.(json|html)$/i, ""),
    record,
    verdict: verdictOf(file),
    misfits: misfitsOf(file),
    ...(queryValues && { intervals: finishResampling(intervalsOf(queryValues)) }),
  };
}

const verdictOf = (file: RecordFile): string => (stopOf(file.record) === 0 ? "" : runVerdict(file));
