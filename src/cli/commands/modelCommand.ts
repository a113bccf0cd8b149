// `lab model`: encoders kept on this machine, to be named local:NAME in a spec, and downloads of the hub.
import { megabytes } from "../../core/megabytes.ts";
import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { DataError, SpecError } from "../../core/inputError.ts";
import { HUB_ENCODERS } from "../../core/encoders/encoderCatalog.ts";
import { SHIPPED_ENCODERS } from "../../core/encoders/shippedEncoders.ts";
import { isModelName, parseEncoderId } from "../../core/encoders/encoderId.ts";
import { VECTORS_OF, type EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import { typicalMemory } from "../../core/encoders/estimateMemory.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { copyCheckpoint } from "../../training/pretrained/copyCheckpoint.ts";
import { describeCheckpoint } from "../../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import {
  checkpointFrom,
  createModelSink,
  hubShelf,
  listModels,
  modelsFolder,
  nodePlaces,
  vectorShelf,
} from "../nodeModels.ts";
import { createProgressLine } from "../progressLine.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const USAGE =
  "lab model list | add NAME --from DIR | hf:OWNER/NAME[@REVISION] | https://… | remove NAME | remove hf:OWNER/NAME[@REVISION] | remove vectors:…";

export const MODEL_OPTIONS = { from: { type: "string" }, ...QUIET } as const;

export async function modelCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: MODEL_OPTIONS, allowPositionals: true });
  const [action, name] = positionals;
  if (action === "list" && positionals.length === 1) {
    await list(io);
    return 0;
  }
  if ((action !== "add" && action !== "remove") || name === undefined || positionals.length > 2) {
    throw new SpecError(`model: usage: ${USAGE}`);
  }
  if (action === "remove" && (name.startsWith(VECTORS_OF) || parseEncoderId(name)?.kind === "hub")) {
    await removeKept(name, io);
    return 0;
  }
  if (!isModelName(name)) {
    throw new SpecError(`model: "${name}" is no name; letters, digits, '.', '_' and '-' are, at most 64`);
  }
  if (action === "remove") {
    if (!(await listModels()).includes(name)) throw new DataError(`There is no encoder local:${name} here`);
    await rm(path.join(modelsFolder(), name), { recursive: true });
    io.out(`removed\tlocal:${name}`);
    return 0;
  }
  if (values.from === undefined)
    throw new SpecError(`model add: --from must name a folder, a repository or an address`);
  const { files, hints } = checkpointFrom(values.from);
  const progress = createProgressLine(process.stderr, values.quiet === true);
  try {
    const sink = await createModelSink(path.join(modelsFolder(), name));
    const opened = await copyCheckpoint(
      files,
      hints,
      sink,
      (done, total) => progress.show({ phase: "encoder", done, total, unit: "bytes" }),
      (found) => {
        const info = describeCheckpoint(values.from!, found); // it is named, see above
        const { batch, encoder } = DEFAULT_SPEC;
        progress.say(`${line(info)}\n${typicalMemory(info, encoder.maxTokens, batch.size)}`);
        for (const note of info.notes) progress.note(note);
      },
    );
    io.out(`added\t${line(describeCheckpoint(`local:${name}`, opened))}`);
  } finally {
    progress.end();
  }
  return 0;
}

async function removeKept(id: string, io: CommandIo): Promise<void> {
  const isOfTeacher = id.startsWith(VECTORS_OF);
  const [shelf, own] = isOfTeacher ? [vectorShelf(), id.slice(VECTORS_OF.length)] : [hubShelf(), id];
  const kept = (await shelf.list()).find((one) => one.id === own);
  if (!kept) throw new DataError(`There is no download of ${id} here; lab model list shows which there are`);
  await shelf.remove(own);
  io.out(`removed\t${id}, ${megabytes(kept.bytes)}`);
}

async function list(io: CommandIo): Promise<void> {
  const places = nodePlaces();
  io.out("random\tdrawn from the seed");
  const here = [
    ...SHIPPED_ENCODERS.map((name) => ({ id: name, files: Promise.resolve(places.shipped(name)) })),
    ...(await listModels()).map((name) => ({ id: `local:${name}`, files: places.local(name) })),
  ];
  for (const { id, files } of here) {
    try {
      io.out(line(describeCheckpoint(id, await openCheckpoint(await files))));
    } catch (error) {
      io.out(`${id}\tcannot be used: ${(error as Error).message}`);
    }
  }
  for (const { id, bytes } of await hubShelf().list()) io.out(`${id}\tdownloaded, ${megabytes(bytes)} here`);
  for (const { id, bytes } of await vectorShelf().list())
    io.out(`${VECTORS_OF}${id}\tof texts that it read as a teacher, ${megabytes(bytes)} here`);
  for (const { id, licence, parameters, downloadMB } of HUB_ENCODERS) {
    io.out(`${id}\t${licence}, ${parameters} M parameters, downloads ${downloadMB} MB`);
  }
}

function line({ id, layers, width, vocabRows, pooling, bytes }: EncoderInfo): string {
  const shape = layers === 0 ? "bag of pieces" : `${layers} layers`;
  return `${id}\t${shape}, width ${width}, ${vocabRows} pieces, pooling ${pooling ?? "by encoder.pooling"}, ${megabytes(bytes)}`;
}
