// `lab run` and `lab eval`: a spec to a run record, or an encoder's zero-shot evaluation. See DESIGN 9.
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { recordJson } from "../../core/export/recordJson.ts";
import { PAIR_WORDS, pairMeans, type PairMeans } from "../../core/metrics/languagePairs.ts";
import { evalMetrics, metricAt } from "../../core/metrics/metricTable.ts";
import { fullText } from "../../core/metrics/metricText.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { SpecError, asDataError } from "../../core/inputError.ts";
import { machineErrorOf, StorageError } from "../../core/machineError.ts";
import { fusesProducts } from "../../core/record/maker.ts";
import { parseCadence } from "../../core/run/cadence.ts";
import { baselineRows, meansSentence } from "../../core/baselines/baselineWords.ts";
import type { Baselines } from "../../core/record/baselines.ts";
import { noFinalTest } from "../../core/record/finalTest.ts";
import { partName } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { measureBaselines } from "../../training/run/baselines.ts";
import { finalTest } from "../../training/run/finalTest.ts";
import { sweepSnapshots } from "../../training/snapshot/snapshotStore.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { firstLine, QUIET, type CommandIo, type ExitCode } from "./commandIo.ts";
import { saveModel } from "./exportCommand.ts";
import { executeRun, executeWith, type ExecutedRun, type LeftRun } from "../executeRun.ts";
import { checkFree } from "../files/newFolder.ts";
import { checkFilePlace, checkFolderPlace, writeProblem } from "../files/outPlaces.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { catchInterrupt } from "../interrupt.ts";
import { checkTrecIds } from "../../training/pool/trecRun.ts";
import { namedEncoder } from "../namedEncoder.ts";
import { openDataset } from "../nodeShards.ts";
import { openBranch } from "../openBranch.ts";
import { runVerdict } from "../runVerdict.ts";
import { startRun } from "../startRun.ts";
import { applySettings, readSpec, type NamedSpec } from "../specSource.ts";
import { parseDepth, writeTrecFolder, type TrecWish } from "../trecFolder.ts";

const COMMON = {
  set: { type: "string", multiple: true },
  backend: { type: "string" },
  out: { type: "string" },
  trec: { type: "string" },
  "trec-depth": { type: "string" },
  "trec-metadata": { type: "boolean" },
  baselines: { type: "boolean" },
  ...QUIET,
} as const;

export const RUN_OPTIONS = {
  ...COMMON,
  save: { type: "string" },
  "checkpoint-every": { type: "string" },
  resume: { type: "string" },
  from: { type: "string" },
  at: { type: "string" },
  "final-test": { type: "boolean" },
} as const;

export const EVAL_OPTIONS = { ...COMMON, data: { type: "string" }, langs: { type: "string" } } as const;

export async function runCommand(args: string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args, options: RUN_OPTIONS, allowPositionals: true });
  const name = positionals[0];
  const ways = [name, values.from].filter((way) => way !== undefined).length;
  if (positionals.length > 1 || ways > 1 || (ways === 0 && values.resume === undefined)) {
    throw new SpecError("run: name one spec.json, link or preset:NAME, such as preset:quickstart");
  }
  if (ways === 0 && settings(values).length > 0) {
    throw new SpecError(
      "run: --set and --backend change a run; name the spec that they belong to beside --resume",
    );
  }
  const every = values["checkpoint-every"];
  const checkpointEvery = every === undefined ? undefined : parseCadence(every, "--checkpoint-every");
  const wish = trecWish(values); // before the long work
  if (values.trec !== undefined) await checkFolderPlace("--trec", values.trec);
  if (values.save !== undefined) await checkFree("--save", values.save);
  const quiet = values.quiet === true;
  const branch = values.from === undefined ? undefined : await openBranch(values.from, values.at, io.err);
  const named: NamedSpec | undefined = branch
    ? { spec: branch.parent.spec, parent: branch.parent }
    : name === undefined
      ? undefined
      : await readSpec(name, io.err);
  const asked = named && applySettings(named.spec, settings(values));
  const start = await startRun(asked, { ...values, every }, quiet ? () => undefined : io.err);
  if (start.ended) {
    await start.release?.();
    io.err(`${start.out}: the run has ended; nothing is left to do`);
    for (const line of summary(start.ended)) io.out(line);
    return 0;
  }
  const { spec, snapshots, from } = start;
  const untested = values["final-test"] ? noFinalTest(spec, undefined) : undefined;
  if (untested !== undefined) {
    await start.release?.();
    throw new SpecError(`--final-test: ${untested}`);
  }
  const interrupt = catchInterrupt(snapshots ? "suspended" : "stopped", io.err);
  try {
    const done = await executeWith(interrupt.control, spec, {
      training: true,
      quiet,
      ...(values.trec !== undefined && { accept: checkTrecIds }),
      ...(snapshots && { snapshots }),
      ...(checkpointEvery && { checkpointEvery }),
      ...(from && { from, fused: fusesProducts(from.environment) }),
      ...(!from && branch?.from && { from: branch.from }),
      ...(!from && named?.parent && { parent: named.parent }),
      ...(named?.stopAt !== undefined && { stopAt: named.stopAt }),
      ...(!from && named?.trajectory && { trajectory: named.trajectory }),
    });
    if ("kept" in done) {
      io.err(leftSentence(done, spec, start.out!, values));
      return 130; // as shells have it for Ctrl+C
    }
    if (!quiet) io.err(runVerdict(done));
    const whole = values["final-test"] ? await tested(done) : done;
    await finish(
      values.baselines ? await withBaselines(whole) : whole,
      { ...values, out: start.out },
      wish,
      io,
    );
    if (snapshots) await sweepSnapshots(snapshots);
    return 0;
  } finally {
    interrupt.dispose();
    await start.release?.();
  }
}

