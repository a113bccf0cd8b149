// `npm run bench [-- --case NAME[,NAME...] | --list]`: runs cases in turn, prints rows, merges them into results.json.
// Several cases run in a process each: none inherits another's memory, and one that dies or hangs leaves the rest alone.
import { messageOf } from "../src/core/messageOf.ts";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Case, CaseResult } from "./case.ts";
import { checkpoint } from "./cases/checkpoint.ts";
import { estimates } from "./cases/estimates.ts";
import { evaluation } from "./cases/evaluation.ts";
import { frames } from "./cases/frames.ts";
import { growth } from "./cases/growth.ts";
import { input } from "./cases/input.ts";
import { launches } from "./cases/launches.ts";
import { classroom } from "./cases/classroom.ts";
import { backup } from "./cases/backup.ts";
import { manyRuns } from "./cases/manyRuns.ts";
import { memory } from "./cases/memory.ts";
import { memoryLong } from "./cases/memoryLong.ts";
import { narrow } from "./cases/narrow.ts";
import { page } from "./cases/page.ts";
import { phone } from "./cases/phone.ts";
import { pool } from "./cases/pool.ts";
import { profileCase } from "./cases/profile.ts";
import { quickstart } from "./cases/quickstart.ts";
import { replay } from "./cases/replay.ts";
import { roofline } from "./cases/roofline.ts";
import { smallPage } from "./cases/smallPage.ts";
import { smallStep, smallWebgpu } from "./cases/smallStep.ts";
import { threads } from "./cases/threads.ts";
import { streaming } from "./cases/streaming.ts";
import { streamingPage } from "./cases/streamingPage.ts";
import { study } from "./cases/study.ts";
import { stepWasm } from "./cases/stepWasm.ts";
import { stepWebgpu } from "./cases/stepWebgpu.ts";
import { adapterName } from "./device.ts";
import { describeMachine, loadNow, mergeRows, readRows, writeResults } from "./resultsFile.ts";

const CASES: readonly Case[] = [
  quickstart,
  stepWasm,
  threads,
  stepWebgpu,
  launches,
  profileCase,
  roofline,
  evaluation,
  growth,
  input,
  replay,
  memory,
  memoryLong,
  checkpoint,
  narrow,
  smallStep,
  smallWebgpu,
  smallPage,
  estimates,
  page,
  phone,
  frames,
  manyRuns,
  backup,
  classroom,
  streaming,
  streamingPage,
  study,
  pool,
];
const RESULTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "results.json");

const CASE_LIMIT_MS = 8 * 60_000;

const { values } = parseArgs({ options: { case: { type: "string" }, list: { type: "boolean" } } });
if (values.list) {
  for (const { name, about } of CASES) process.stdout.write(`${name.padEnd(12)} ${about}\n`);
  process.exit(0);
}
const wanted = values.case?.split(",") ?? CASES.map(({ name }) => name);
const unknown = wanted.find((name) => !CASES.some((known) => known.name === name));
if (unknown !== undefined) {
  const names = CASES.map((known) => known.name).join(", ");
  process.stderr.write(`bench: there is no case "${unknown}"; cases are ${names}\n`);
  process.exit(2);
}
if (wanted.length > 1) process.exit(runEach(wanted) > 0 ? 1 : 0);
const environment = describeMachine();
let rows = readRows(RESULTS);
let failures = 0;
for (const { name, about, gpu, run } of CASES.filter(({ name }) => wanted.includes(name))) {
  const load = loadNow();
  process.stdout.write(`${name}: ${about} (load ${load})\n`);
  try {
    const measured = await run();
    for (const row of measured) process.stdout.write(`  ${describeRow(row)}\n`);
    const how = {
      case: name,
      date: new Date().toISOString().slice(0, 10),
      environment,
      load,
      ...(gpu && { adapter: adapterName() }),
    };
    rows = mergeRows(
      rows,
      name,
      measured.map((row) => ({ ...row, ...how })),
      CASES.map((known) => known.name),
    );
    writeResults(RESULTS, { environment, cases: rows });
  } catch (error) {
    failures++;
    process.stdout.write(`  FAILED ${messageOf(error)}\n`);
  }
}
process.stdout.write(`written to ${path.relative(process.cwd(), RESULTS)}\n`);
process.exit(failures > 0 ? 1 : 0); // a GPU device would keep the process alive

/** @returns how many cases failed; the last lines name them and every target that was missed */
function runEach(names: readonly string[]): number {
  const failed = names.filter((name) => {
    const given = [...process.execArgv, fileURLToPath(import.meta.url), "--case", name];
    const { status, signal, error } = spawnSync(process.execPath, given, {
      stdio: "inherit",
      timeout: CASE_LIMIT_MS,
    });
    // One that a signal reaches may still end by itself.
    if (error || signal !== null)
      process.stdout.write(`  FAILED ${name} ended by ${error?.message ?? signal}\n`);
    return Boolean(error) || status !== 0;
  });
  const ended = names.filter((name) => !failed.includes(name)); // rows of the others are of an earlier run
  const missed = readRows(RESULTS).filter((row) => ended.includes(row.case) && row.met === false);
  for (const row of missed) process.stdout.write(`not met: ${describeRow(row).trim()}\n`);
  process.stdout.write(failed.length > 0 ? `failed: ${failed.join(", ")}\n` : "no case failed\n");
  return failed.length;
}

function describeRow(row: CaseResult): string {
  const { name, ratio, value, unit, baseline, baselineValue, target, met, note } = row;
  const verdict = met === null ? "      " : ratio === null ? "NONE  " : met ? "met   " : "MISSED";
  const number = (x: number | null) => (x === null ? "nothing" : x.toPrecision(4));
  const held = `${number(value)} ${unit} against ${number(baselineValue)} (${baseline})`;
  const against = target === "none" ? "" : ` (${target})`;
  return `${verdict} ${name}: ratio ${ratio?.toFixed(3) ?? "none"}${against}; ${held}${note ? `; ${note}` : ""}`;
}
