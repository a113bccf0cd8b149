// `lab run` and `lab eval`: a spec to a run record, or an encoder's zero-shot evaluation. See DESIGN 9.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { isModelName, parseEncoderId } from "../../core/encoders/encoderId.ts";
import { recordJson } from "../../core/export/recordJson.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import { fullText } from "../../core/metrics/metricText.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { SpecError, asDataError } from "../../core/inputError.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";
import { checkFree, saveModel } from "./exportCommand.ts";
import { executeRun } from "../executeRun.ts";
import type { EncoderPlaces } from "../../training/pretrained/openEncoder.ts";
import { nodePlaces } from "../nodeModels.ts";
import { openDataset } from "../nodeShards.ts";
import { applySettings, readSpec } from "../specSource.ts";
import { parseDepth, writeTrecFolder } from "../trecFolder.ts";

const COMMON = {
  set: { type: "string", multiple: true },
  backend: { type: "string" },
  out: { type: "string" },
  trec: { type: "string" },
  "trec-depth": { type: "string" },
  ...QUIET,
} as const;

export async function runCommand(args: string[], io: CommandIo): Promise<0> {
  const options = { ...COMMON, save: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const name = positionals[0];
  if (name === undefined || positionals.length > 1) {
    throw new SpecError("run: name one spec.json, link or preset:NAME, such as preset:quickstart");
  }
  const { spec } = await readSpec(name, io.err);
  if (values.save !== undefined) await checkFree(values.save);
  await finish(applySettings(spec, settings(values)), true, values, io);
  return 0;
}

export async function evalCommand(args: string[], io: CommandIo): Promise<0> {
  const options = { ...COMMON, data: { type: "string" }, langs: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const encoder = positionals[0];
  if (encoder === undefined || positionals.length > 1 || values.data === undefined) {
    throw new SpecError("eval: name one encoder and a dataset, such as: eval random --data xquad-r");
  }
  const source = await openDataset(values.data).catch((error: unknown) => {
    throw asDataError(error);
  });
  const languages = values.langs ?? (await source.manifest()).languages.join(",");
  const named = namedEncoder(encoder);
  const spec = applySettings(DEFAULT_SPEC, [
    `encoder.id=${named.id}`,
    `data.eval=${values.data}`,
    "data.split=all", // zero-shot: nothing is trained, so nothing is held back
    `languages.eval=${languages}`,
    ...settings(values),
  ]);
  await finish(spec, false, values, io, named.places);
  return 0;
}

/** An encoder id, or a folder: then the record calls it local:NAME after the folder, which `lab model add` makes true. */
function namedEncoder(text: string): { readonly id: string; readonly places?: EncoderPlaces } {
  const isFolder = /^[./~]/.test(text) || (text.includes("/") && !parseEncoderId(text));
  if (!isFolder) return { id: text };
  const dir = path.resolve(text);
  const name = path.basename(dir).replace(/[^A-Za-z0-9._-]/g, "-");
  if (!isModelName(name)) throw new SpecError(`eval: the folder ${dir} has no name that a record could say`);
  return { id: `local:${name}`, places: nodePlaces(new Map([[name, dir]])) };
}

const settings = (values: { set?: string[]; backend?: string }) => [
  ...(values.set ?? []),
  ...(values.backend === undefined ? [] : [`compute.backend=${values.backend}`]),
];

async function finish(
  spec: Parameters<typeof executeRun>[0],
  training: boolean,
  values: { quiet?: boolean; out?: string; trec?: string; "trec-depth"?: string; save?: string },
  io: CommandIo,
  places?: EncoderPlaces,
): Promise<void> {
  const depth = parseDepth(values["trec-depth"]); // before the long work
  const done = await executeRun(spec, { training, quiet: values.quiet === true, ...(places && { places }) });
  if (values.out !== undefined) await writeFile(values.out, recordJson(done.record, done.queryValues));
  if (values.trec !== undefined) await writeTrecFolder(values.trec, done, depth);
  for (const line of summary(done.record)) io.out(line);
  if (values.save !== undefined) await saveModel(values.save, done, io);
}

/** One `name<TAB>value` line each, for people and for scripts. */
function summary({ final, digest, environment, spec }: RunRecord): string[] {
  return [
    `backend\t${environment.backend} (${environment.adapter})`,
    `queries\t${final.queries}`,
    `skippedQueries\t${final.skippedQueries}`,
    ...Object.entries(final.skippedPairs).map(([query, pools]) => {
      const counts = Object.entries(pools).map(([pool, n]) => `${pool} ${n}`);
      return `skippedPairs/${query}\t${counts.join(", ")}`;
    }),
    `pool\t${final.pool}`,
    `seed\t${spec.seed}`,
    ...EVAL_METRICS.map((metric) => `${metric.path}\t${fullText(metric, final.values[metric.path])}`),
    `digest\t${digest}`,
  ];
}