/** What a person who left a run wants to know: whether it can go on, and by which command. */
function leftSentence(
  { step, kept }: LeftRun,
  spec: ExperimentSpec,
  out: string,
  values: Readonly<Record<string, unknown>>,
): string {
  const left = `left after step ${step} of ${spec.steps}`;
  if (!kept) return `${left}; no snapshot of it could be kept`;
  const again = ["checkpoint-every", "trec", "trec-depth", "save"].flatMap((option) => {
    const value = values[option];
    return typeof value === "string" ? [`--${option} ${quoted(value)}`] : [];
  });
  for (const option of ["final-test", "baselines", "trec-metadata"])
    if (values[option]) again.push(`--${option}`);
  return `${left}; go on with: npm run lab -- run --resume ${[quoted(out), ...again].join(" ")}`;
}

/** As a shell takes it for one word. */
const quoted = (word: string) => (/^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export async function evalCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: EVAL_OPTIONS, allowPositionals: true });
  const encoder = positionals[0];
  if (encoder === undefined || positionals.length > 1 || values.data === undefined) {
    throw new SpecError("eval: name one encoder and a dataset, such as: eval random --data xquad-r");
  }
  if (values.langs !== undefined && /^\s*(?:none)?\s*$/.test(values.langs)) {
    throw new SpecError("eval: --langs must name languages of the set, such as de,en; left out: all of them");
  }
  const source = await openDataset(values.data).catch((error: unknown) => {
    throw asDataError(error);
  });
  const languages = values.langs ?? (await source.manifest()).languages.join(",");
  const named = namedEncoder(encoder, "eval");
  const spec = applySettings(DEFAULT_SPEC, [
    `encoder.id=${named.id}`,
    `data.eval=${values.data}`,
    "data.split=all", // zero-shot: nothing is trained, so nothing is held back
    // No batch is drawn and no step done either: the digest stays what it was before these were otherwise.
    "batch.law=blind",
    "optimizer.learningRate=0.01",
    `languages.eval=${languages}`,
    ...settings(values),
  ]);
  const wish = trecWish(values); // before the long work
  if (values.out !== undefined) await checkFilePlace("--out", values.out);
  if (values.trec !== undefined) await checkFolderPlace("--trec", values.trec);
  const quiet = values.quiet === true;
  const { places } = named;
  const done = await executeRun(spec, {
    training: false,
    quiet,
    ...(places && { places }),
    ...(values.trec !== undefined && { accept: checkTrecIds }),
  });
  await finish(values.baselines ? await withBaselines(done) : done, values, wish, io);
  const newer = findShipped(named.id)?.newer;
  if (newer !== undefined && !quiet)
    io.err(`${named.id} stays as it was published; runs now start at what came after it: eval ${newer}`);
  return 0;
}

/** @throws SpecError for what goes only with --trec */
function trecWish(values: {
  readonly trec?: string;
  readonly "trec-depth"?: string;
  readonly "trec-metadata"?: boolean;
}): TrecWish {
  const headed = values["trec-metadata"] === true;
  if (headed && values.trec === undefined)
    throw new SpecError("--trec-metadata needs --trec: it heads those rankings");
  return { depth: parseDepth(values["trec-depth"], values.trec), headed };
}

const settings = (values: { set?: string[]; backend?: string }) => [
  ...(values.set ?? []),
  ...(values.backend === undefined ? [] : [`compute.backend=${values.backend}`]),
];

