// `lab export --to project`: a run or a study as a Python project for a cluster, in a new folder. Trains nothing.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SpecError } from "../../core/inputError.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { linkHolds } from "../../core/spec/linkDrive.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import type { StudyRun } from "../../core/study/study.ts";
import { exportProject, type ProjectOptions } from "../../training/export/exportProject.ts";
import { exportStudyProject } from "../../training/export/exportStudyProject.ts";
import type { Files } from "../../training/export/projectShelf.ts";
import { checkFree, writeFolder } from "../files/newFolder.ts";
import { createKeptPorts } from "../keptPorts.ts";
import { createNodePorts } from "../nodePorts.ts";
import { createProgressLine } from "../progressLine.ts";
import { quoted } from "../sweep/runCommands.ts";
import { readRecord } from "../sweep/studyFolder.ts";
import { namedStudy, namesStudy, withSettings } from "../sweep/studySource.ts";
import { applySettings, readSpec } from "../specSource.ts";
import type { CommandIo } from "./commandIo.ts";

interface Asked {
  readonly set?: string[] | undefined;
  readonly size?: string | undefined;
  readonly dtype?: string | undefined;
  readonly backend?: string | undefined;
  readonly plan?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

const PYTHON = fileURLToPath(new URL("../../core/project/", import.meta.url));

export async function projectCommand(name: string, out: string, asked: Asked, io: CommandIo): Promise<0> {
  const { dtype, backend, plan = false, quiet = false } = asked;
  const foreign = dtype !== undefined ? "--dtype" : backend !== undefined ? "--backend" : undefined;
  if (foreign) throw new SpecError(`export: ${foreign} is for a model; a project is trained elsewhere`);
  await checkFree("--out", out);
  const folder = path.basename(path.resolve(out));
  const progress = createProgressLine(process.stderr, quiet);
  const python = await pythonFiles();
  const options = (source: string) => ({
    name: folder,
    command: `npm run lab -- export ${source} --to project --out ${quoted(folder)}${plan ? " --plan" : ""}`,
    python,
    plan,
    onProgress: progress.show,
  });
  try {
    const files = await ((await namesStudy(name)) ? studyFiles : runFiles)(name, asked, options, io);
    io.out(`project\t${out}`);
    io.out(`bytes\t${await writeFolder(out, files)}`);
  } finally {
    progress.end();
  }
  return 0;
}

const wordsOf = (words: readonly string[], { set = [] }: Pick<Asked, "set">): string =>
  [...words, ...set.flatMap((one) => ["--set", one])].map(quoted).join(" ");

/** @param source how the run or study is named in the command that writes the project again */
type Options = (source: string) => Omit<ProjectOptions, "ports">;

async function runFiles(
  name: string,
  { set = [], size }: Asked,
  options: Options,
  io: CommandIo,
): Promise<Files> {
  if (size !== undefined) throw new SpecError("export: --size is of study:NAME");
  const named = await readSpec(name, io.err);
  const spec = applySettings(named.spec, set);
  const { parent, stopAt, trajectory = named.record && [] } = named;
  const extra = { ...(stopAt !== undefined && { stopAt }), ...(trajectory && { trajectory }) };
  const source = linkHolds(spec, trajectory)
    ? `'#${encodeLink(spec, DEFAULT_PRESET, extra)}'`
    : wordsOf([name], { set });
  return exportProject(
    { spec, parent, trajectory, stopAt },
    { ...options(source), ports: createNodePorts() },
  );
}

/** Where the study's own folder is named, with what rules decided there, and what runs are made from. */
async function studyFiles(name: string, { set = [], size }: Asked, options: Options): Promise<Files> {
  const study = withSettings(await namedStudy(name, size), set);
  const kept = createKeptPorts();
  const recordOf = (run: StudyRun) => readRecord(name, run);
  return exportStudyProject(study, {
    ...options(wordsOf([name, ...(size === undefined ? [] : ["--size", size])], { set })),
    ports: kept.ports,
    async courseOf(run) {
      kept.beginRun();
      const { spec } = await fedRun(run, recordOf);
      const record = await recordOf(run).catch(() => undefined);
      return { spec, ...(record && { trajectory: record.trajectory ?? [] }) };
    },
  });
}

/** The project's files in Python, by their path in it. */
async function pythonFiles(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(PYTHON, { recursive: true })).filter((file) => file.endsWith(".py")).sort();
  const texts = names.map(
    async (file) =>
      [file.split(path.sep).join("/"), await readFile(path.join(PYTHON, file), "utf8")] as const,
  );
  return new Map(await Promise.all(texts));
}
