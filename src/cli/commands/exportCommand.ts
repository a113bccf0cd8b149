// `lab export`: a run's model as a folder that Python opens. Trains the run again; `lab run --save` needs no second run.
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { asDataError, DataError, SpecError } from "../../core/inputError.ts";
import { expectedResult } from "../../core/record/expectedResult.ts";
import { stopOf } from "../../core/record/stepsDone.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { exportRun, type ExportedModel } from "../../training/export/exportRun.ts";
import type { NamedDataset } from "../../training/export/modelCard.ts";
import { executeRun, type ExecutedRun } from "../executeRun.ts";
import { makeFolders, removeEmpty } from "../files/madeFolders.ts";
import { checkNewFolder } from "../files/outPlaces.ts";
import { openDataset } from "../nodeShards.ts";
import { applySettings, readSpec } from "../specSource.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

/** The only format there is; named so that others can follow. */
const FORMAT = "sentence-transformers";

export const EXPORT_OPTIONS = {
  to: { type: "string" },
  out: { type: "string" },
  set: { type: "string", multiple: true },
  backend: { type: "string" },
  ...QUIET,
} as const;

export async function exportCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: EXPORT_OPTIONS, allowPositionals: true });
  const name = positionals[0];
  if (name === undefined || positionals.length > 1 || values.to !== FORMAT || values.out === undefined) {
    throw new SpecError(`export: write it as: export <spec | link | run.json> --to ${FORMAT} --out DIR`);
  }
  await checkFree("--out", values.out);
  const named = await readSpec(name, io.err);
  const backend = values.backend ?? named.record?.environment.backend ?? named.expected?.backend;
  const spec = applySettings(named.spec, [
    ...(values.set ?? []),
    ...(backend === undefined ? [] : [`compute.backend=${backend}`]),
  ]);
  const { parent, stopAt } = named;
  const done = await executeRun(spec, {
    training: true,
    quiet: values.quiet === true,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
  });
  await saveModel(values.out, done, io);
  return 0;
}

/** Refuses a place that holds something, before hours of training go there. @throws DataError */
export async function checkFree(option: string, dir: string): Promise<void> {
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new DataError(`${dir}: cannot be a folder for a model (${error.code}); name a new one`);
  });
  if (there.length > 0) throw new DataError(`${dir} is not empty; name a new folder for the model`);
  await checkNewFolder(option, dir);
}

/** Writes the model of a run beside `dir` and moves it there whole. */
export async function saveModel(dir: string, done: ExecutedRun, io: CommandIo): Promise<void> {
  const { folder, pieces, fullPieces } = await exported(path.basename(path.resolve(dir)), done);
  const unfinished = `${path.resolve(dir)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const made = await makeFolders(path.dirname(unfinished));
  let bytes = 0;
  try {
    for (const [name, content] of folder) {
      const file = path.join(unfinished, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      bytes += content.length;
    }
    await rm(dir, { recursive: true, force: true }); // empty: checkFree
    await rename(unfinished, dir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    await removeEmpty(made);
    throw error;
  }
  io.out(`model\t${dir}`);
  io.out(`bytes\t${bytes}`);
  io.out(`pieces\t${pieces} of ${fullPieces}`);
}

async function exported(name: string, { record, resources, ports }: ExecutedRun): Promise<ExportedModel> {
  const { spec } = record;
  const ids = Object.keys(record.environment.dataSha256);
  const datasets: NamedDataset[] = await Promise.all(
    ids.map(async (id) => (await openDataset(id)).manifest()),
  ).catch((error: unknown) => {
    throw asDataError(error);
  });
  const encoder = await ports.openEncoder(spec.encoder.id, () => undefined);
  const expected = expectedResult(record);
  const stopAt = stopOf(record);
  const link = `#${encodeLink(spec, DEFAULT_PRESET, {
    ...(expected && { expected }),
    ...(record.parent && { parent: record.parent }),
    ...(stopAt !== undefined && { stopAt }),
  })}`;
  return exportRun(resources, spec, encoder, { name, record, datasets, link });
}