/** The run with its final test in its record. */
async function tested(done: ExecutedRun): Promise<ExecutedRun> {
  return { ...done, record: { ...done.record, finalTest: await finalTest(done.resources, done.record) } };
}

/** The run with what its numbers are held against in its record. */
async function withBaselines(done: ExecutedRun): Promise<ExecutedRun> {
  return {
    ...done,
    record: { ...done.record, baselines: await measureBaselines(done.resources, done.record) },
  };
}

async function finish(
  done: ExecutedRun,
  { out, trec, save }: { readonly out?: string | undefined; readonly trec?: string; readonly save?: string },
  wish: TrecWish,
  io: CommandIo,
): Promise<void> {
  for (const line of summary(done.record)) io.out(line); // whatever becomes of the files
  const failed: Error[] = [];
  const each = (write: () => Promise<void>) =>
    write().catch((error: unknown) => void failed.push(error as Error)); // all that is thrown here
  if (out !== undefined) await each(() => writeRecord(out, done));
  if (trec !== undefined) await each(() => writeTrecFolder(trec, done, wish));
  if (save !== undefined) await each(() => saveModel(save, done, "F32", io));
  const last = failed.pop();
  for (const error of failed) io.err(firstLine(machineErrorOf(error) ?? error));
  if (last !== undefined) throw last;
}

/** In its place, or else where the system keeps what is passing: hours of training are not lost. */
async function writeRecord(out: string, { record, queryValues, startValues }: ExecutedRun): Promise<void> {
  const text = recordJson(record, queryValues, startValues);
  try {
    await replaceFile(out, text);
  } catch (cause) {
    const spare = path.join(tmpdir(), `lab-${record.digest.slice(0, 12)}.json`);
    const where = await replaceFile(spare, text).then(
      () => `; the record is in ${spare}`,
      () => "",
    );
    throw new StorageError(`${out}: cannot be written: ${writeProblem(cause)}${where}`, { cause });
  }
}

/** One `name<TAB>value` line each, for people and for scripts. */
function summary(record: RunRecord): string[] {
  const { final, digest, environment, spec, stoppedAt, finalTest: test, baselines } = record;
  return [
    `backend\t${environment.backend} (${environment.adapter})`,
    `evaluated on\t${partName(spec)}`,
    `queries\t${final.queries}`,
    `skippedQueries\t${final.skippedQueries}`,
    ...Object.entries(final.skippedPairs).map(([query, pools]) => {
      const counts = Object.entries(pools).map(([pool, n]) => `${pool} ${n}`);
      return `skippedPairs/${query}\t${counts.join(", ")}`;
    }),
    `pool\t${final.pool}`,
    `seed\t${spec.seed}`,
    ...(stoppedAt === undefined ? [] : [`stopped\tafter step ${stoppedAt} of ${spec.steps}`]),
    ...evalMetrics(spec.evaluate.cuts).map((metric) => {
      const value = final.values[metric.path];
      const isAlone = Object.keys(final.perLanguage).length === 1;
      const why =
        value === undefined || value === null ? (isAlone ? " (one language)" : " (no query has it)") : "";
      return `${metric.path}\t${fullText(metric, value)}${why}`;
    }),
    ...Object.entries(final.pairs ?? {}).flatMap(([path, table]) => {
      const means = Object.entries(pairMeans(table)) as [keyof PairMeans, number | null][];
      return means.map(
        ([kind, value]) => `${path} ${PAIR_WORDS[kind]}\t${fullText(metricAt("map/cross"), value)}`,
      );
    }),
    `digest\t${digest}`,
    ...(test
      ? [
          `final test\tonce, on test: ${test.result.queries} queries, pool ${test.result.pool}`,
          ...evalMetrics(spec.evaluate.cuts).map(
            (metric) => `test ${metric.path}\t${fullText(metric, test.result.values[metric.path])}`,
          ),
          `test digest\t${test.digest}`,
        ]
      : []),
    ...(baselines ? baselineLines(baselines, spec.evaluate.cuts) : []),
  ];
}

/** Measures that stand wherever there is room for a few, of each baseline that has them. */
function baselineLines(baselines: Baselines, cuts: readonly string[]): string[] {
  const own = evalMetrics(cuts).filter(({ shown }) => shown?.includes("list"));
  return [
    ...baselineRows(baselines).flatMap(({ label, values }) =>
      own.flatMap((metric) => {
        const value = values[metric.path];
        return value === undefined ? [] : [`${label}: ${metric.path}\t${fullText(metric, value)}`];
      }),
    ),
    `language means\t${meansSentence(baselines)}`,
    `baselines digest\t${baselines.digest}`,
  ];
}
