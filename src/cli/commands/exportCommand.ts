// `lab export`: a run's model, or an encoder as it is, as a folder that Python or the lab opens. Trains a run again; `lab run
// --save` needs no second run.
import path from "node:path";
import { parseArgs } from "node:util";
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import { dtypeFor, MODEL_READERS, modelReader, type ModelDtype } from "../../core/export/modelDtypes.ts";
import { asDataError, DataError, SpecError } from "../../core/inputError.ts";
import { verifiedResult } from "../../core/record/expectedResult.ts";
import { stopOf } from "../../core/record/stepsDone.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { DEFAULT_PRESET, DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { exportEncoder } from "../../training/export/exportEncoder.ts";
import { exportRun, type ExportedModel } from "../../training/export/exportRun.ts";
import type { NamedDataset } from "../../training/export/modelCard.ts";
import { checkpointEncoder } from "../../training/pretrained/checkpointEncoder.ts";
import { readText } from "../../training/pretrained/checkpointFiles.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import { filesOf } from "../../training/pretrained/openEncoder.ts";
import { executeRun, type ExecutedRun } from "../executeRun.ts";
import { checkFree, writeFolder } from "../files/newFolder.ts";
import { namedEncoder, namesEncoder } from "../namedEncoder.ts";
import { nodePlaces } from "../nodeModels.ts";
import { openDataset } from "../nodeShards.ts";
import { namesStudy } from "../sweep/studySource.ts";
import { createProgressLine } from "../progressLine.ts";
import { applySettings, readSpec } from "../specSource.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";
import { htmlCommand } from "./htmlCommand.ts";
import { projectCommand } from "./projectCommand.ts";

const MAX_CARD_BYTES = 2 ** 20;

export const EXPORT_OPTIONS = {
  to: { type: "string" },
  out: { type: "string" },
  dtype: { type: "string" },
  plan: { type: "boolean" },
  size: { type: "string" },
  address: { type: "string" },
  train: { type: "boolean" },
  set: { type: "string", multiple: true },
  backend: { type: "string" },
  ...QUIET,
} as const;

export async function exportCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: EXPORT_OPTIONS, allowPositionals: true });
  const name = positionals[0];
  const { to, out } = values;
  const reader = modelReader(to);
  const isOther = to === "project" || to === "html";
  if (name === undefined || positionals.length > 1 || (!reader && !isOther) || out === undefined) {
    const readers = ["project", "html", "model", ...Object.keys(MODEL_READERS)].join(" | ");
    throw new SpecError(
      `export: write it as: export <spec | link | run.json | encoder | study> --to ${readers} --out DIR (html: FILE)`,
    );
  }
  if (to === "html") {
    const foreign = (["dtype", "backend", "plan", "size"] as const).find((one) => values[one] !== undefined);
    if (foreign) throw new SpecError(`export: --${foreign} is not for --to html, which is no model`);
    return htmlCommand(name, out, values, io);
  }
  if (values.address !== undefined)
    throw new SpecError("export: --address is for --to html: it is where the page's link leads");
  if (values.train) throw new SpecError("export: --train is for --to html: a page that trains what is in it");
  if (!reader) return projectCommand(name, out, values, io);
  if (values.plan) throw new SpecError("export: --plan is for --to project: a model has no plan");
  if (await namesStudy(name))
    throw new SpecError("export: a study is exported --to project; name one of its run.json for a model");
  const dtype = dtypeFor(reader, values.dtype);
  await checkFree("--out", out);
  if (await namesEncoder(name)) {
    if (values.backend !== undefined)
      throw new SpecError("export: --backend is for a run, which is trained again");
    await saveFolder(out, await exportedEncoder(name, dtype, values), io);
    return 0;
  }
  const named = await readSpec(name, io.err);
  const backend = values.backend ?? named.record?.environment.backend ?? named.expected?.backend;
  const spec = applySettings(named.spec, [
    ...(values.set ?? []),
    ...(backend === undefined ? [] : [`compute.backend=${backend}`]),
  ]);
  const { parent, stopAt, trajectory } = named;
  const done = await executeRun(spec, {
    training: true,
    quiet: values.quiet === true,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory && { trajectory }),
  });
  await saveModel(out, done, dtype, io);
  return 0;
}

async function exportedEncoder(
  name: string,
  dtype: ModelDtype,
  { set = [], quiet = false }: { readonly set?: string[]; readonly quiet?: boolean },
): Promise<ExportedModel> {
  const { id, places = nodePlaces() } = namedEncoder(name, "export");
  const spec = applySettings(DEFAULT_SPEC, [`encoder.id=${id}`, ...set]).encoder;
  const progress = createProgressLine(process.stderr, quiet);
  try {
    const ref = checkEncoderId(id);
    if (ref.kind === "random") throw new DataError("random weights are drawn by a run; export the run");
    const { files, hints } = await filesOf(ref, places);
    const encoder = checkpointEncoder(await openCheckpoint(files, hints));
    for (const note of encoder.notes(spec)) progress.note(note);
    const card = await readText(files, "README.md", MAX_CARD_BYTES);
    return await exportEncoder(encoder, spec, dtype, card, (at) => progress.show(at));
  } finally {
    progress.end();
  }
}

/** Writes the model of a run to `dir`. */
export async function saveModel(
  dir: string,
  done: ExecutedRun,
  dtype: ModelDtype,
  io: CommandIo,
): Promise<void> {
  await saveFolder(dir, await exported(path.basename(path.resolve(dir)), done, dtype), io);
}

async function saveFolder(
  dir: string,
  { folder, pieces, fullPieces }: ExportedModel,
  io: CommandIo,
): Promise<void> {
  const bytes = await writeFolder(dir, folder);
  io.out(`model\t${dir}`);
  io.out(`bytes\t${bytes}`);
  io.out(`pieces\t${pieces} of ${fullPieces}`);
}

async function exported(
  name: string,
  { record, resources, ports }: ExecutedRun,
  dtype: ModelDtype,
): Promise<ExportedModel> {
  const { spec } = record;
  const ids = Object.keys(record.environment.dataSha256);
  const datasets: NamedDataset[] = await Promise.all(
    ids.map(async (id) => (await openDataset(id)).manifest()),
  ).catch((error: unknown) => {
    throw asDataError(error);
  });
  const encoder = await ports.openEncoder(spec.encoder.id, () => undefined);
  const expected = verifiedResult(record);
  const stopAt = stopOf(record);
  const link = `#${encodeLink(spec, DEFAULT_PRESET, {
    ...(expected && { expected }),
    ...(record.parent && { parent: record.parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(record.trajectory && { trajectory: record.trajectory }),
  })}`;
  return exportRun(resources, spec, encoder, { name, record, datasets, link, dtype });
}
